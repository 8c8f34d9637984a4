"""Life events entered on the screen: an append-only journal beside the store, exact to undo, apart from any load."""

from __future__ import annotations

import csv
import multiprocessing
import os
import sqlite3
import stat
import tempfile
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import People, read_tables, write_bundle
from hypothesis import given
from hypothesis import strategies as st

from frise_analysis.analysis.declared_events import Origin, declared_table, listed_events
from frise_analysis.analysis.interview import interview_path
from frise_analysis.analysis.person_path import read_path
from frise_analysis.analysis.registry import answer, questions
from frise_analysis.analysis.table_text import csv_text, json_text
from frise_analysis.analysis.words import words
from frise_analysis.cli import main
from frise_analysis.commands.table import WITHOUT_ENTERED
from frise_analysis.dashboards.documents import FORMS, Request, document
from frise_analysis.report.content import Purpose
from frise_analysis.store.declared import PREFIX, DeclaredEvents, declared_path
from frise_analysis.store.engine import open_store
from frise_analysis.store.event_file import DeclaredUnusable, NoSuchEvent
from frise_analysis.store.event_journal import Action, ActionKind, Declared, Entry, added_ids, replay
from frise_analysis.store.loading import Options, load

PEOPLE = """
persons
person_id | birth_date
P         | 1990-01-01
Q         | 1990-01-01

offences
person_id | offence_start_date
P         | 2015-01-01

life_events
person_id | event_id | start_date | end_date   | domain | direction | label       | source
P         | E1       | 2019-03-12 | 2019-03-12 | work   | strain    | Licencié    | officer
P         | E2       | 2020-05-01 |            | family | support   | Vie commune | person
"""
WORK = Entry(date(2018, 1, 1), "work", "Premier emploi", date_precision="year", end_date=date(2018, 1, 1))
HOME = Entry(date(2021, 6, 2), "housing", "Studio", direction="support", source="person")


@pytest.fixture
def events(tmp_path: Path) -> DeclaredEvents:
    return DeclaredEvents(tmp_path / "frise.evenements.sqlite", fictional=True)


def build(folder: Path, tables: str = PEOPLE, *, fictional: bool = True, options: Options | None = None) -> Path:
    """Load the tables in the store of the folder, whatever stands there."""
    source = folder / f"bundle-{len(list(folder.iterdir()))}"
    source.mkdir()
    write_bundle(source, read_tables(tables), extraction="2024-01-31", fictional=fictional)
    load(source, store=folder / "frise.duckdb", options=options)
    return folder / "frise.duckdb"


@pytest.fixture
def store(tmp_path: Path):
    with open_store(build(tmp_path)) as opened:
        yield opened


def life(store, person: str = "P", as_of: date | None = None) -> dict[str, str]:
    """Identifier and words of the life events of the path."""
    path = read_path(store, person_key=People(store).key(person), as_of=as_of)
    return {r.record_id: words(r, path) for r in path.lane("life_events")}


def test_place_of_the_file() -> None:
    """Beside the store, under its name."""
    found = [declared_path(Path("/x") / name).as_posix() for name in ("frise.duckdb", "base", "a.b.duckdb")]
    assert ["/x/frise.evenements.sqlite", "/x/base.evenements.sqlite", "/x/a.b.evenements.sqlite"] == found


def test_reading_creates_nothing(events: DeclaredEvents) -> None:
    """Nothing is written before somebody enters something."""
    assert (Declared(), (), None) == (events.of("P"), events.people(), events.undo("P"))
    assert [] == list(events.path.parent.iterdir())


def test_file_is_for_its_owner_only(events: DeclaredEvents) -> None:
    """Whatever the mask of the account, the file and what SQLite writes beside it are 0600, the journal ahead of the file."""
    mask = os.umask(0)
    try:
        events.add("P", WORK)
        with closing(sqlite3.connect(events.path, isolation_level=None)) as connection:
            connection.execute("begin immediate")
            connection.execute(
                "insert into actions (entered_at, fictional, person_id, kind, event_id) values ('t', 1, 'P', 'remove', 'E1')"
            )
            found = {x.name: stat.S_IMODE(x.stat().st_mode) for x in events.path.parent.iterdir()}
    finally:
        os.umask(mask)
    assert f"{events.path.name}-journal" in found
    assert {0o600} == set(found.values())


