-- One row per selected measure referred to the service after $since and until $day: days to the first interview (`met` = 1) or to the end of the
-- wait without one (0): the end of the measure, else $day. Interviews before the referral are left out: the person was already met.
-- `custody` on the day of referral: `free`, `held`, `released` (in the 31 days before), `unknown` where the base has no custody at all.
-- Regimes are those of vocabulary.REGIMES_WITHOUT_STREET_TIME (custody_union).
with referred as (
    select
        person_key, measure_code, phase, setting, referral_custody, referral_date,
        coalesce(first_interview_date, least(end_date, $day), $day) as met_date,
        case when first_interview_date is not null then 1 else 0 end as met
    from selected_measures
    where referral_date > $since and referral_date <= $day
)
select
    person_key, measure_code, phase, setting, met, met_date - referral_date as days, $day - referral_date as elapsed, referral_custody as custody
from referred
where met_date >= referral_date;
