"""`send`: how fields become an event, and what each way to fail means."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from clacks_monitor.amqp import AmqpError
from clacks_monitor.app import main
from clacks_monitor.cli.send import FieldError, build
from clacks_monitor.core.bus import InvalidEvent, NotConnected, NotPermitted, RpcTimeout
from clacks_monitor.core.sending import SendOutcome
from tests.helpers.scripted_bus import LOST, REFUSED, silent

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.scripted_bus import ScriptedBus, ScriptedLink

URL = "amqp://127.0.0.1:1"
LEAVE = [URL, "ClientLeave", "Id=pc-1"]


def _built(*fields: str) -> str:
    """Return the event of type T, whose fields are A, B/@n, B/C and B/D."""
    root = etree.fromstring(build("T", fields, ["A", "B/@n", "B/C", "B/D"]))
    return "".join(line.strip() for line in etree.tostring(root, method="c14n").decode().splitlines())


@pytest.mark.parametrize(
    ("fields", "xml"),
    [
        ((), "<T></T>"),
        (("A=",), "<T><A></A></T>"),
        (("A=1=2", "A=&"), "<T><A>1=2</A><A>&amp;</A></T>"),
        (("B/D=2", "A=0", "B/C=1"), "<T><A>0</A><B><C>1</C><D>2</D></B></T>"),
        (("B/C=1", "B/@n=x"), '<T><B n="x"><C>1</C></B></T>'),
    ],
)
def test_fields_become_elements_in_the_order_of_the_schema(fields: tuple[str, ...], xml: str) -> None:
    assert _built(*fields) == f'<Event xmlns="http://www.gonicus.de/Events">{xml}</Event>'


@pytest.mark.parametrize(
    ("known", "field", "told"),
    [
        (["Status"], "Status", "Status has no value: a field looks like Status=VALUE."),
        (["Status"], "Stats=1", "T has no field Stats. Did you mean Status? It has: Status."),
        ([], "Id=1", "T has no field Id. It has: none."),
        (["Id"], "Id=\0", "Id: All strings must be XML compatible: Unicode or ASCII, no NULL bytes or control"),
    ],
)
def test_a_field_that_cannot_be_is_said(known: list[str], field: str, told: str) -> None:
    with pytest.raises(FieldError) as refused:
        build("T", [field], known)
    assert str(refused.value).startswith(told)


def test_an_event_is_sent_and_its_outcome_said(bus: ScriptedBus, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", *LEAVE]) == 0
    assert capsys.readouterr().err == "accepted\n"
    (body,) = bus.only.bodies
    assert b"<Id>pc-1</Id>" in body
    assert bus.only.closed


@pytest.mark.parametrize("field", ["Id=\x01", "Id=\0"])
def test_a_control_character_is_no_traceback(field: str, bus: ScriptedBus, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", URL, "ClientLeave", field]) == 2
    assert capsys.readouterr().err.startswith("Id: All strings must be XML compatible")
    assert bus.links == []


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (SendOutcome.INVALID, 2),
        (SendOutcome.NOT_PERMITTED, 3),
        (SendOutcome.REJECTED, 3),
        (SendOutcome.NOT_CONNECTED, 4),
        (SendOutcome.TIMED_OUT, 4),
    ],
)
def test_each_outcome_has_its_exit_status(
    outcome: SendOutcome, status: int, bus: ScriptedBus, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(link: ScriptedLink, ticket: int) -> None:
        link.settle(ticket, outcome, "Because.")

    bus.on_send = refuse
    assert main(["send", *LEAVE]) == status
    assert capsys.readouterr().err == f"{outcome}: Because.\n"


@pytest.mark.parametrize(("state", "status", "word"), [(REFUSED, 3, "rejected"), (LOST, 4, "not-connected")])
@pytest.mark.parametrize("via", ["exchange", "agent"])
def test_nothing_is_sent_without_a_connection(
    state: object, status: int, word: str, via: str, bus: ScriptedBus, capsys: pytest.CaptureFixture[str]
) -> None:
    bus.states = [state]  # type: ignore[list-item]  # it is a status
    assert main(["send", *LEAVE, "--via", via]) == status
    assert capsys.readouterr().err == f"{word}: {bus.states[0].reason}\n"
    assert (bus.only.bodies, bus.only.calls, bus.only.closed) == ([], [], True)


def test_a_broker_that_says_nothing_is_waited_for_and_told(
    bus: ScriptedBus, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bus.on_send = silent
    monkeypatch.setattr("clacks_monitor.cli.send.TIMEOUT_S", 0.0)
    assert main(["send", *LEAVE]) == 4
    assert capsys.readouterr().err == "timed-out: the broker said nothing within 0 s\n"


@pytest.mark.parametrize(
    ("error", "status", "word"),
    [
        (InvalidEvent, 2, "invalid"),
        (NotPermitted, 3, "not-permitted"),
        (RpcTimeout, 4, "timed-out"),
        (NotConnected, 4, "not-connected"),
        (AmqpError, 3, "rejected"),
    ],
)
def test_what_the_agent_refuses_is_told_apart(
    error: type[AmqpError], status: int, word: str, bus: ScriptedBus, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_body: str) -> None:
        raise error("It says no.")

    bus.on_call = refuse
    assert main(["send", *LEAVE, "--via", "agent"]) == status
    assert capsys.readouterr().err == f"{word}: It says no.\n"


def test_the_agent_is_asked_to_send(bus: ScriptedBus, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", *LEAVE, "--via", "agent"]) == 0
    assert capsys.readouterr().err == "accepted: the agent published it\n"
    ((method, body, timeout),) = bus.only.calls
    assert (method, timeout, "<Id>pc-1</Id>" in body, bus.only.bodies) == ("sendEvent", 15.0, True, [])


def test_a_document_goes_out_as_it_is(bus: ScriptedBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = b'<Event  xmlns="http://www.gonicus.de/Events"><ClientLeave><Id>pc</Id></ClientLeave></Event>\n'
    path = tmp_path / "event.xml"
    path.write_bytes(body)
    assert main(["send", URL, "--file", str(path)]) == 0
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(body)))
    assert main(["send", URL, "--file", "-"]) == 0
    assert [link.bodies for link in bus.links] == [[body], [body]]


@pytest.mark.parametrize(("source", "place"), [("-", "standard input, line 2: "), ("file", "{path}, line 2: ")])
def test_what_is_wrong_with_a_document_is_placed(
    source: str,
    place: str,
    bus: ScriptedBus,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    body = b"<Event xmlns='http://www.gonicus.de/Events'>\n<ClientLeave><Ix>1</Ix></ClientLeave></Event>"
    path = tmp_path / "wrong.xml"
    path.write_bytes(body)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(body)))
    file = "-" if source == "-" else str(path)
    assert main(["send", URL, "--file", file]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(place.format(path=path))
    assert told[-1] == "Not sent: the event is invalid. Use --broken to send it anyway."
    assert bus.links == []
    assert main(["send", URL, "--file", file, "--broken"]) == 0


def test_without_type_and_file_it_is_said_what_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", URL]) == 2
    assert capsys.readouterr().err.startswith("Name the type of the event and its fields")
    assert main(["send", "http://x", "ClientLeave"]) == 2
    assert "amqp://" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_and_a_folder_that_lacks_are_of_one_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["send", URL, "--file", str(tmp_path)]) == 5
    assert capsys.readouterr().err == f"{tmp_path} cannot be read: Is a directory.\n"
    assert main(["send", *LEAVE, "--schemas", str(tmp_path / "none")]) == 5
    assert "There is no folder" in capsys.readouterr().err


def test_further_schemas_bring_further_types(bus: ScriptedBus, tmp_path: Path) -> None:
    (tmp_path / "DoorOpened.xsd").write_text(
        '<schema targetNamespace="http://www.gonicus.de/Events" elementFormDefault="qualified"'
        ' xmlns="http://www.w3.org/2001/XMLSchema"><element name="DoorOpened"><complexType><sequence>'
        '<element name="Door" type="string"/></sequence></complexType></element></schema>',
        encoding="utf-8",
    )
    assert main(["send", URL, "DoorOpened", "Door=north", "--schemas", str(tmp_path)]) == 0
    assert b"<Door>north</Door>" in bus.only.bodies[0]
