-- The day of the first line of one person's record, those that no screen shows included: for a comparison, never to be told.
select min(decision_date) as day from convictions where person_key = $person_key;
