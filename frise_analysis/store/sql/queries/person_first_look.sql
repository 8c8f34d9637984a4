-- Among the first people of a fictional store, the one whose number of offences is nearest to twelve: a path worth opening on.
select p.person_key
from persons p
left join offences o on o.person_key = p.person_key
where p.person_key <= 500
group by p.person_key
order by abs(count(o.offence_id) - 12), p.person_key
limit 1;
