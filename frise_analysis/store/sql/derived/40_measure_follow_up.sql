-- Custody on the day of referral (2), or left in the 31 days before (1).
create temp table held_at_referral as
select m.measure_key, max(case when u.end_date > m.referral_date then 2 else 1 end) as held
from lived_measures m
join custody_stays u on u.person_key = m.person_key and u.start_date <= m.referral_date and u.end_date >= m.referral_date - 31
group by m.measure_key;

-- First date of facts after the beginning, and after the end, void and rehabilitated lines left out. Facts of the day itself are not later.
create temp table visible_facts as
select o.person_key, o.offence_start_date as fact_date
from offences o
left join (select person_key, conviction_id from hidden_lines where hidden) h on h.person_key = o.person_key and h.conviction_id = o.conviction_id
where h.conviction_id is null;

create temp table later_facts as
select
    m.measure_key, m.person_key, m.start_date, m.end_date, s.fact_date as after_start,
    -- Where the end is not known, the join still finds facts.
    case when m.end_date is not null then e.fact_date end as after_end
from lived_measures m
asof left join visible_facts s on s.person_key = m.person_key and s.fact_date > m.start_date
asof left join visible_facts e on e.person_key = m.person_key and e.fact_date > m.end_date;

-- Days away from liberty before each of these four days, of who was ever held.
create temp table days_away as
with asked as (
    select measure_key, person_key, unnest([1, 2, 3, 4]) as which, unnest([start_date, end_date, after_start, after_end]) as day
    from later_facts
    where person_key in (select person_key from custody_stays)
),
away as (
    select d.measure_key, d.which, u.days_before + least(d.day, u.end_date) - u.start_date as days
    from asked d
    asof join custody_stays u on u.person_key = d.person_key and u.start_date <= d.day
)
select
    measure_key,
    max(days) filter (which = 1) as at_start, max(days) filter (which = 2) as at_end,
    max(days) filter (which = 3) as at_facts_after_start, max(days) filter (which = 4) as at_facts_after_end
from away
group by measure_key;
