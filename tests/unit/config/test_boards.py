"""Definitions of boards: the program's own are sound, users' files are read with distrust."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor import assets
from clacks_monitor.config.boards import SCHEMA, read_boards
from clacks_monitor.core.board import Board

if TYPE_CHECKING:
    from pathlib import Path

BOARD: dict[str, Any] = {
    "kind": SCHEMA.kind,
    "format": 1,
    "id": "doors",
    "title": {"en": "Doors", "de": "Türen"},
    "key": {"en": "Door"},
    "columns": {"by": {"en": "By"}},
    "states": {"open": {"en": "open", "mood": "warn"}},
    "rules": [{"type": "Opened", "key": "@id", "state": "open", "values": {"by": "Person/Name"}}],
}


def _write(folder: Path, values: dict[str, Any], name: str = "doors.json") -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(values), encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_the_programs_own_boards_are_sound(tmp_path: Path, language: str) -> None:
    boards, broken = read_boards(tmp_path / "none", language)
    assert broken == []
    assert {board.id for board in boards} == {
        "clients", "calls", "bus-members", "tasks", "inventories", "sessions",
    }  # fmt: skip
    types = {name.removesuffix(".xsd") for name in assets.names("schemas", suffix=".xsd")}
    for board in boards:
        assert board.types <= types
        named = {rule.state for rule in board.rules if rule.state}
        named |= {state for rule in board.rules for state in rule.states.values()}
        assert named <= set(board.states)


def test_a_users_board_is_added_in_the_language_or_in_english(tmp_path: Path) -> None:
    _write(tmp_path / "boards", BOARD)
    boards, broken = read_boards(tmp_path / "boards", "de")
    assert broken == []
    assert (boards[-1].title, boards[-1].key_title) == ("Türen", "Door")
    _write(tmp_path / "boards", {**BOARD, "id": "calls"}, "own.json")
    assert next(b for b in read_boards(tmp_path / "boards", "en")[0] if b.id == "calls").title == "Doors"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "No Good"}, "small letters"),
        ({"lead": "other"}, '"lead"'),
        ({"title": "Doors"}, '"title"'),
        ({"title": {"de": "Türen"}}, '"en"'),
        ({"states": {"open": {"en": "open", "mood": "happy"}}}, '"mood"'),
        ({"rules": [{"type": "a/b", "key": "x", "state": "open"}]}, "event type"),
        ({"rules": [{"type": "A", "key": "../x", "state": "open"}]}, "a path"),
        ({"rules": [{"type": "A", "state": "open"}]}, '"every"'),
        ({"rules": [{"type": "A", "key": "x"}]}, '"state_of"'),
        ({"rules": [{"type": "A", "key": "x", "state": "s", "state_of": "y"}]}, '"state"'),
        ({"rules": [{"type": "A", "key": "x", "state": "s", "values": {"other": "y"}}]}, "columns of the board"),
        ({"rules": [{"type": "A", "key": "x", "state": "s", "values": {"by": 3}}]}, "texts"),
        ({"rules": [{"type": "A", "key": "x", "state_of": "y", "states": {"a": []}}]}, "texts"),
        ({"spelled": ["other"]}, "columns of the board"),
        ({"spellings": [{"becomes": "+"}]}, '"length"'),
        ({"spellings": [{"starts": "00", "length": -1}]}, '"length"'),
        ({"format": 99}, "newer"),
    ],
)
def test_a_broken_board_is_named_and_the_others_stay(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    _write(tmp_path / "boards", {**BOARD, **changes})
    boards, broken = read_boards(tmp_path / "boards", "en")
    assert len(boards) == len(assets.names("resources", "boards", suffix=".json"))
    assert reason in broken[0].reason


def _client(event: str, inner: str = "") -> tuple[str, bytes]:
    body = f'<Event xmlns="http://www.gonicus.de/Events"><{event}>{inner}</{event}></Event>'
    return event, body.encode()


def test_clients_come_go_and_are_asked(tmp_path: Path) -> None:
    board = Board(next(b for b in read_boards(tmp_path, "en")[0] if b.id == "clients"))
    devices = "<NetworkInformation><NetworkDevice/><NetworkDevice/></NetworkInformation>"
    events = [
        _client("ClientAnnounce", f"{devices}<Id>1</Id><Name>ws-1</Name>"),
        _client("ClientAnnounce", "<Id>2</Id><Name>ws-2</Name>"),
        _client("UserSession", "<Id>1</Id><User><Name>ann</Name><Name>ben</Name></User>"),
        _client("ClientLeave", "<Id>2</Id>"),
        _client("ClientPoll"),
        _client("ClientAnnounce", "<Id>3</Id><Name>ws-3</Name>"),
    ]
    for number, (name, body) in enumerate(events, 1):
        board.receive(name, body, number, number)
    assert {row.key: (row.state, *row.values) for row in board.rows()} == {
        "1": ("asked", "ws-1", "ann, ben", "2"),
        "2": ("offline", "ws-2", "", ""),
        "3": ("online", "ws-3", "", ""),
    }


def _rows(tmp_path: Path, board_id: str, *events: tuple[str, bytes]) -> dict[str, tuple[str, ...]]:
    board = Board(next(b for b in read_boards(tmp_path, "en")[0] if b.id == board_id))
    for number, (name, body) in enumerate(events, 1):
        board.receive(name, body, number, number)
    return {row.key: (row.state, *row.values) for row in board.rows()}


def test_a_ping_and_a_signature_show_that_a_client_is_there(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        "clients",
        _client("ClientPing", "<Id>1</Id>"),
        _client("ClientPoll"),
        _client("ClientSignature", "<Id>1</Id><Name>ws-1</Name>"),
        _client("ClientLeave", "<Id>2</Id>"),
        _client("ClientPing", "<Id>2</Id>"),
    )
    assert rows == {"1": ("online", "ws-1", "", ""), "2": ("online", "", "", "")}


def test_members_of_the_bus_come_get_ready_and_go(tmp_path: Path) -> None:
    def state(name: str, state: str) -> tuple[str, bytes]:
        inner = f"<Id>{name}</Id><Hostname>{name}.example</Hostname><State>{state}</State><Type>proxy</Type>"
        return _client("BusClientState", inner)

    will = _client("BusClientState", "<Id>b</Id><State>leave</State><Type>proxy</Type>")
    rows = _rows(tmp_path, "bus-members", state("a", "init"), state("b", "ready"), state("c", "ready"), will)
    assert rows == {
        "a": ("init", "a.example", "proxy"),
        "b": ("leave", "b.example", "proxy"),
        "c": ("ready", "c.example", "proxy"),
    }


def test_a_long_task_goes_on_and_ends(tmp_path: Path) -> None:
    going = "<Type>{}</Type><State>reading</State><Progress>40</Progress><Step>1</Step><TotalSteps>2</TotalSteps>"
    rows = _rows(
        tmp_path,
        "tasks",
        _client("BackendDone", "<UUID>1</UUID><Type>index</Type><State>error</State><Message>full</Message>"),
        _client("BackendState", going.format("index")),
        _client("BackendState", going.format("import")),
        _client("BackendDone", "<UUID>1</UUID><Type>import</Type><State>success</State><Message>12 read</Message>"),
    )
    assert rows == {
        "index": ("running", "reading", "40", ""),
        "import": ("done", "", "", "12 read"),
    }


def test_each_machine_has_its_newest_inventory(tmp_path: Path) -> None:
    hardware = "<Hardware><Name>ws-1</Name><OperatingSystem>Debian</OperatingSystem></Hardware>"
    rows = _rows(
        tmp_path,
        "inventories",
        _client("Inventory", f"<DeviceID>ws-1-2019</DeviceID>{hardware.replace('Debian', 'Ubuntu')}"),
        _client("Inventory", f"<DeviceID>ws-1-2019</DeviceID>{hardware}"),
    )
    assert rows == {"ws-1-2019": ("reported", "ws-1", "Debian")}


def test_calls_are_known_by_both_numbers(tmp_path: Path) -> None:
    board = Board(next(b for b in read_boards(tmp_path, "en")[0] if b.id == "calls"))
    status = _client("PhoneStatus", "<CallerId>11</CallerId><ReceiverId>22</ReceiverId><Status>busy</Status>")
    missed = (
        '<Event xmlns="http://www.gonicus.de/Events"><AsteriskNotification Type="CallMissed" Identity="ann">'
        "<From>+4930</From><To>+49301 +49302</To><Timestamp>1</Timestamp><Cause>No answer</Cause>"
        "</AsteriskNotification></Event>"
    )
    board.receive(*status, 1, 1)
    board.receive("AsteriskNotification", missed.encode(), 2, 2)
    assert {row.key: (row.state, *row.values) for row in board.rows()} == {
        "11": ("busy", "22", "", ""),
        "22": ("busy", "11", "", ""),
        "+49301": ("missed", "+4930", "ann", "No answer"),
        "+49302": ("missed", "+4930", "ann", "No answer"),
        "+4930": ("free", "+49301 +49302", "", "No answer"),
    }


def test_a_site_joins_its_extensions_with_their_international_numbers(tmp_path: Path) -> None:
    text = assets.path("resources", "boards", "calls.json").read_text(encoding="utf-8")
    shipped = '"spellings": [{"starts": "00", "becomes": "+"}]'
    assert shipped in text
    site = shipped[:-1] + ', {"starts": "0", "becomes": "+49"}, {"length": 2, "becomes": "+4930"}]'
    (tmp_path / "calls.json").write_text(text.replace(shipped, site), encoding="utf-8")
    board = Board(next(b for b in read_boards(tmp_path, "en")[0] if b.id == "calls"))
    status = "<CallerId>0044123</CallerId><ReceiverId>11</ReceiverId><Status>busy</Status>"
    board.receive(*_client("PhoneStatus", status), 1, 1)
    ended = (
        '<Event xmlns="http://www.gonicus.de/Events"><AsteriskNotification Type="CallEnded">'
        "<From>+44123</From><To>+493011</To><Timestamp>1</Timestamp></AsteriskNotification></Event>"
    )
    board.receive("AsteriskNotification", ended.encode(), 2, 2)
    assert [(row.key, row.state, row.values[0], row.texts) for row in board.rows()] == [
        ("+493011", "free", "+44123", ("11", "+493011")),
        ("+44123", "free", "+493011", ("0044123", "+44123")),
    ]


def _session(client: str, *users: str) -> tuple[str, bytes]:
    names = "".join(f"<Name>{user}</Name>" for user in users)
    return _client("UserSession", f"<Id>{client}</Id><User>{names}</User>")


def test_sessions_are_of_a_user_at_a_client(tmp_path: Path) -> None:
    rows = _rows(
        tmp_path,
        "sessions",
        _client("ClientAnnounce", "<Id>c1</Id><Name>dyn-1</Name>"),
        _session("c1", "ada", "eve"),
        _session("c2", "ada"),
        _session("c1", "eve", "bob"),
        _client("ClientAnnounce", "<Id>c2</Id><Name>dyn-2</Name>"),
        _client("ClientLeave", "<Id>c9</Id>"),
    )
    assert rows == {
        "ada @ c1": ("out", "dyn-1"),
        "eve @ c1": ("in", "dyn-1"),
        "bob @ c1": ("in", "dyn-1"),
        "ada @ c2": ("in", "dyn-2"),
    }


def test_a_client_that_leaves_ends_its_sessions(tmp_path: Path) -> None:
    left = _client("ClientLeave", "<Id>c1</Id>")
    rows = _rows(tmp_path, "sessions", _session("c1", "ada"), _session("c2", "ada"), left)
    assert rows == {"ada @ c1": ("out", ""), "ada @ c2": ("in", "")}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"spans": ["nowhere"]}, "spans"),
        ({"rules": [{"type": "A", "key": "Id", "state": "open", "rest": "shut"}]}, "rest"),
        ({"rules": [{"type": "A", "within": "//x"}]}, "within"),
        ({"rules": [{"type": "A", "within": "Id", "state": "open"}]}, "key"),
    ],
)
def test_parts_of_a_board_that_do_not_fit_are_refused(tmp_path: Path, change: dict[str, Any], why: str) -> None:
    values = {**BOARD, **change}
    _write(tmp_path, values)
    _boards, broken = read_boards(tmp_path, "en")
    assert [why in found.reason for found in broken] == [True]