def test_add_change_remove(events: DeclaredEvents) -> None:
    """What is read is what was last written, in order of date."""
    home, work = events.add("P", HOME), events.add("P", WORK)
    assert [work, home] == [x.event_id for x in events.of("P").events]
    events.change("P", work, Entry(date(2022, 1, 1), "work", "Second emploi"))
    assert [("Studio", None), ("Second emploi", None)] == [(x.label, x.replaces) for x in events.of("P").events]
    events.remove("P", home)
    (left,) = events.of("P").events
    assert (work, "Second emploi", frozenset()) == (left.event_id, left.label, events.of("P").hidden)
    assert work.startswith(PREFIX)


def test_every_field_comes_back(events: DeclaredEvents) -> None:
    """Dates, precisions and codes are read as they were written."""
    said = Entry(date(2019, 3, 1), "peers", "Ü", "month", date(2020, 12, 31), "year", "neutral", "officer")
    events.add("P", said)
    (found,) = events.of("P").events
    assert vars(said) == {name: getattr(found, name) for name in vars(said)}
    assert found.entered_at.endswith("+00:00")


def test_people_are_apart(events: DeclaredEvents) -> None:
    """An action belongs to one person; undoing is theirs too."""
    events.add("P", WORK)
    events.add("Q", HOME)
    events.undo("P")
    assert ((), 1, None) == (events.of("P").events, len(events.of("Q").events), events.undo("P"))
    assert ("P", "Q") == events.people()


def test_undo_goes_back_to_nothing(events: DeclaredEvents) -> None:
    """Last action first, then None; nothing leaves the file."""
    name = events.add("P", WORK)
    events.change("P", name, HOME)
    events.remove("P", "E1")
    events.remove("P", name)
    undone = [events.undo("P") for _ in range(5)]
    kinds = [None if x is None else x.kind.value for x in undone]
    assert ["remove", "remove", "change", "add", None] == kinds
    assert Declared(withdrawn=frozenset({name})) == events.of("P")
    with closing(sqlite3.connect(events.path)) as connection:
        assert [(8,)] == connection.execute("select count(*) from actions").fetchall()


def test_undo_only_what_was_read(events: DeclaredEvents) -> None:
    """Where somebody else acted since the page was written, nothing is undone."""
    events.add("P", WORK)
    seen = events.of("P").last
    events.add("P", HOME)
    with pytest.raises(NoSuchEvent):
        events.undo("P", expected=seen.action_id)
    assert 2 == len(events.of("P").events)
    assert events.undo("P", expected=events.of("P").last.action_id).entry == HOME


def test_what_is_gone_cannot_be_changed(events: DeclaredEvents) -> None:
    """An event removed meanwhile, entered here or imported, is neither changed nor removed again."""
    name = events.add("P", WORK)
    events.remove("P", name)
    events.remove("P", "E1")
    for gone in (name, "E1"):
        with pytest.raises(NoSuchEvent):
            events.change("P", gone, HOME)
        with pytest.raises(NoSuchEvent):
            events.remove("P", gone)
    assert ((), {"E1"}) == (events.of("P").events, events.of("P").hidden)


