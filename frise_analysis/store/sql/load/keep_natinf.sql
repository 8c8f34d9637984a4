-- The list that the service loaded stays from one load to the next; the project's own codes are those of this version.
insert into natinf by name
select * from old_store.natinf as o
where o.source = $source and o.natinf_code not in (select natinf_code from natinf);
