-- The only question that reads a name: for the parcours screen.
select display_name from persons where person_key = $person_key;
