-- Problems of the load by severity.
select severity, count(*) as number from problems group by severity order by severity;
