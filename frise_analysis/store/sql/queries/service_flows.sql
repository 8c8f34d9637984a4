-- One row per time between two following days of $days: people followed at its beginning and at its end, those who came, left, passed
-- (followed neither at the beginning nor at the end) or came back, and days lived under the measures. On `followed_spells`.
-- Days are few where people are many: spells are first counted by day, and each day is placed once.
with bounds as (
    select day as after, lead(day) over (order by day) as until
    from (select unnest(cast($days as date[])) as day) d
),
days as (
    select d.day, b.after, b.until
    from (select distinct unnest([start_date, end_date]) as day from followed_spells) d
    join bounds b on d.day > b.after and d.day <= b.until
),
turns as (
    select start_date as day, count(*) as people from followed_spells group by start_date
    union all
    select end_date as day, -count(*) as people from followed_spells where end_date is not null group by end_date
),
stock as (
    select b.after as day, coalesce(sum(t.people), 0) as people
    from bounds b
    left join turns t on t.day <= b.after
    group by b.after
),
ends as (
    select
        d.after, s.person_key, 0 as before, case when s.end_date is null or s.end_date > d.until then 1 else 0 end as later,
        d.until - s.start_date + 1 as days
    from followed_spells s
    join days d on d.day = s.start_date
    union all
    select
        d.after, s.person_key, case when s.start_date <= d.after then 1 else 0 end as before, 0 as later,
        s.end_date - d.until - 1 as days
    from followed_spells s
    join days d on d.day = s.end_date
),
touched as (
    select after, person_key, max(before) as before, max(later) as later, sum(days) as days
    from ends
    group by after, person_key
),
moves as (
    select
        after,
        count(*) filter (before = 0 and later = 1) as came,
        count(*) filter (before = 1 and later = 0) as gone,
        count(*) filter (before = 0 and later = 0) as passed,
        count(*) filter (before = 1 and later = 1) as returned,
        sum(days) as days
    from touched
    group by after
)
select
    b.after, b.until, cast(f.people as bigint) as people_before, cast(l.people as bigint) as people_after,
    coalesce(m.came, 0) as came, coalesce(m.gone, 0) as gone, coalesce(m.passed, 0) as passed, coalesce(m.returned, 0) as returned,
    cast(f.people * (b.until - b.after) + coalesce(m.days, 0) as bigint) as person_days
from bounds b
join stock f on f.day = b.after
join stock l on l.day = b.until
left join moves m on m.after = b.after
order by b.after;
