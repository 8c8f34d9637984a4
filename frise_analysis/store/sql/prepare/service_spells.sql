-- One row per person and uninterrupted time under the selected measures, those that ended by $since left out: `followed_spells`.
-- Overlapping and touching measures make one spell; `end_date` is the first day without any, null while it runs on the day of the selection.
-- A measure that ends on the day it starts follows nobody.
create or replace temp table followed_spells as
with marked as (
    select
        person_key, start_date, coalesce(end_date, date '9999-12-31') as end_date,
        max(coalesce(end_date, date '9999-12-31')) over (
            partition by person_key order by start_date, end_date
            rows between unbounded preceding and 1 preceding
        ) as reached
    from selected_measures
    where start_date <= $as_of
      and (end_date is null or (end_date > start_date and end_date > $since))
),
islands as (
    select
        person_key, start_date, end_date,
        sum(case when reached is null or start_date > reached then 1 else 0 end) over (
            partition by person_key order by start_date, end_date
            rows between unbounded preceding and current row
        ) as island
    from marked
)
select
    person_key, min(start_date) as start_date,
    case when max(end_date) < date '9999-12-31' then max(end_date) end as end_date
from islands
group by person_key, island;
