-- One row per distinct (natinf_code, label) of `labels_to_classify`: the family and, from the NATINF code, nature and maximum.
-- Best first: the code, an article cited in the label, the words of the label.
create or replace temp table classified_labels as
with pairs as (
  select distinct natinf_code, label from labels_to_classify
),
words as (
  select natinf_code, label, natinf_number(natinf_code) as number, label_words(label) as words, plain_words(label) as cited_in
  from pairs
),
cited as (
  select natinf_code, label, number, words, first_citation(cited_in) as citation from words
),
ruled as (
  select natinf_code, label, number, words, family_of_citation(citation) as by_article, family_of_words(words) as by_words
  from cited
)
select
  r.natinf_code,
  r.label,
  coalesce(n.family, r.by_article, r.by_words, 'autre_non_classe') as family,
  case
    when n.family is not null then 'natinf'
    when r.by_article is not null then 'article'
    when r.by_words is not null then 'label'
    else 'none'
  end as family_source,
  n.nature,
  n.max_sentence_years
from ruled as r
left join natinf as n on n.natinf_code = r.number;
