-- One row per selected measure referred to the service after $since and until $day: days to the first interview (`met` = 1) or to the end of the
-- wait without one (0): the end of the measure, else $day. Interviews before the referral are left out: the person was already met.
-- `custody` on the day of referral: `free`, `held`, `released` (in the 31 days before), `unknown` where the base has no custody at all.
-- Regimes are those of vocabulary.REGIMES_WITHOUT_STREET_TIME (custody_union).
with referred as (
    select
        person_key, measure_id, measure_code, phase, setting, referral_date,
        case when first_interview_date is not null then 1 else 0 end as met,
        coalesce(first_interview_date, least(end_date, $day), $day) - referral_date as days,
        $day - referral_date as elapsed
    from selected_measures
    where referral_date > $since and referral_date <= $day
),
stays as (
    select
        r.person_key, r.measure_id,
        max(case when u.end_date > r.referral_date then 2 else 1 end) as place
    from referred r
    join custody_union u
      on u.person_key = r.person_key and u.start_date <= r.referral_date and u.end_date >= r.referral_date - 31
    group by r.person_key, r.measure_id
)
select
    r.person_key, r.measure_code, r.phase, r.setting, r.met, r.days, r.elapsed,
    cast(case
        when not exists (select 1 from custody_periods) then 'unknown'
        when s.place = 2 then 'held'
        when s.place = 1 then 'released'
        else 'free'
    end as enum ('free', 'held', 'released', 'unknown')) as custody
from referred r
left join stays s on s.person_key = r.person_key and s.measure_id = r.measure_id
where r.days >= 0
order by r.person_key, r.referral_date, r.measure_id;
