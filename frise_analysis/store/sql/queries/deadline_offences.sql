-- One row per judged offence of the persons asked for, as known on a day, with the articles of its NATINF code.
select
    o.person_key, o.offence_id, o.conviction_id, c.decision_date as judged_date,
    o.offence_start_date as start_date, o.offence_end_date as end_date, o.date_precision,
    o.label, o.resolved_nature as nature, n.articles, o.intimate_partner
from offences o
join convictions c on c.person_key = o.person_key and c.conviction_id = o.conviction_id
left join natinf n on n.natinf_code = nullif(ltrim(regexp_extract(trim(o.natinf_code), '^([0-9]+)(?:\.0+)?$', 1), '0'), '')
where o.person_key between $first and $last and c.person_key between $first and $last
  and o.person_key in (select unnest($keys))
  and c.decision_date <= $as_of
order by o.person_key, o.offence_start_date, o.offence_id;
