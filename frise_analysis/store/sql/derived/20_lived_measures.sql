-- Lines that a date hides, by the extraction date (the variable that a load sets): few in number, they are looked up instead of all convictions.
create temp table hidden_lines as
select
    person_key, conviction_id, decision_date, void_date,
    coalesce(rehabilitation_date <= getvariable('extraction'), false) as rehabilitated,
    coalesce(least(void_date, rehabilitation_date) <= getvariable('extraction'), false) as hidden
from convictions
where void_date is not null or rehabilitation_date is not null;

-- One row per measure that began in the lifetime of its person, with a number in the order of persons and beginnings; `row`: where it is in `measures`.
-- Death ends every measure. Age counts from the first of July where only the year of birth is known.
create temp table lived_measures as
select
    cast(row_number() over (order by m.person_key, m.start_date, m.measure_id) as integer) as measure_key,
    m.rowid as row, m.person_key, m.start_date, m.referral_date, least(m.end_date, p.death_date) as end_date, p.death_date,
    coalesce(p.sex, 'X') as sex, coalesce(p.birth_date, make_date(p.birth_year, 7, 1)) as birth,
    h.void_date, coalesce(h.rehabilitated, false) as rehabilitated
from measures m
join persons p on p.person_key = m.person_key
left join hidden_lines h on h.person_key = m.person_key and h.conviction_id = m.conviction_id
where p.death_date is null or p.death_date >= m.start_date;
