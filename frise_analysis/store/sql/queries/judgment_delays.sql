-- Judged offences by whole months from the last facts to the decision and by whole months from those facts to $extraction.
-- A month is 30.4375 days; a delay of 0 to 30 days is one month. Left out: facts not dated to the day, a month that is not
-- over at the extraction, and facts more than $longest months old (courts of today are asked about).
-- Of a large store, one person in so many that some twenty thousand are read: more would change no month.
-- Lines hidden from the screens count: a delay shows nobody.
select judged_months, observed_months, road, count(*) as offences
from (
    select
        cast(floor((c.decision_date - o.facts_date) / 30.4375) as integer) + 1 as judged_months,
        cast(floor(($extraction - o.facts_date) / 30.4375) as integer) as observed_months,
        o.road
    from (
        select
            person_key, conviction_id,
            coalesce(offence_end_date, offence_start_date) as facts_date,
            resolved_family in ('route', 'involontaires_route') as road
        from offences
        where person_key % greatest(1, (select count(*) from persons) // 20000) = 0
          and (date_precision is null or date_precision in ('day', 'period'))
    ) as o
    join convictions c on c.person_key = o.person_key and c.conviction_id = o.conviction_id
    where c.decision_date >= o.facts_date
      and c.person_key % greatest(1, (select count(*) from persons) // 20000) = 0
) as counted
where judged_months <= observed_months and observed_months <= $longest
group by judged_months, observed_months, road;