@pytest.mark.parametrize("order", ["update actions set label = 'x'", "delete from actions"])
def test_journal_only_grows(events: DeclaredEvents, order: str) -> None:
    """The file itself refuses that an action be changed or deleted."""
    events.add("P", WORK)
    with closing(sqlite3.connect(events.path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(order)


def test_a_failed_writing_leaves_nothing(events: DeclaredEvents) -> None:
    """An entry that the file refuses changes nothing, and the next one is written."""
    events.add("P", WORK)
    before = events.of("P")
    with pytest.raises(DeclaredUnusable):
        events.add("P", Entry(date(2020, 1, 1), None, "sans domaine"))  # type: ignore[arg-type]
    assert before == events.of("P")
    events.add("P", HOME)
    assert 2 == len(events.of("P").events)


# Any sequence of actions: a number says which event, so that a sequence stays readable when it is made smaller.
STEPS = st.lists(st.tuples(st.sampled_from(["add", "change", "remove", "undo"]), st.integers(0, 3)), max_size=25)


def journal(steps) -> list[Action]:
    """The actions that the screen would allow, as the file would hold them."""
    actions: list[Action] = []
    for number, (kind, which) in enumerate(steps, 1):
        state = replay(actions)
        shown = [x.event_id for x in state.events]
        others = [x for x in ("E1", "E2") if x not in state.hidden and x not in shown]
        target = ([*shown, *others] or [""])[which % max(1, len(shown) + len(others))]
        if kind == "undo" and state.last:
            actions.append(Action(number, ActionKind.UNDO, "t", undoes=state.last.action_id))
        if kind == "add":
            actions.append(Action(number, ActionKind.ADD, "t", f"{PREFIX}{number}", WORK))
        if kind in {"change", "remove"} and target:
            entry = Entry(date(2000 + number, 1, 1), "money", str(number)) if kind == "change" else None
            actions.append(Action(number, ActionKind(kind), "t", target, entry))
    return actions


def told(actions: list[Action]) -> tuple[dict[str, Entry], set[str]]:
    """The same state from the description: a stack of actions, each a dictionary made from the one before."""
    stack: list[tuple[dict[str, Entry], set[str]]] = [({}, set())]
    for action in actions:
        if action.kind == ActionKind.UNDO:
            stack.pop()
            continue
        shown, hidden = stack[-1]
        if action.entry is not None:
            stack.append(({**shown, action.event_id: action.entry}, hidden))
        else:
            rest = {k: x for k, x in shown.items() if k != action.event_id}
            away = {action.event_id} if action.event_id.startswith("E") else set()
            stack.append((rest, hidden | away))
    return stack[-1]


@given(STEPS)
def test_replay_is_the_state(steps) -> None:
    """Whatever was done, the replay gives what a stack of states gives."""
    actions = journal(steps)
    state = replay(actions)
    shown, hidden = told(actions)
    assert {k: (x.start_date, x.label) for k, x in shown.items()} == {
        x.event_id: (x.start_date, x.label) for x in state.events
    }
    assert hidden == state.hidden
    assert {x.event_id for x in actions if x.kind == ActionKind.ADD} - set(shown) == state.withdrawn
    assert {x for x in shown if x.startswith("E")} == state.replaced
    assert all(a.start_date <= b.start_date for a, b in pairwise(state.events))


@given(STEPS)
def test_as_many_undos_lead_back(steps) -> None:
    """Any sequence of actions, then as many undos: nothing was ever entered."""
    actions = journal(steps)
    for number in range(len(steps)):
        last = replay(actions).last
        if last is not None:
            actions.append(Action(1000 + number, ActionKind.UNDO, "t", undoes=last.action_id))
    assert Declared(withdrawn=added_ids(actions)) == replay(actions)


@given(STEPS)
def test_one_undo_is_exact(steps) -> None:
    """Undoing an action gives the state that stood before it, the order of events and the next undo included."""
    actions = journal([x for x in steps if x[0] != "undo"])
    if actions:
        undone = [*actions, Action(1000, ActionKind.UNDO, "t", undoes=actions[-1].action_id)]
        added = {actions[-1].event_id} if actions[-1].kind == ActionKind.ADD else set()
        before = replay(actions[:-1])
        assert replace(before, withdrawn=before.withdrawn | added) == replay(undone)


def test_path_holds_what_was_entered(store) -> None:
    """Added, changed and removed events are those of the path, in words no more precise than they are."""
    store.declared.add("P", WORK)
    store.declared.change("P", "E1", Entry(date(2019, 3, 1), "work", "Licencié", "month", date(2019, 3, 1)))
    store.declared.remove("P", "E2")
    (added,) = (x for x in life(store) if x.startswith(PREFIX))
    expected = {
        added: "Premier emploi en 2018, à 28 ans (travail et formation).",
        "E1": "Licencié en mars 2019, à 29 ans (travail et formation).",
    }
    assert expected == life(store)
    assert list(expected) == list(life(store))


def test_path_stops_at_its_day(store) -> None:
    """What happened after the day stays out of the path; what ended after it still runs."""
    store.declared.add("P", Entry(date(2021, 1, 1), "money", "Dettes", end_date=date(2022, 1, 1)))
    store.declared.add("P", Entry(date(2024, 3, 1), "money", "Plan", end_date=date(2024, 3, 1)))
    at = {day: [x for k, x in life(store, as_of=day).items() if k.startswith(PREFIX)] for day in (date(2020, 12, 31), date(2021, 1, 1), None)}  # fmt: skip
    assert [
        [],
        ["Dettes depuis le 1er janvier 2021, à 31 ans (argent)."],
        ["Dettes du 1er janvier 2021 au 1er janvier 2022, à 31 ans (argent)."],
    ] == list(at.values())


def test_list_tells_origin_and_place(store) -> None:
    """The list has every event, latest first: where it comes from, and whether it is on the frise yet."""
    store.declared.add("P", Entry(date(2024, 3, 1), "money", "Plan"))
    store.declared.change("P", "E2", HOME)
    listed = listed_events(store, read_path(store, person_key=People(store).key("P")))
    found = [(x.record.label, x.origin, x.on_frise) for x in listed.events]
    expected = [("Plan", Origin.ADDED, False), ("Studio", Origin.CHANGED, True), ("Licencié", Origin.IMPORTED, True)]
    assert expected == found


def test_overlay_survives_a_load(tmp_path: Path, store) -> None:
    """After a new load, what was changed and removed still is; undoing brings the imported rows back."""
    store.declared.change("P", "E1", HOME)
    store.declared.remove("P", "E2")
    before = life(store)
    with open_store(build(tmp_path)) as renewed:
        assert before == life(renewed)
        assert 1 == len(before)
        renewed.declared.undo("P")
        renewed.declared.undo("P")
        assert ["E1", "E2"] == list(life(renewed))


def test_overlay_of_an_event_that_left_the_extraction(tmp_path: Path, store) -> None:
    """A change stays shown; a removal is kept, and shows nothing; both hold again when the event comes back."""
    store.declared.change("P", "E1", HOME)
    store.declared.remove("P", "E2")
    shorter = PEOPLE.split("life_events", maxsplit=1)[0]
    with open_store(build(tmp_path, shorter)) as without:
        assert ["E1"] == list(life(without))
        assert {"E2"} == without.declared.of("P").hidden
    with open_store(build(tmp_path)) as again:
        assert ["E1"] == list(life(again))


def test_fictional_people_never_reach_a_real_store(tmp_path: Path, store) -> None:
    """A real store put at the same place has none of what was entered on fictional people of the same identifiers."""
    store.declared.add("P", WORK)
    store.close()
    with open_store(build(tmp_path, fictional=False)) as real:
        assert (Declared(), ()) == (real.declared.of("P"), real.declared.people())
        assert ["E1", "E2"] == list(life(real))
        assert real.declared.undo("P") is None
        real.declared.add("P", HOME)
        assert ["Studio"] == [x.label for x in real.declared.of("P").events]
        assert ["Studio"] == list(declared_table(real)["label"])


def _write_many(path: Path, name: str, count: int) -> None:
    events = DeclaredEvents(path, fictional=True)
    for number in range(count):
        events.add("P", Entry(date(2020, 1, 1), "work", f"{name}{number}"))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_two_processes_write_at_once(events: DeclaredEvents, method: str) -> None:
    """From the very first action on, nothing of what several processes write is lost."""
    context = multiprocessing.get_context(method)
    workers = [context.Process(target=_write_many, args=(events.path, name, 15)) for name in "ab"]
    for worker in workers:
        worker.start()
    _write_many(events.path, "c", 15)
    for worker in workers:
        worker.join()
    assert [0, 0] == [worker.exitcode for worker in workers]
    assert {f"{name}{n}" for name in "abc" for n in range(15)} == {x.label for x in events.of("P").events}


def test_fork_before_and_after_the_opening(events: DeclaredEvents) -> None:
    """The object made before a fork, used or not, writes in the child and in the parent: no connection crosses."""
    for _ in range(2):
        child = os.fork()
        if not child:
            code = 1
            try:
                events.add("P", WORK)
                code = 0
            finally:
                os._exit(code)
        events.add("P", HOME)
        assert 0 == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ["Premier emploi"] * 2 + ["Studio"] * 2 == [x.label for x in events.of("P").events]


def test_what_a_deleted_file_left_is_not_read(events: DeclaredEvents) -> None:
    """A journal left by a file that somebody deleted does not come back in the new one."""
    events.add("P", WORK)
    left = cut_short(events)
    events.path.unlink()
    events.add("P", HOME)
    assert (["Studio"], False) == ([x.label for x in events.of("P").events], left.exists())


def cut_short(events: DeclaredEvents) -> Path:
    """Leave the file as a process killed in the middle of a writing does: half of it written, its journal beside."""
    left = events.path.with_name(events.path.name + "-journal")
    with closing(sqlite3.connect(events.path, isolation_level=None)) as connection:
        connection.execute("pragma cache_size = 1")
        connection.execute("begin immediate")
        for number in range(200):
            row = ("t", 1, "P", "remove", f"{number:0>200}")
            connection.execute(
                "insert into actions (entered_at, fictional, person_id, kind, event_id) values (?, ?, ?, ?, ?)", row
            )
        torn, journal = events.path.read_bytes(), left.read_bytes()
        connection.execute("rollback")
    assert journal.strip(b"\0")
    events.path.write_bytes(torn)
    left.write_bytes(journal)
    return left


def test_writing_that_was_cut_short_is_taken_back(events: DeclaredEvents) -> None:
    """After a process was killed while it wrote, reading gives what stood before, and so does the next writing."""
    events.add("P", WORK)
    before = events.of("P")
    left = cut_short(events)
    assert (before, False) == (events.of("P"), left.exists())
    cut_short(events)
    events.add("P", HOME)
    assert ["Premier emploi", "Studio"] == [x.label for x in events.of("P").events]


def test_what_a_killed_creation_left_is_removed(events: DeclaredEvents) -> None:
    """The next creation removes the halves that others left, and nothing that is not theirs."""
    name, folder = events.path.name, events.path.parent
    kept = {f".{name}.lock", f".{name}.sauvegarde", f".{name}.0123456789", ".autre.01234567"}
    for left in (*kept, f".{name}.01234567", f".{name}.89abcdef-journal"):
        (folder / left).touch()
    events.add("P", WORK)
    assert kept | {name} == {x.name for x in folder.iterdir()}


def _with_log(events: DeclaredEvents) -> None:
    with closing(sqlite3.connect(events.path)) as connection:
        assert ("wal",) == connection.execute("pragma journal_mode = wal").fetchone()


def _mode(events: DeclaredEvents) -> str:
    with closing(sqlite3.connect(events.path)) as connection:
        return str(connection.execute("pragma journal_mode").fetchone()[0])


def test_log_of_an_earlier_version_is_given_up(events: DeclaredEvents) -> None:
    """A file kept with a write-ahead log is read, and has a rollback journal after the next writing, or the one after."""
    events.add("P", WORK)
    assert "delete" == _mode(events)
    _with_log(events)
    assert 1 == len(events.of("P").events)
    with closing(sqlite3.connect(events.path)) as other:
        other.execute("select 1 from actions").fetchall()
        events.add("P", HOME)
        assert 2 == len(events.of("P").events), "written all the same while another process has it open"
    events.undo("P")
    assert ("delete", 1) == (_mode(events), len(events.of("P").events))
    assert not [x for x in events.path.parent.iterdir() if x.name.endswith(("-wal", "-shm"))]


@pytest.fixture
def shared():
    """A folder that every account may read."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)
        Path(name).chmod(0o700)


@pytest.mark.parametrize("log", [False, True])
def test_read_where_nothing_may_be_written(shared: Path, log: bool) -> None:
    """Where neither the file nor its folder may be written, what was entered is read, a log of an earlier version or not."""
    events = DeclaredEvents(shared / "frise.evenements.sqlite", fictional=True)
    events.add("P", WORK)
    if log:
        _with_log(events)
    events.path.chmod(0o444)
    shared.chmod(0o555)
    child = os.fork()
    if not child:
        code = 1
        try:
            if not os.getuid():
                os.setuid(65534)
            code = 0 if ["Premier emploi"] == [x.label for x in events.of("P").events] else 2
        finally:
            os._exit(code)
    assert 0 == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_reading_waits_for_the_end_of_a_writing(events: DeclaredEvents) -> None:
    """While another process puts its line in the file, reading waits, then sees it."""
    events.add("P", WORK)
    with closing(sqlite3.connect(events.path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("begin exclusive")
        other.execute(
            "insert into actions (entered_at, fictional, person_id, kind, event_id) values ('2020-01-01', 1, 'P', 'remove', 'E1')"
        )
        end = threading.Timer(0.3, other.execute, ["commit"])
        end.start()
        assert {"E1"} == events.of("P").hidden
        end.join()


def _undo_many(path: Path) -> None:
    for _ in range(10):
        assert DeclaredEvents(path, fictional=True).undo("P") is not None


def test_two_processes_undo_at_once(events: DeclaredEvents) -> None:
    """Each undo takes back an action of its own: none is undone twice, none fails."""
    _write_many(events.path, "a", 30)
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_undo_many, args=(events.path,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    _undo_many(events.path)
    for worker in workers:
        worker.join()
    found = events.of("P")
    assert ([0, 0], 30) == ([worker.exitcode for worker in workers], len(found.withdrawn))
    assert Declared(withdrawn=found.withdrawn) == found


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table actions (x)")
        connection.commit()


def _from_later(path: Path) -> None:
    DeclaredEvents(path, fictional=True).add("P", WORK)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma user_version = 9")


def _torn(path: Path) -> None:
    DeclaredEvents(path, fictional=True).add("P", WORK)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))


def _odd_date(path: Path) -> None:
    DeclaredEvents(path, fictional=True).add("P", WORK)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("drop trigger actions_are_kept")
        connection.execute("update actions set start_date = 'SECRET'")
        connection.commit()


def _short_table(path: Path) -> None:
    DeclaredEvents(path, fictional=True).add("P", WORK)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("alter table actions drop column source")


def _odd_cell(path: Path, column: str, value: object) -> None:
    DeclaredEvents(path, fictional=True).add("P", WORK)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("drop trigger actions_are_kept")
        connection.execute(f"update actions set {column} = ?", (value,))
        connection.commit()


def _half_a_character(path: Path) -> None:
    DeclaredEvents(path, fictional=True).add("P", WORK)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("drop trigger actions_are_kept")
        connection.execute("update actions set label = cast(x'534543524554eda080' as text)")
        connection.commit()


BROKEN = {
    "text": lambda path: path.write_text("ceci n’est pas une base" * 400, encoding="utf-8"),
    "empty": lambda path: path.touch(),
    "folder": lambda path: path.mkdir(),
    "foreign": _foreign,
    "later": _from_later,
    "torn": _torn,
    "odd date": _odd_date,
    "short table": _short_table,
    "no label": lambda path: _odd_cell(path, "label", None),
    "bytes": lambda path: _odd_cell(path, "label", b"SECRET\xff"),
    "half a character": _half_a_character,
    "odd time": lambda path: _odd_cell(path, "entered_at", "SECRET"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_a_sentence(events: DeclaredEvents, name: str) -> None:
    """A file that is broken or somebody else's is said in French, without what it holds, and is left as it is."""
    BROKEN[name](events.path)
    before = events.path.read_bytes() if events.path.is_file() else b""
    with pytest.raises(DeclaredUnusable) as refused:
        events.of("P")
    assert str(events.path) in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "SECRET" not in str(refused.value)
    assert before == (events.path.read_bytes() if events.path.is_file() else b"")


@pytest.mark.parametrize("name", ["text", "foreign", "folder"])
def test_broken_file_is_not_written(events: DeclaredEvents, name: str) -> None:
    """Nothing is added to a file that is not ours."""
    BROKEN[name](events.path)
    with pytest.raises(DeclaredUnusable):
        events.add("P", WORK)


def test_folder_in_its_place_is_called_so(events: DeclaredEvents) -> None:
    """A folder at the place of the file is said, not called damage."""
    events.path.mkdir()
    for act in (lambda: events.of("P"), lambda: events.add("P", WORK)):
        with pytest.raises(DeclaredUnusable, match="Il y a un dossier à la place du fichier"):
            act()


def test_text_that_cannot_be_written(events: DeclaredEvents) -> None:
    """Half a character is said, and the file is not called damaged."""
    events.add("P", WORK)
    with pytest.raises(DeclaredUnusable, match="un signe qui ne peut pas être écrit"):
        events.add("P", Entry(date(2020, 1, 1), "work", "\ud800"))
    assert 1 == len(events.of("P").events)


def test_no_document_without_what_was_removed(store) -> None:
    """Where the file cannot be read, what was removed comes back: the path says why, beside the person too, and no document is made."""
    store.declared.remove("P", "E2")
    key = People(store).key("P")
    assert "" == read_path(store, person_key=key).declared_refusal
    store.declared.path.write_text("non" * 4000, encoding="utf-8")
    path = read_path(store, person_key=key)
    assert "abîmé" in path.declared_refusal
    assert path.declared_refusal == interview_path(path).declared_refusal
    for form in FORMS:
        with pytest.raises(DeclaredUnusable, match="abîmé") as refused:
            document(store, path, Request(form, Purpose.INTERVIEW, date(2024, 2, 1)))
        assert str(refused.value).endswith("Aucun document n’est fait sans les évènements saisis.")


def test_loaded_export_can_be_removed(tmp_path: Path, store) -> None:
    """An event entered here, exported and loaded again is one event, and can be changed, removed, and brought back."""
    name = store.declared.add("P", HOME)
    both = PEOPLE + f"P | {name} | 2021-06-02 | | housing | support | Studio | person\n"
    store.close()
    with open_store(build(tmp_path, both)) as renewed:
        assert [name] == [x for x in life(renewed) if x.startswith(PREFIX)]
        renewed.declared.remove("P", name)
        assert ["E1", "E2"] == list(life(renewed))
        renewed.declared.undo("P")
        assert ["E1", "E2", name] == list(life(renewed))
        renewed.declared.undo("P")
        assert ["E1", "E2"] == list(life(renewed)), "its adding was undone: what an export kept of it is hidden too"
        assert 1 == listed_events(renewed, read_path(renewed, person_key=People(renewed).key("P"))).masked
        with pytest.raises(NoSuchEvent):
            renewed.declared.remove("P", name)


def test_screen_goes_on_without_a_broken_file(store) -> None:
    """The path has the imported events; the list says why nothing else is there."""
    store.declared.path.write_text("non" * 4000, encoding="utf-8")
    assert ["E1", "E2"] == list(life(store))
    listed = listed_events(store, read_path(store, person_key=People(store).key("P")))
    assert (2, None, 0) == (len(listed.events), listed.last, listed.masked)
    assert "abîmé" in listed.refusal


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Where the file cannot be made, a sentence."""
    with pytest.raises(DeclaredUnusable, match="dossier"):
        DeclaredEvents(tmp_path / "absent" / "x.sqlite", fictional=True).add("P", WORK)


def test_a_writer_that_holds_the_file_too_long(events: DeclaredEvents, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting ends with a sentence, and nothing is written."""
    monkeypatch.setattr("frise_analysis.store.event_file.PATIENCE", 0.05)
    events.add("P", WORK)
    with closing(sqlite3.connect(events.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(DeclaredUnusable, match="Un autre poste"):
            events.add("P", HOME)
        assert 1 == len(events.of("P").events), "reading does not wait"


def test_table_of_all_that_was_entered(store) -> None:
    """One row per event, then the imported events taken away; the names of the contract, dates as dates."""
    name = store.declared.add("Q", WORK)
    store.declared.change("P", "E1", HOME)
    store.declared.remove("P", "E2")
    store.declared.add("P", HOME)
    store.declared.undo("P")
    found = declared_table(store)[["person_id", "event_id", "start_date", "date_precision", "label", "action"]]
    assert [
        ("P", "E1", date(2021, 6, 2), "day", "Studio", "modifié"),
        ("P", "E2", None, None, None, "retiré"),
        ("Q", name, date(2018, 1, 1), "year", "Premier emploi", "ajouté"),
    ] == [tuple(None if x != x else x for x in row) for row in found.itertuples(index=False)]  # noqa: PLR0124 - not a number


def test_command_writes_a_private_file(tmp_path: Path, store) -> None:
    """``frise events`` writes what was entered, formula-safe, for its owner only, over no other file."""
    store.declared.add("P", Entry(date(2020, 1, 1), "work", "=1+1"))
    out = tmp_path / "out.csv"
    asked = ["events", "--store", str(store.path), "--output", str(out)]
    assert 0 == CliRunner().invoke(main, asked).exit_code
    (row,) = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert ("P", "'=1+1", "2020-01-01") == (row["person_id"], row["label"], row["start_date"])
    assert 0o600 == stat.S_IMODE(out.stat().st_mode)
    again = CliRunner().invoke(main, asked)
    assert (2, True) == (again.exit_code, "Donnez un autre nom." in again.output)
    shown = CliRunner().invoke(main, asked[:3])
    assert out.read_text(encoding="utf-8-sig") == shown.output


def test_command_needs_a_folder(tmp_path: Path, store) -> None:
    """A place that cannot be written is a sentence."""
    found = CliRunner().invoke(main, ["events", "--store", str(store.path), "--output", str(tmp_path / "x" / "y.csv")])
    assert (2, True) == (found.exit_code, "Vérifiez que le dossier existe" in found.output)


def test_questions_that_read_entered_events_are_known(store) -> None:
    """A question says that it reads what is entered where an event added and another removed change its answer, and there only."""
    asked = [(q.name, who) for q in questions() if q.about_person for who in ("P", "Q")]
    before = {x: json_text(answer(store, x[0], person_id=x[1])) for x in asked}
    store.declared.remove("P", "E1")
    for who in ("P", "Q"):
        store.declared.add(who, replace(HOME, start_date=date(2015, 2, 1)))
    changed = {name for name, who in asked if before[name, who] != json_text(answer(store, name, person_id=who))}
    assert {q.name for q in questions() if q.reads_events} == changed


def test_a_table_says_that_it_lacks_what_was_entered(store) -> None:
    """``frise table`` is written where the file cannot be read, and says it beside, where the question reads it and only there."""
    store.declared.remove("P", "E2")
    asked = ["--store", str(store.path), "--person", "P"]
    assert "" == CliRunner().invoke(main, ["table", "synthese", *asked]).stderr
    store.declared.path.write_text("non" * 4000, encoding="utf-8")
    told = CliRunner().invoke(main, ["table", "synthese", *asked])
    assert (0, 1, True) == (told.exit_code, told.stderr.count("abîmé"), told.stderr.endswith(f" {WITHOUT_ENTERED}\n"))
    assert told.stdout == csv_text(answer(store, "synthese", person_id="P"))
    silent = CliRunner().invoke(main, ["table", "intervalles", *asked])
    assert (0, "") == (silent.exit_code, silent.stderr)
