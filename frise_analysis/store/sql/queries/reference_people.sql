-- One row per person observed, longest first: sex, whole years of age at the first facts, family of the first of them, days at liberty since.
select person_key, sex, family, age, street_days
from observed_people
order by street_days desc, person_key;
