-- One row per sentence of the persons asked for.
select person_key, conviction_id, sentence_code, firm_days, suspended_days, hours, amount_eur, ab_initio
from sentences
where person_key between $first and $last and person_key in (select unnest($keys))
order by person_key, conviction_id, sentence_id;
