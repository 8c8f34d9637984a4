-- One row per obligation that ran in a selected measure after $since and until $day: `people` who had it, `breached` of them with a breach of a kind
-- that may concern it ($kinds beside $codes) while it ran, and how many `breaches`. A breach may concern several obligations.
with concerned as (
    select unnest(cast($kinds as varchar[])) as kind, unnest(cast($codes as varchar[])) as obligation_code
),
bound as (
    select
        o.person_key, o.measure_key, o.obligation_code, greatest(coalesce(o.start_date, m.start_date), $since + 1) as start_date,
        least(coalesce(o.end_date, $day), coalesce(m.end_date, $day), $day) as end_date
    from service_obligations o
    join selected_measures m on m.measure_key = o.measure_key
    where m.start_date <= $day and (m.end_date is null or m.end_date > $since)
      and (o.start_date is null or o.start_date <= $day) and (o.end_date is null or o.end_date > $since)
),
lately as (
    select measure_key, breach_id, breach_date, kind from service_breaches where breach_date > $since and breach_date <= $day
),
broken as (
    select distinct o.obligation_code, o.person_key, b.breach_id
    from lately b
    join concerned c on c.kind = b.kind
    join bound o on o.measure_key = b.measure_key and o.obligation_code = c.obligation_code
      and b.breach_date between o.start_date and o.end_date
),
counted as (
    select obligation_code, count(distinct person_key) as breached, count(*) as breaches from broken group by obligation_code
),
held as (
    select obligation_code, count(*) as people
    from (select distinct obligation_code, person_key from bound) b
    group by obligation_code
)
select cast(h.obligation_code as varchar) as obligation_code, h.people, coalesce(c.breached, 0) as breached, coalesce(c.breaches, 0) as breaches
from held h
left join counted c on c.obligation_code = h.obligation_code
order by 1;
