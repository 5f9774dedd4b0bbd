"""A user's folders in which every foreign text is hostile, and notices as hostile brokers cause them."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from clacks_monitor import captures
from clacks_monitor.config import ProfileStore, SentEvent, SentLog, Template, TemplateStore
from clacks_monitor.config import boards as stored_boards
from clacks_monitor.config import questions as stored_questions
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.event import Event, Gap, GapCause, Problem, ProblemKind, RawMessage
from clacks_monitor.core.files import write_document
from clacks_monitor.core.profile import Alert, Expected, FilterTest, Profile
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session import notices as n
from tests.helpers.entries import SECOND, START

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.session.session import Session

E = "http://www.gonicus.de/Events"
_SCHEMA = """<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:e="{E}" targetNamespace="{E}"
 elementFormDefault="qualified">
<annotation><documentation>{T}</documentation></annotation>
<complexType name="Lure"><annotation><documentation>{T}</documentation><appinfo>{T}</appinfo></annotation><sequence>
 <element name="Free" type="string" default={A}><annotation><documentation>{T}</documentation></annotation></element>
 <element name="Kind"><annotation><documentation>{T}</documentation></annotation><simpleType>
  <annotation><documentation>{T}</documentation></annotation><restriction base="string">
  <enumeration value={A}><annotation><documentation>{T}</documentation></annotation></enumeration>
  <enumeration value="b"/></restriction></simpleType></element>
 <element name="Fixed" type="string" fixed={A}/>
 <element name="Shape"><simpleType><restriction base="string"><pattern value={A}/></restriction></simpleType></element>
 <element name="Many" type="string" maxOccurs="3"><annotation><documentation>{T}</documentation></annotation></element>
 <element name="Words" type="NMTOKENS"><annotation><documentation>{T}</documentation></annotation></element>
 <choice><annotation><documentation>{T}</documentation></annotation>
  <element name="One" type="string"/><element name="Other" type="dateTime"/></choice>
 <element name="Bytes" type="base64Binary" minOccurs="0"/>
 <element name="Moment" type="dateTime"/><element name="Message" type="string"/>
 <sequence minOccurs="0"><annotation><documentation>{T}</documentation></annotation>
  <element name="Street" type="string"/><element name="Town" type="string"/></sequence>
 <element name="Inner"><complexType><annotation><documentation>{T}</documentation></annotation><sequence>
  <element name="Deep" type="duration"><annotation><documentation>{T}</documentation></annotation></element>
  </sequence><attribute name="how" type="string" default={A}><annotation><documentation>{T}</documentation>
  </annotation></attribute></complexType></element>
