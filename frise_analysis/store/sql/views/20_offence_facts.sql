-- One row per offence with its family and the conviction that punishes it, if it is judged.
create view offence_facts as
select
    o.*,
    c.decision_date, c.final_date, c.court, c.void_date, c.rehabilitation_date
from offences o
left join convictions c on c.person_key = o.person_key and c.conviction_id = o.conviction_id;
