-- What the load noticed of one person's rows it kept: the rule, and the line of the frise that the row belongs to.
-- A sentence is told under its conviction. Obligations have no key: `record_id` is null, as it is for the person's own row.
select
    p.table_name, p.column_name, p.rule,
    case p.table_name
        when 'offences' then 'facts'
        when 'sentences' then 'convictions'
        when 'custody_periods' then 'custody'
        when 'obligations' then 'measures'
        else p.table_name
    end as lane,
    case p.table_name
        when 'persons' then null
        when 'sentences' then s.conviction_id
        else p.record_id
    end as record_id,
    p.record_id as row_id
from problems p
left join sentences s on p.table_name = 'sentences' and s.person_key = p.person_key and s.sentence_id = p.record_id
where p.person_key = $person_key
  and p.severity = 'warning'
order by p.rule, p.table_name, p."row", p.column_name;
