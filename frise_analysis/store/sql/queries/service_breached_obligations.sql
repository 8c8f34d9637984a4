-- One row per obligation that ran in a selected measure after $since and until $day: `people` who had it, `breached` of them with a breach of a kind
-- that may concern it ($kinds beside $codes) while it ran, and how many `breaches`. A breach may concern several obligations.
with concerned as (
    select unnest(cast($kinds as varchar[])) as kind, unnest(cast($codes as varchar[])) as obligation_code
),
bound as (
    select
        o.person_key, o.measure_id, o.obligation_code, greatest(coalesce(o.start_date, m.start_date), $since + 1) as start_date,
        least(coalesce(o.end_date, $day), coalesce(m.end_date, $day), $day) as end_date
    from obligations o
    join selected_measures m on m.person_key = o.person_key and m.measure_id = o.measure_id
    where m.start_date <= $day and (m.end_date is null or m.end_date > $since)
      and (o.start_date is null or o.start_date <= $day) and (o.end_date is null or o.end_date > $since)
),
broken as (
    select distinct o.obligation_code, o.person_key, b.breach_id
    from bound o
    join breaches b on b.person_key = o.person_key and b.measure_id = o.measure_id
      and b.breach_date between o.start_date and o.end_date
    join concerned c on c.kind = b.kind and c.obligation_code = o.obligation_code
),
counted as (
    select obligation_code, count(distinct person_key) as breached, count(*) as breaches from broken group by obligation_code
)
select o.obligation_code, count(distinct o.person_key) as people, coalesce(any_value(c.breached), 0) as breached, coalesce(any_value(c.breaches), 0) as breaches
from bound o
left join counted c on c.obligation_code = o.obligation_code
group by o.obligation_code
order by o.obligation_code;
