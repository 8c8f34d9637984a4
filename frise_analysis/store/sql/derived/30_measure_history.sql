-- What is known of each measure's person when it begins: the family of the conviction that decided it, and the convictions before.
-- Family of the gravest offence: nature, then sentence provided for, then the first listed; none where the conviction is rehabilitated.
create temp table gravest_families as
select
    o.conviction_id,
    arg_min(
        o.resolved_family,
        (
            case o.resolved_nature when 'crime' then 0 when 'delit' then 1 when 'contravention' then 2 else 3 end * 1000
            + 999 - cast(round(coalesce(o.resolved_max_years, 0)) as bigint)
        ) * 1099511627776 + o.rowid
    ) as family
from offences o
where o.conviction_id in (select conviction_id from measures)
  and o.conviction_id not in (select conviction_id from hidden_lines where rehabilitated)
group by o.conviction_id;

-- Convictions decided by each day on which one was, rehabilitated ones left out, void ones counted.
create temp table decided_by as
select person_key, decision_date, sum(count(*)) over (partition by person_key order by decision_date) as number
from convictions
where rehabilitation_date is null or rehabilitation_date > getvariable('extraction')
group by person_key, decision_date;

create temp table prior_convictions as
select m.measure_key, d.number
from lived_measures m
asof join decided_by d on d.person_key = m.person_key and d.decision_date < m.start_date;

-- The days from which some of them no longer count.
create temp table void_priors as
select m.measure_key, list(h.void_date) as void_dates
from lived_measures m
join hidden_lines h on h.person_key = m.person_key and h.decision_date < m.start_date
where h.void_date is not null and not h.rehabilitated
group by m.measure_key;
