-- Where the family of each offence of one person comes from.
select offence_id, family_source
from offences
where person_key = $person_key
order by offence_id;
