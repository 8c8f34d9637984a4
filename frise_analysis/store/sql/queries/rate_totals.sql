-- What the rates of everybody observed add up to: n, dates of facts after the first; t, years at liberty from them to the extraction or death.
with people as (
    select dates - 1 as n, street_days / 365.25 as t from observed_people where street_days > 0
)
select
    count(*) as people, coalesce(sum(n), 0) as n, coalesce(sum(t), 0) as t,
    coalesce(sum(n * n), 0) as nn, coalesce(sum(n * t), 0) as nt, coalesce(sum(t * t), 0) as tt
from people;
