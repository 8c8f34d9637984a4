insert into actions (
    entered_at, fictional, person_id, kind, event_id, undoes,
    start_date, date_precision, end_date, end_precision, domain, direction, label, source
) values (
    :entered_at, :fictional, :person_id, :kind, :event_id, :undoes,
    :start_date, :date_precision, :end_date, :end_precision, :domain, :direction, :label, :source
)
