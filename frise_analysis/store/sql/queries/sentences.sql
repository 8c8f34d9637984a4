select s.conviction_id, s.sentence_code, s.firm_days, s.suspended_days, s.hours, s.amount_eur, s.ab_initio
from sentences s
where s.person_key = $person_key
order by s.conviction_id, s.sentence_id;