</sequence><attribute name="sign" type="string"/></complexType><element name="Lure" type="e:Lure"/></schema>"""


def lure_body(lure: str) -> bytes:
    """Return a hostile event that has every kind of place for a text."""
    text, quoted = escape(lure), quoteattr(lure)
    return (
        f'<Event xmlns="{E}"><Lure sign={quoted}><Free>{text}</Free><Kind>{text}</Kind><Fixed>{text}</Fixed>'
        f"<Shape>{text}</Shape><Many>{text}</Many><Many>{text}</Many><Words>{text}</Words><One>{text}</One>"
        f"<Moment>{text}</Moment><Message>{text}</Message>"
        f"<Inner how={quoted}><Deep>{text}</Deep></Inner><!-- {text} --><?go {text}?></Lure></Event>"
    ).encode()


def bodies(lure: str) -> Iterator[bytes]:
    """Return bodies that are hostile in different places."""
    text, quoted = escape(lure), quoteattr(lure)
    yield lure_body(lure)
    phone = f"<CallerId>{text}</CallerId><ReceiverId>{text}</ReceiverId><Status>{text}</Status>"
    yield f'<Event xmlns="{E}"><PhoneStatus>{phone}</PhoneStatus></Event>'.encode()
    yield f'<Event xmlns="{E}"><ClientPoll><Id>{text}</Id></ClientPoll></Event>'.encode()
    yield f'<Event xmlns="{E}"><NodeStatus><Load>{text}</Load><Id>{text}</Id></NodeStatus></Event>'.encode()
    yield f"<Event xmlns={quoted}><PhoneStatus/></Event>".encode()
    yield f'<Event xmlns="{E}"><x:Odd xmlns:x={quoted} a={quoted}>{text}</x:Odd></Event>'.encode()
    yield f"<Other xmlns={quoted} a={quoted}>{text}</Other>".encode()
    yield f"<img src={quoted}/>".encode()
    yield lure.encode()
    yield f"<Event><{lure}>".encode()
    yield f"<!DOCTYPE Event [<!ENTITY a {quoted}>]><Event>&a;</Event>".encode()


def _event(number: int, lure: str, body: bytes) -> Event:
    raw = RawMessage(
        connection=lure, wall_ns=START + number * SECOND, monotonic_ns=number * SECOND, body=body, subject=lure,
        content_type=lure, message_id=lure, user_id=lure, creation_ns=START, properties={lure: lure, "number": number},
    )  # fmt: skip
    fault = Problem(ProblemKind.BREAKS_SCHEMA, lure, 1, 1) if number % 2 else None
    return Event(raw, lure if number % 3 == 2 else ("Lure", "PhoneStatus")[number % 2], lure, fault)


def write_capture(path: Path, lure: str) -> None:
    """Write a capture whose every text is hostile."""
    with captures.create(path) as capture:
        events = [_event(number, lure, body) for number, body in enumerate(bodies(lure))]
        gap = Gap(lure, START + 20 * SECOND, START + 25 * SECOND, GapCause.CONNECTION_LOST, lure)
        capture.append([*events, gap])
        for number in range(len(events)):
            capture.notes.annotate(number + 1, mark=True, comment=lure)


def profiles(lure: str) -> Iterator[Profile]:
    """Return profiles with hostile names, texts and commands."""
    sample = FilterTest(lure[:190], lure_body(lure), Expected.MATCH, {lure: lure})
    alert = Alert(on_match=True, tray=True, absence_s=3600, command=("no-such-program", lure))
    query = f"(: {lure} :) true()"
    yield Profile(
        lure[:190], query, lure, "blue", active=True, alert=alert, filter_tests=(sample,), columns=("type", "summary")
    )
    yield Profile(f"{lure[:150]} broken", f"{lure} <", lure, "green", active=True)
    yield Profile(f"{lure[:150]} failing", f"error((), {lure!r})" if "'" not in lure else "1 div 0", lure, active=True)


QUESTION = """declare variable $x as xs:string external := '';
for $e in collection() return map { "a": $e, "<b>b": ev:connection($e), "n": ev:sequence($e), "c": $x }"""


def furnish(folders: Folders, lure: str) -> None:
    """Fill a user's folders."""
    stored = ProfileStore(folders.profiles)
    for profile in profiles(lure):
        stored.create(profile)
    (folders.profiles / "broken.json").write_text('{"kind": "clacks-monitor profile", "format": 2, "name": 1}')
    board = {
        "id": "lure", "title": {"en": lure[:190]}, "key": {"en": lure[:190]},
        "columns": {"with": {"en": lure[:190]}}, "states": {"busy": {"en": lure[:190], "mood": "bad"}},
        "rules": [
            {"type": "PhoneStatus", "key": "CallerId", "state_of": "Status", "values": {"with": "ReceiverId"}},
            {"type": "PhoneStatus", "key": "Status", "state": "busy"},
        ],
    }  # fmt: skip
    folders.boards.mkdir(parents=True)
    write_document(folders.boards / "lure.json", stored_boards.SCHEMA, board)
    folders.schemas.mkdir(parents=True)
    schema = _SCHEMA.format(E=E, T=escape(lure), A=quoteattr(lure))
    (folders.schemas / "Lure.xsd").write_text(schema)
    (folders.schemas / "Broken.xsd").write_text(schema.replace('base="string"', f"base={quoteattr(lure)}"))
    folders.questions.mkdir(parents=True)
    question = {
        "id": "lure", "name": lure[:190], "description": lure, "headings": {"a": lure[:190]},
        "parameters": {"x": lure[:190]}, "query": QUESTION,
    }  # fmt: skip
    write_document(folders.questions / "lure.json", stored_questions.SCHEMA, question)
    (folders.questions / "broken.json").write_text('{"kind": "clacks-monitor question", "format": 1, "name": 1}')
    templates = TemplateStore(folders.templates)
    xml = lure_body(lure).decode()
    templates.save(Template(lure[:190], xml, notes=lure, subject=lure, properties={lure: lure}))
    templates.save(Template("in a folder", xml, notes=lure, folder=("<b>folder", "<i>inner")))
    history = SentLog(folders.history_file)
    history.add(
        SentEvent(
            xml.encode(), lure, lure, lure, subject=lure, sent_ns=START, outcome=SendOutcome.REJECTED, detail=lure
        )
    )
    history.close()


def connections(lure: str) -> Iterator[ConnectionSettings]:
    """Return connections, one to production, with hostile names."""
    common = ConnectionSettings(
        lure, hosts=((lure, 5672),), domain=lure, routing_key=lure, user=lure, subscription=lure, id="lure"
    )
    yield common
    yield replace(common, id="lure-production", production=True, read_only=False)


def notices(session: Session, lure: str, path: Path) -> Iterator[n.Notice]:
    """Return what a hostile broker, query or file causes to be told."""
    for settings in session.connections.all():
        for state in ConnectionState:
            yield n.StatusChanged(
                ConnectionStatus(settings.id, settings.name, state, START, lure, lure, filter_note=lure)
            )
    for profile in session.profiles.all():
        yield n.FilterFault(profile.id, lure)
        for kind in n.AlertKind:
            yield n.AlertRaised(profile.id, profile.name, kind, START, 1, 1, 1.0, profile.alert)
    yield n.FilterFault("", lure)
    yield n.Trouble(lure, lure)
    yield n.Matches(0, array("q"), 1, 1, True, problem=lure)
    yield n.ReplayProgress(lure, 1, 1, 2, 0.0, 0, finished=True, problem=lure)
    for job in n.JobKind:
        yield n.JobEnded(1, job, "", cancelled=False, result=n.JobResult((path, path), 3, ((1, 2),), (lure,)))
        yield n.JobEnded(1, job, lure, cancelled=False, result=n.JobResult())
    yield n.TypesChanged(frozenset({lure}))
    for outcome in SendOutcome:
        yield n.EventSent(SendResult(1, outcome, lure, START, START))
