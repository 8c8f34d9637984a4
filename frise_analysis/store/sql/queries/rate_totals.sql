-- What the rates of everybody add up to: n, dates of facts after the first; t, years at liberty from them to $extraction or
-- death. Lines that the screens hide do not count. Of a large store, one person in so many, as for the delays of judgment.
with firsts as (
    select
        o.person_key,
        min(o.offence_start_date) as first_date,
        max(o.offence_start_date) as last_date,
        count(distinct o.offence_start_date) - 1 as n
    from offences o
    left join convictions c on c.person_key = o.person_key and c.conviction_id = o.conviction_id
    where o.person_key % greatest(1, (select count(*) from persons) // 20000) = 0
      and o.offence_start_date <= $extraction
      and (c.void_date is null or c.void_date > $extraction)
      and (c.rehabilitation_date is null or c.rehabilitation_date > $extraction)
    group by o.person_key
),
observed as (
    select f.*, greatest(f.last_date, least(coalesce(p.death_date, $extraction), $extraction)) as last_day
    from firsts f
    join persons p on p.person_key = f.person_key
),
away as (
    select o.person_key, sum(greatest(0, least(o.last_day, u.end_date) - greatest(o.first_date, u.start_date))) as days
    from observed o
    join custody_union u on u.person_key = o.person_key
    group by o.person_key
),
people as (
    select o.n, (o.last_day - o.first_date - coalesce(a.days, 0)) / 365.25 as t
    from observed o
    left join away a on a.person_key = o.person_key
)
select
    count(*) as people, coalesce(sum(n), 0) as n, coalesce(sum(t), 0) as t,
    coalesce(sum(n * n), 0) as nn, coalesce(sum(n * t), 0) as nt, coalesce(sum(t * t), 0) as tt
from people
where t > 0;
