-- The Ministry's list beside the project's own codes, which keep their family and their maximum.
-- A code whose articles no rule knows has no family: the label of the record then decides.
insert into natinf
select
  l.natinf_code, l.label, l.nature, l.contravention_class, l.articles,
  family_of_citation(first_citation(plain_words(l.articles))) as family,
  null as max_sentence_years,
  $source as source
from natinf_list as l
where l.natinf_code not in (select natinf_code from natinf);
