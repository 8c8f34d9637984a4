-- One row per selected measure that ran after $since: days from its start to its end (`ended` = 1) or to $day; `entry`: days already run on
-- $since, -1 where it began later. `ended_lately`: the end is after $period; `planned_gap`: days from the planned end to such an
-- end (negative: sooner), where both are known. A measure that began after $day has not run.
select
    person_key, measure_code,
    case when end_date is not null then 1 else 0 end as ended,
    coalesce(end_date, $day) - start_date as days,
    case when start_date <= $since then $since - start_date else -1 end as entry,
    case when end_date > $period then 1 else 0 end as ended_lately,
    case when end_date > $period then end_date - planned_end_date end as planned_gap
from selected_measures
where start_date <= $day
  and (end_date is null or (end_date > $since and end_date >= start_date));
