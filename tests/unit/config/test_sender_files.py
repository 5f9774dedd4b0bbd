"""The sender's templates and history."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import SentEvent, SentLog, Template, TemplateError, TemplateStore
from clacks_monitor.config import templates as templates_module
from clacks_monitor.config.sent_log import MAX_KEPT
from clacks_monitor.core.files import DocumentError
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

XML = '<Event xmlns="http://www.gonicus.de/Events"><ClientPoll/></Event>'
POLL = Template(
    "Poll all", XML, notes="wakes everybody", subject="event", properties={"n": 1, "b": True}, folder=("Tests", "Daily")
)


def test_a_template_is_there_again_after_a_restart(tmp_path: Path) -> None:
    TemplateStore(tmp_path / "t").save(POLL)
    again = TemplateStore(tmp_path / "t")
    assert again.all() == [POLL]
    assert again.folders() == [("Tests",), ("Tests", "Daily")]
    assert (tmp_path / "t" / "Tests" / "Daily" / "poll-all.json").is_file()


def test_templates_are_changed_moved_and_deleted_with_undo(tmp_path: Path) -> None:
    templates = TemplateStore(tmp_path)
    first = templates.save(POLL)
    assert templates.save(POLL).name == "Poll all 2"
    changed = templates.save(replace(first, name="Poll", xml="<a/>"), replacing=first)
    moved = templates.move(changed, ())
    assert [(t.folder, t.name) for t in templates.all()] == [((), "Poll"), (("Tests", "Daily"), "Poll all 2")]
    templates.delete(moved)
    assert [t.name for t in TemplateStore(tmp_path).all()] == ["Poll all 2"]
    assert TemplateStore(tmp_path).undo_delete() == moved
    with pytest.raises(TemplateError, match="No deleted template"):
        templates.undo_delete()
    with pytest.raises(TemplateError, match="Template “gone” not found"):
        templates.delete(Template("gone", ""))


@pytest.mark.parametrize("name", ["..", ".hidden", "a/b", "", "x\n", "y" * 300])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    templates = TemplateStore(tmp_path / "t")
    with pytest.raises(TemplateError, match="is not a valid folder name"):
        templates.save(replace(POLL, folder=(name,)))
    with pytest.raises(TemplateError):
        templates.save(replace(POLL, folder=("a", name)))
    assert not list(tmp_path.rglob("*.json"))


def test_a_dropped_xml_file_is_a_template_and_a_broken_one_is_reported(tmp_path: Path) -> None:
    (tmp_path / "Retention.xml").write_text(XML)
    (tmp_path / "latin.xml").write_bytes(b"<a>\xe4</a>")
    (tmp_path / "half.json").write_text("{")
    (tmp_path / "notes.txt").write_text("no template")
    templates = TemplateStore(tmp_path)
    assert templates.all() == [Template("Retention", XML)]
    assert sorted(broken.path.name for broken in templates.broken) == ["half.json", "latin.xml"]


def test_more_templates_than_fit_into_memory_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates_module, "MAX_IN_ALL", 1_000)
    for number in range(3):
        (tmp_path / f"{number}.xml").write_text("x" * 400)
    templates = TemplateStore(tmp_path)
    assert [template.name for template in templates.all()] == ["0", "1"]
    assert [broken.path.name for broken in templates.broken] == ["2.xml"]
    assert "exceed 1,000 characters" in templates.broken[0].reason


def test_templates_are_exchanged_complete_or_as_plain_xml(tmp_path: Path) -> None:
    templates = TemplateStore(tmp_path / "t")
    made = templates.save(POLL)
    templates.export(made, tmp_path / "a.json")
    templates.export(made, tmp_path / "b.xml")
    other = TemplateStore(tmp_path / "other")
    assert other.import_file(tmp_path / "a.json") == replace(POLL, folder=())
    assert other.import_file(tmp_path / "b.xml", ("In",)) == Template("b", XML, folder=("In",))
    (tmp_path / "a.json").write_text(
        '{"kind": "clacks-monitor template", "format": 1, "name": "x", "xml": "", "properties": {"a": []}}'
    )
    with pytest.raises(DocumentError, match="properties"):
        other.import_file(tmp_path / "a.json")


@pytest.fixture
def history(tmp_path: Path) -> SentLog:
    """An empty history that keeps ten."""
    return SentLog(tmp_path / "sent.history", max_kept=10)


def test_what_was_sent_is_found_again_with_its_outcome(tmp_path: Path, history: SentLog) -> None:
    sent = history.add(
        SentEvent(XML.encode(), "ClientPoll", "office", "everybody, announce", Via.AGENT, "event", {"n": 1})
    )
    history.settle(sent.id, SendResult(1, SendOutcome.ACCEPTED, "accepted by the broker", settled_ns=5))
    history.settle(sent.id, SendResult(1, SendOutcome.ACCEPTED, "came back", returned_ns=9))
    history.close()
    again = SentLog(tmp_path / "sent.history")
    assert again.get(sent.id) == replace(
        sent, outcome=SendOutcome.ACCEPTED, detail="came back", settled_ns=5, returned_ns=9
    )
    assert again.get(99) is None
    again.close()


def test_searching_is_paged_and_ignores_case(history: SentLog) -> None:
    for number in range(6):
        history.add(SentEvent(f"<a>Größe {number}</a>".encode(), summary="even" if number % 2 == 0 else "odd"))
    assert [sent.id for sent in history.search("GRÖSSE")] == [6, 5, 4, 3, 2, 1]
    assert [sent.id for sent in history.search("even")] == [5, 3, 1]
    first = history.search(limit=4)
    assert [sent.id for sent in history.search(before_id=first[-1].id)] == [2, 1]
    assert history.search("100%_") == []
    history.close()


def test_of_long_bodies_the_beginnings_are_read(history: SentLog) -> None:
    kept = history.add(SentEvent(b"x" * 10_000))
    (found,) = history.search(body_bytes=100)
    assert found.body == b"x" * 100
    assert history.get(kept.id) == kept
    history.close()


def test_what_is_sent_does_not_wait_for_a_search(history: SentLog) -> None:
    history.add(SentEvent(b"first"))
    with history._looking():
        history.add(SentEvent(b"second"))
    assert [sent.body for sent in history.search()] == [b"second", b"first"]
    history.close()


def test_the_oldest_go_and_everything_can_be_forgotten(history: SentLog) -> None:
    for number in range(25):
        history.add(SentEvent(str(number).encode()))
    assert [sent.body for sent in history.search()] == [str(n).encode() for n in range(24, 14, -1)]
    history.clear()
    assert (history.count(), history.search()) == (0, [])
    assert history.add(SentEvent(b"next")).id == 26
    history.close()


def test_a_damaged_history_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "sent.history"
    path.write_bytes(b"\xa5" * 10_000)
    history = SentLog(path)
    assert "set aside" in history.problem
    assert history.add(SentEvent(b"x")).id == 1
    history.close()
    assert [file.read_bytes() for file in tmp_path.iterdir() if "broken" in file.name] == [b"\xa5" * 10_000]


def test_without_a_file_what_is_sent_is_remembered_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = SentLog(tmp_path / "file" / "sent.history")
    assert "for this run only" in history.problem
    assert "Not a directory" in history.problem
    history.add(SentEvent(b"x"))
    assert [sent.body for sent in history.search()] == [b"x"]
    history.close()


def _with_a_trigger(path: Path) -> None:
    SentLog(path).close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON sent BEGIN DELETE FROM sent; END")


def _with_other_columns(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE sent (id INTEGER PRIMARY KEY, wall TEXT)")


@pytest.mark.parametrize("make", [_with_a_trigger, _with_other_columns, os.mkfifo, os.mkdir])
def test_a_file_that_is_not_a_history_is_set_aside_unopened(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "sent.history"
    make(path)
    history = SentLog(path)
    assert "is not a" in history.problem
    assert "set aside" in history.problem
    history.add(SentEvent(b"x"))
    assert [sent.body for sent in history.search()] == [b"x"]
    history.close()
    assert len([file for file in tmp_path.iterdir() if "broken" in file.name]) == 1


def test_a_later_or_locked_history_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sent.history"
    SentLog(path).close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    history = SentLog(path)
    assert "later version" in history.problem
    history.close()
    assert [file.name for file in tmp_path.iterdir()] == ["sent.history"]


def test_a_row_that_somebody_else_wrote_is_left_out(tmp_path: Path) -> None:
    history = SentLog(tmp_path / "sent.history")
    for _number in range(4):
        history.add(SentEvent(b"x"))
    with contextlib.closing(sqlite3.connect(tmp_path / "sent.history")) as db, db:
        db.execute("UPDATE sent SET via = 'pigeon' WHERE id = 1")
        db.execute("UPDATE sent SET properties = ? WHERE id = 2", ("[" * 100_000,))
        db.execute("UPDATE sent SET outcome = 'maybe' WHERE id = 3")
    assert [sent.id for sent in history.search()] == [4]
    assert history.get(1) is None
    history.close()


def test_a_history_that_cannot_be_read_now_is_not_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sent.history"
    SentLog(path).close()
    content = path.read_bytes()

    def busy(*_arguments: object, **_named: object) -> None:
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(SentLog, "_prepare", _once(busy, SentLog._prepare))
        history = SentLog(path)
    assert history.problem == "What is sent is remembered for this run only: database is locked"
    history.add(SentEvent(b"x"))
    history.close()
    assert path.read_bytes() == content


def _once(first: Callable[..., object], then: Callable[..., object]) -> Callable[..., object]:
    calls: list[int] = []

    def call(*arguments: object, **named: object) -> object:
        calls.append(1)
        return (first if len(calls) == 1 else then)(*arguments, **named)

    return call


def test_a_damaged_history_takes_its_log_along(tmp_path: Path) -> None:
    path = tmp_path / "sent.history"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).write_bytes(b"\xa5" * 10_000)
    history = SentLog(path)
    assert history.count() == 0
    history.close()
    assert min(found.name for found in tmp_path.iterdir()) == "sent.history"
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_fails_in_between_changes_nothing_and_the_next_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "sent.history"
    history = SentLog(path)
    first = history.add(SentEvent(b"first", sent_ns=7))
    assert first.sent_ns == 7
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TRIGGER t BEFORE DELETE ON sent BEGIN SELECT raise(ABORT, 'no'); END")
    history._max_kept = 0
    with pytest.raises(StorageError, match=r"sent\.history cannot be used: no"):
        history.add(SentEvent(b"second"))
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER t")
        db.commit()
    history._max_kept = 10
    history.add(SentEvent(b"third"))
    assert [sent.body for sent in history.search()][:2] == [b"third", b"first"]
    history.close()
    with pytest.raises(StorageError, match="closed"):
        history.count()


def test_an_event_that_is_being_sent_has_the_time_of_now(history: SentLog) -> None:
    before = time.time_ns()
    sent = history.add(SentEvent(b"x"))
    assert before <= sent.sent_ns <= time.time_ns()
    assert history.get(sent.id) == sent
    history.settle(sent.id, SendResult(1, SendOutcome.ACCEPTED, settled_ns=9))
    history.settle(sent.id, SendResult(1, SendOutcome.TIMED_OUT, settled_ns=5))
    found = history.get(sent.id)
    assert found is not None
    assert (found.settled_ns, found.outcome) == (9, SendOutcome.TIMED_OUT)
    history.close()


def test_a_page_has_two_hundred_unless_it_is_said_otherwise(tmp_path: Path) -> None:
    history = SentLog(tmp_path / "sent.history")
    for _number in range(201):
        history.add(SentEvent(b"x"))
    assert (len(history.search()), history.count()) == (200, 201)
    assert MAX_KEPT == 50_000
    history.close()


def test_properties_of_a_row_that_are_no_map_leave_it_out(tmp_path: Path) -> None:
    history = SentLog(tmp_path / "sent.history")
    history.add(SentEvent(b"x"))
    with contextlib.closing(sqlite3.connect(tmp_path / "sent.history")) as db, db:
        db.execute("UPDATE sent SET properties = '[]'")
    assert history.search() == []
    history.close()


def test_folders_can_be_nested_eight_deep(tmp_path: Path) -> None:
    templates = TemplateStore(tmp_path)
    deep = tuple("abcdefgh")
    made = templates.save(replace(POLL, folder=deep))
    assert templates.all() == [made]
    with pytest.raises(TemplateError, match="Folders can be nested at most 8 levels deep"):
        templates.save(replace(POLL, folder=(*deep, "i")))
    (tmp_path.joinpath(*deep) / "i").mkdir()
    (tmp_path.joinpath(*deep) / "i" / "x.xml").write_text(XML)
    assert TemplateStore(tmp_path).all() == [made]


def test_a_name_of_the_greatest_length_is_a_folders(tmp_path: Path) -> None:
    templates = TemplateStore(tmp_path)
    templates.save(replace(POLL, folder=("x" * 200,)))
    assert templates.folders() == [("x" * 200,)]
    with pytest.raises(TemplateError, match="is not a valid folder name"):
        templates.save(replace(POLL, folder=("x" * 201,)))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        TemplateStore(tmp_path).save(replace(POLL, folder=("file",)))
    assert (tmp_path / "file").read_text() == ""


def test_what_is_hidden_or_a_link_or_no_template_is_left_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.xml").write_text(XML)
    root = tmp_path / "t"
    root.mkdir()
    (root / ".hidden.xml").write_text(XML)
    (root / "link").symlink_to(outside)
    templates = TemplateStore(root)
    assert (templates.all(), templates.folders(), templates.broken) == ([], [], ())
    assert TemplateStore(tmp_path / "none").all() == []


def test_two_files_of_one_name_are_two_templates(tmp_path: Path) -> None:
    for name in ("a", "b"):
        TemplateStore(tmp_path / name).save(replace(POLL, folder=()))
        (tmp_path / name / "poll-all.json").rename(tmp_path / f"{name}.json")
    assert [t.name for t in TemplateStore(tmp_path).all()] == ["Poll all", "Poll all 2"]


def test_the_last_that_was_deleted_comes_back_first_and_a_broken_one_is_passed_over(tmp_path: Path) -> None:
    templates = TemplateStore(tmp_path)
    one, two = (templates.save(replace(POLL, name=name)) for name in ("one", "two"))
    templates.delete(one)
    templates.delete(two)
    (tmp_path / ".trash" / "99999999999999999999.json").write_text("{")
    assert [templates.undo_delete(), templates.undo_delete()] == [two, one]
    assert templates.all() == [one, two]


def test_a_template_without_its_optional_parts_is_one(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"kind": "clacks-monitor template", "format": 1, "name": "x", "xml": "<a/>"}')
    assert TemplateStore(tmp_path).all() == [Template("x", "<a/>")]
