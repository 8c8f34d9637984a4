-- One row per measure that matches the filters, whatever its dates: `selected_measures`, which the questions service_* read.
-- `end_date`, `outcome` and the days of referral and interview as they were known on $as_of. `prior_convictions`: those void that day left out. A measure without branch
-- is of the branch of whoever follows it.
-- A parameter that is null keeps everybody.
create or replace temp table selected_measures as
select
    person_key, measure_key, measure_code, phase, setting, caseload_branch_id as branch_id, sex, age_band, family,
    prior_convictions - coalesce(len(list_filter(void_dates, x -> x <= $as_of)), 0) as prior_convictions,
    case when referral_date <= $as_of then referral_date end as referral_date,
    case when first_interview_date <= $as_of then first_interview_date end as first_interview_date,
    start_date, planned_end_date,
    case when end_date <= $as_of then end_date end as end_date,
    case when end_date <= $as_of then outcome end as outcome,
    referral_custody, death_date, facts_after_start, facts_after_end,
    away_at_start, away_at_end, away_at_facts_after_start, away_at_facts_after_end
from service_measures
where ($branch_id is null or caseload_branch_id = $branch_id)
  and ($measure_code is null or measure_code = $measure_code)
  and ($setting is null or setting = $setting)
  and ($phase is null or phase = $phase)
  and ($sex is null or sex = $sex)
  and ($age_band is null or age_band = $age_band)
  and ($family is null or family = $family)
  and (
    $obligation_code is null
    or measure_key in (select measure_key from service_obligations where obligation_code = $obligation_code)
  );
