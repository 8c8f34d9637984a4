-- One row per action on the life events of a person; rows are only ever added. The state of a person is their actions replayed.
-- `fictional` keeps what is entered on fictional people apart from a real store put at the same place.
-- `event_id` is the event acted on; an undo names in `undoes` the action that it takes back, and holds nothing else.
create table actions (
    action_id integer primary key autoincrement,
    entered_at text not null,
    fictional integer not null check (fictional in (0, 1)),
    person_id text not null,
    kind text not null check (kind in ('add', 'change', 'remove', 'undo')),
    event_id text,
    undoes integer unique references actions (action_id),
    start_date text,
    date_precision text,
    end_date text,
    end_precision text,
    domain text,
    direction text,
    label text,
    source text,
    check ((kind = 'undo') = (undoes is not null)),
    check (kind = 'undo' or event_id is not null),
    check ((kind in ('add', 'change')) = (start_date is not null and domain is not null))
);
create index actions_of_person on actions (fictional, person_id, action_id);
create trigger actions_are_kept before update on actions begin
    select raise(abort, 'an action is never changed');
end;
create trigger actions_stay before delete on actions begin
    select raise(abort, 'an action is never deleted');
end;
-- 'FRSE': says whose file this is. The version is that of this table.
pragma application_id = 1179800389;
pragma user_version = 1;
