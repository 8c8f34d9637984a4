-- One row per measure that matches the filters, whatever its dates: `selected_measures`, which the questions service_* read.
-- `end_date` and `outcome` as they were known on $as_of; death ends every measure. Age at the start, from the first of July where only
-- the year of birth is known. A parameter that is null keeps everybody.
-- Where $with_history, else null: `family`, of the gravest offence of the conviction of the measure (nature, then sentence provided for,
-- then the first listed), none where it is rehabilitated; `prior_convictions`, decided before the start, void and rehabilitated ones left out.
-- Codes are enumerations (those of the vocabulary, held equal by a test): millions of measures then fit in memory.
create or replace temp table selected_measures as
with described as (
    select
        m.person_key, m.measure_id, m.conviction_id, m.measure_code, m.phase, m.setting, m.branch_id,
        case when m.referral_date <= $as_of then m.referral_date end as referral_date,
        case when m.first_interview_date <= $as_of then m.first_interview_date end as first_interview_date,
        m.start_date, m.planned_end_date,
        case when least(m.end_date, p.death_date) <= $as_of then least(m.end_date, p.death_date) end as end_date,
        case
            when p.death_date <= $as_of and (m.end_date is null or p.death_date < m.end_date) then 'deces'
            when m.end_date <= $as_of then coalesce(m.outcome, 'autre')
        end as outcome,
        coalesce(p.sex, 'X') as sex,
        coalesce(p.birth_date, make_date(p.birth_year, 7, 1)) as birth
    from measures m
    join persons p on p.person_key = m.person_key
    where ($branch_id is null or m.branch_id = $branch_id)
      and ($measure_code is null or m.measure_code = $measure_code)
      and ($setting is null or m.setting = $setting)
      and ($phase is null or m.phase = $phase)
      and ($sex is null or coalesce(p.sex, 'X') = $sex)
      and (p.death_date is null or p.death_date >= m.start_date)
      and (
        $obligation_code is null
        or (m.person_key, m.measure_id) in (
            select (o.person_key, o.measure_id) from obligations o where o.obligation_code = $obligation_code
        )
      )
),
aged as (
    select
        *,
        case
            when birth is null or birth > start_date then -1
            else date_part('year', start_date) - date_part('year', birth) - case
                when date_part('month', start_date) * 100 + date_part('day', start_date)
                  < date_part('month', birth) * 100 + date_part('day', birth) then 1
                else 0
            end
        end as age
    from described
),
banded as (
    select
        *,
        case
            when age < 0 then 'inconnu'
            when age < 18 then 'mineurs'
            when age < 21 then '18-20'
            when age < 25 then '21-24'
            when age < 30 then '25-29'
            when age < 40 then '30-39'
            when age < 50 then '40-49'
            when age < 60 then '50-59'
            else '60-plus'
        end as age_band
    from aged
),
families as (
    select
        o.conviction_id,
        arg_min(
            o.resolved_family,
            (
                case o.resolved_nature when 'crime' then 0 when 'delit' then 1 when 'contravention' then 2 else 3 end * 1000
                + 999 - cast(round(coalesce(o.resolved_max_years, 0)) as bigint)
            ) * 1099511627776 + o.rowid
        ) as family
    from offences o
    where $with_history
      and o.conviction_id in (select conviction_id from banded)
      and o.conviction_id not in (select conviction_id from convictions where rehabilitation_date <= $extraction)
    group by o.conviction_id
),
decided as (
    select person_key, list(decision_date) as decisions
    from convictions
    where $with_history
      and (void_date is null or void_date > $as_of)
      and (rehabilitation_date is null or rehabilitation_date > $extraction)
    group by person_key
)
select
    b.person_key, b.measure_id,
    cast(b.measure_code as enum (
        'CJ', 'ARSE', 'ARSEM', 'DP', 'AJP', 'AJI', 'ESR', 'SP', 'SPR', 'TIG', 'TNR', 'STAGE', 'DDSE-P', 'DDSE-A', 'SL', 'PE', 'LC', 'LSC',
        'SUSP', 'FRAC', 'SSJ', 'SJ', 'PSEM', 'SPL', 'BAR', 'CONV', 'SR', 'JA', 'SME', 'STIG', 'CPEN', 'PSE'
    )) as measure_code,
    cast(b.phase as enum ('pre', 'post')) as phase, cast(b.setting as enum ('open', 'closed')) as setting,
    b.referral_date, b.first_interview_date, b.start_date, b.planned_end_date, b.end_date,
    cast(b.outcome as enum (
        'accomplie', 'revoquee', 'revoquee_partiellement', 'retiree', 'convertie', 'dessaisissement', 'deces', 'autre'
    )) as outcome,
    b.branch_id, cast(b.sex as enum ('F', 'M', 'X')) as sex,
    cast(b.age_band as enum ('mineurs', '18-20', '21-24', '25-29', '30-39', '40-49', '50-59', '60-plus', 'inconnu')) as age_band,
    f.family, len(list_filter(d.decisions, lambda x: x < b.start_date)) as prior_convictions
from banded b
left join families f on f.conviction_id = b.conviction_id
left join decided d on d.person_key = b.person_key
where ($age_band is null or b.age_band = $age_band)
  and ($family is null or f.family = $family);
