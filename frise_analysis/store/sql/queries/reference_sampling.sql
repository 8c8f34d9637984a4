-- One person in how many the questions over the whole store read.
select greatest(1, count(*) // 20000) as one_in from persons;
