-- The actions on one person's events, in the order they were done.
select * from actions where fictional = :fictional and person_id = :person_id order by action_id
