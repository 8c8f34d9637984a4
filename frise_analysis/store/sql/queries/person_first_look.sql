-- Among the first people of a fictional store, the path worth opening on: near twelve offences, with the most life events.
select p.person_key
from persons p
left join (select person_key, count(*) as offences from offences where person_key <= 500 group by person_key) o
    on o.person_key = p.person_key
left join (select person_key, count(*) as events from life_events where person_key <= 500 group by person_key) e
    on e.person_key = p.person_key
where p.person_key <= 500
order by abs(coalesce(o.offences, 0) - 12), coalesce(e.events, 0) desc, p.person_key
limit 1;
