-- One row per offence of one person as known on a day, with the articles of its NATINF code; rehabilitated convictions are left out
-- (CP 133-11, 133-16). `conviction_id` is null while the offence is not judged.
select
    o.offence_id,
    case when c.decision_date <= $as_of then o.conviction_id end as conviction_id,
    case when c.decision_date <= $as_of then c.decision_date end as judged_date,
    o.offence_start_date as start_date, o.offence_end_date as end_date, o.date_precision,
    nullif(ltrim(regexp_extract(trim(o.natinf_code), '^([0-9]+)(?:\.0+)?$', 1), '0'), '') as natinf_code, o.label, o.resolved_nature as nature,
    coalesce(o.contravention_class, n.contravention_class) as contravention_class,
    o.resolved_max_years as max_years, n.articles, o.resolved_family as family
from offences o
left join convictions c on c.person_key = o.person_key and c.conviction_id = o.conviction_id
left join natinf n on n.natinf_code = nullif(ltrim(regexp_extract(trim(o.natinf_code), '^([0-9]+)(?:\.0+)?$', 1), '0'), '')
where o.person_key = $person_key
  and o.offence_start_date <= $as_of
  and (
    c.rehabilitation_date is null
    or c.rehabilitation_date > greatest($as_of, (select cast(value as date) from meta where key = 'extraction_date'))
  )
order by o.offence_start_date, o.offence_id;
