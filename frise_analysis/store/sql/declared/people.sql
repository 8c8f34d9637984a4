-- Everybody on whose events somebody acted.
select distinct person_id from actions where fictional = :fictional order by person_id
