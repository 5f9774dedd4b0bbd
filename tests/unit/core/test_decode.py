"""Decoding: every message becomes an event, with a problem that a person can read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import (
    EVENT_NAMESPACE,
    MAX_PROBLEM,
    MAX_TYPE,
    BodyKind,
    Event,
    Problem,
    ProblemKind,
    RawMessage,
)
from clacks_monitor.core.hardened import MAX_MARKS, MAX_PARSED
from clacks_monitor.core.summary import MAX_SUMMARY, Summaries

PHONE = (
    f'<Event xmlns="{EVENT_NAMESPACE}"><PhoneStatus><CallerId>012345</CallerId><ReceiverId>12343424</ReceiverId>'
    "<Status>busy</Status></PhoneStatus></Event>"
)


def decode(body: bytes, kind: BodyKind = BodyKind.DATA) -> Event:
    return Decoder(Summaries.load("en", EVENT_NAMESPACE))(RawMessage("bus", 1, 1, body, kind))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_event_has_its_type_and_a_summary_in_words(encoding: str) -> None:
    event = decode(PHONE.encode(encoding))
    assert (event.type, event.summary, event.problem) == ("PhoneStatus", "012345 → 12343424 busy", None)


def test_declared_latin_1_is_read_as_declared() -> None:
    text = f'<?xml version="1.0" encoding="iso-8859-1"?>{PHONE.replace("busy", "gähnt")}'
    assert decode(text.encode("latin-1")).summary.endswith("gähnt")


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"", ProblemKind.EMPTY, "empty"),
        (b" \n", ProblemKind.EMPTY, "empty"),
        (b"\x00\xff\x10", ProblemKind.NOT_XML, "not XML"),
        (b"hello", ProblemKind.NOT_XML, "not XML"),
        (PHONE[:60].encode(), ProblemKind.NOT_XML, "well-formed"),
        (b"<a>" * 10_000, ProblemKind.TOO_LARGE, "depth"),
        (b"<!DOCTYPE Event><Event/>", ProblemKind.DOCTYPE, "DOCTYPE"),
        (b"<Other/>", ProblemKind.NOT_AN_EVENT, "Other"),
        (b"<Event/>", ProblemKind.NOT_AN_EVENT, "no namespace"),
        (b'<Event xmlns="urn:x"/>', ProblemKind.NOT_AN_EVENT, "urn:x"),
        (f'<Event xmlns="{EVENT_NAMESPACE}"/>'.encode(), ProblemKind.NOT_AN_EVENT, "no elements"),
        (f'<Event xmlns="{EVENT_NAMESPACE}"><A/><B/></Event>'.encode(), ProblemKind.NOT_AN_EVENT, "2 elements"),
    ],
)
def test_bad_input_is_data_with_a_readable_problem(body: bytes, kind: ProblemKind, words: str) -> None:
    event = decode(body)
    assert event.problem is not None
    assert event.problem.kind is kind
    assert words in event.problem.text
    assert event.raw.body == body


def test_an_error_in_the_xml_says_where() -> None:
    event = decode(b"<Event>\n  <a></b></Event>")
    assert event.problem is not None
    assert (event.problem.line, event.problem.column > 0) == (2, True)


def test_entities_are_never_expanded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "AAAAAAAAAA"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>'
    event = decode(bomb)
    assert event.problem is not None
    assert event.problem.kind is ProblemKind.DOCTYPE


@pytest.mark.parametrize("kind", [BodyKind.MAP, BodyKind.LIST, BodyKind.OTHER])
def test_other_amqp_bodies_get_a_row(kind: BodyKind) -> None:
    event = decode(b'{"a": 1}', kind)
    assert event.problem is not None
    assert event.problem.kind is ProblemKind.NOT_TEXT
    assert event.summary == '{"a": 1}'


def test_a_type_without_a_template_shows_its_first_fields() -> None:
    body = (
        f'<Event xmlns="{EVENT_NAMESPACE}"><Door kind="front"><Name> east \n gate</Name><Open>1</Open></Door></Event>'
    )
    assert decode(body.encode()).summary == "kind=front, Name=east gate, Open=1"


@given(st.binary(max_size=300))
def test_any_bytes_become_an_event_with_a_short_summary(body: bytes) -> None:
    event = decode(body)
    assert event.problem is not None
    assert len(event.summary) <= MAX_SUMMARY


BEGIN = f'<Event xmlns="{EVENT_NAMESPACE}"><Strange>'
END = "</Strange></Event>"
GIANTS = {
    "elements": BEGIN + "<a/>" * (MAX_MARKS + 1) + END,
    "attributes": BEGIN + "<a b='' c = \"\"/>" * (MAX_MARKS // 2) + END,
    "comments": BEGIN + "<!---->" * (MAX_MARKS + 1) + END,
    "bytes": BEGIN + "x\n" * (MAX_PARSED // 2) + END,
    "depth": BEGIN + "<a>" * 100_000 + "</a>" * 100_000 + END,
    "text": BEGIN + "x" * 11_000_000 + END,
    "attribute": BEGIN + f"<a b='{'x' * 11_000_000}'/>" + END,
    "name": BEGIN + f"<{'x' * 60_000}/>" + END,
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", GIANTS)
def test_what_is_too_large_to_be_checked_is_kept_whole_and_says_so(name: str, encoding: str) -> None:
    body = GIANTS[name].encode(encoding)
    event = decode(body)
    assert event.problem is not None
    assert event.problem.kind is ProblemKind.TOO_LARGE
    assert "too large" in event.problem.text
    assert event.raw.body is body
    assert (event.type, len(event.summary) <= MAX_SUMMARY) == ("", True)


@pytest.mark.parametrize("name", ["elements", "attributes", "comments", "bytes"])
def test_what_is_too_large_to_be_checked_is_not_parsed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(etree, "fromstring", lambda *_: pytest.fail("it was parsed"))
    assert decode(GIANTS[name].encode()).problem is not None


@pytest.mark.parametrize("encoding", ["cp500", "utf-7"])
def test_tags_cannot_hide_in_an_unusual_encoding(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?>" + GIANTS["elements"]
    body = text.encode(encoding)
    if encoding == "utf-7":
        body = text.split("?>")[0].encode() + b"?>" + GIANTS["elements"].replace("<", "+ADw-").encode()
    event = decode(body)
    assert event.problem is not None
    assert event.problem.kind is ProblemKind.TOO_LARGE


def test_a_large_event_of_little_markup_is_checked() -> None:
    event = decode((BEGIN + "<a>" + "key = 'value' " * 100_000 + "</a>" + END).encode())
    assert (event.type, event.problem) == ("Strange", None)


LONG = "L" * 40_000


@pytest.mark.parametrize(
    "text",
    [
        f"<{LONG}/>",
        f"<Event xmlns='urn:{LONG}'/>",
        f'<Event xmlns="{EVENT_NAMESPACE}"><{LONG}/></Event>',
        f'<Event xmlns="{EVENT_NAMESPACE}"><A {LONG}="{LONG}"><{LONG}>{LONG * 100}</{LONG}></A></Event>',
        BEGIN + f"<a>{'x ' * 4_000_000}</a>" + END,
        f"<r>{'<a>x </a>' * 20_000}</r>",
        "<a></b" + LONG,
    ],
)
def test_what_is_said_of_an_event_is_bounded(text: str) -> None:
    event = decode(text.encode())
    assert len(event.type) <= MAX_TYPE
    assert len(event.summary) <= max(MAX_SUMMARY, 400)
    assert event.problem is None or len(event.problem.text) <= MAX_PROBLEM


def test_a_problem_that_a_check_finds_is_bounded() -> None:
    decoder = Decoder(Summaries.load("en", EVENT_NAMESPACE), lambda *_: Problem(ProblemKind.BREAKS_SCHEMA, LONG))
    problem = decoder(RawMessage("bus", 1, 1, PHONE.encode())).problem
    assert problem is not None
    assert len(problem.text) == MAX_PROBLEM


def test_a_summary_hides_nothing() -> None:
    event = decode(PHONE.replace("busy", "bu\u202esy").encode())
    assert event.summary == "012345 → 12343424 bu‹U+202E›sy"


def problem_of(body: bytes) -> Problem:
    problem = decode(body).problem
    assert problem is not None
    return problem


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (BodyKind.MAP, "The body is an AMQP map, not XML."),
        (BodyKind.LIST, "The body is an AMQP list, not XML."),
        (BodyKind.OTHER, "The body is an AMQP value of another type, not XML."),
    ],
)
def test_what_other_bodies_are_is_said(kind: BodyKind, words: str) -> None:
    event = decode(b"x" * 1_000, kind)
    assert event.problem == Problem(ProblemKind.NOT_TEXT, words)
    assert (event.summary[-1], len(event.summary)) == ("…", MAX_SUMMARY)


@pytest.mark.parametrize("kind", [BodyKind.STRING, BodyKind.BINARY, BodyKind.EMPTY])
def test_text_and_binary_are_read_as_data_is(kind: BodyKind) -> None:
    assert decode(PHONE.encode(), kind).type == "PhoneStatus"


def test_a_type_of_the_largest_length_is_one_and_a_longer_name_is_not() -> None:
    def named(length: int) -> Event:
        return decode(f'<Event xmlns="{EVENT_NAMESPACE}"><{"L" * length}/></Event>'.encode())

    assert (named(1_000).type, named(1_000).problem) == ("L" * 1_000, None)
    assert named(1_001).type == ""
    words = "The name of the event has 1,001 characters; at most 1,000 are read."
    assert named(1_001).problem == Problem(ProblemKind.NOT_AN_EVENT, words)


def test_an_event_in_another_namespace_has_its_local_name() -> None:
    assert decode(f'<Event xmlns="{EVENT_NAMESPACE}"><x:A xmlns:x="urn:x"/></Event>'.encode()).type == "A"


@pytest.mark.parametrize(
    ("body", "words", "line"),
    [
        (b"\n<Other>a  b</Other>", "The root element is Other, not Event.", 2),
        (b"<Event/>", f"The root element Event is in no namespace, not in {EVENT_NAMESPACE}.", 1),
        (b'<Event xmlns="urn:x"/>', f"The root element Event is in the namespace urn:x, not in {EVENT_NAMESPACE}.", 1),
        (
            f'<Event xmlns="{EVENT_NAMESPACE}"><!-- no element --></Event>'.encode(),
            "Event holds no elements; it must hold exactly one, the event itself.",
            1,
        ),
        (
            f'<Event xmlns="{EVENT_NAMESPACE}"><A/><B/><C/></Event>'.encode(),
            "Event holds 3 elements; it must hold exactly one, the event itself.",
            1,
        ),
    ],
)
def test_why_a_document_is_no_event(body: bytes, words: str, line: int) -> None:
    assert problem_of(body) == Problem(ProblemKind.NOT_AN_EVENT, words, line)


def test_of_a_document_that_is_no_event_the_first_words_are_shown() -> None:
    assert decode(b"<Other>a \n b<!-- c --><d>e</d></Other>").summary == "<Other> a be"
    assert decode(b"<Other/>").summary == "<Other>"
    long = decode(b"<Other>" + b"x" * 3_000 + b"</Other>").summary
    assert long == "<Other> " + "x" * 120


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"hello \n you", "11 bytes: hello you"),
        (b"\xff\xfa", "2 bytes: 0xff fa"),
        (b"a\x00b", "3 bytes: 0x61 00 62"),
        (bytes(range(200, 230)), "30 bytes: 0x" + bytes(range(200, 216)).hex(" ")),
        (b"y" * 2_000, "2,000 bytes: " + "y" * 120),
    ],
)
def test_what_is_no_xml_is_described_by_its_beginning(body: bytes, shown: str) -> None:
    event = decode(body)
    assert event.summary == shown
    assert event.problem is not None
    assert event.problem.text == "The body is not XML."


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b" \r\n\t"])
def test_what_begins_as_xml_is_called_not_well_formed(start: bytes) -> None:
    assert problem_of(start + b"<a><b></a>").text.startswith("The body is not well-formed XML: ")
    assert problem_of(start + b"a<b>").text == "The body is not XML."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_doctype_is_seen_in_every_encoding(encoding: str) -> None:
    body = "\ufeff<!DOCTYPE Event><Event/>".encode(encoding)
    assert problem_of(body).kind is ProblemKind.DOCTYPE
    assert decode(body.replace(b"DOCTYPE", b"")).problem is not None


def test_an_unknown_encoding_is_data_too() -> None:
    found = problem_of(b'<?xml version="1.0" encoding="no-such"?><a/>')
    assert found.kind is ProblemKind.NOT_XML
    assert found.line == 1


def test_what_a_check_finds_is_the_problem_and_the_type_stays() -> None:
    wrong = Problem(ProblemKind.BREAKS_SCHEMA, "so it is", 3, 4)
    event = Decoder(Summaries({}, EVENT_NAMESPACE), lambda _root, name: wrong if name == "PhoneStatus" else None)(
        RawMessage("bus", 1, 1, PHONE.encode())
    )
    assert (event.type, event.problem) == ("PhoneStatus", wrong)


ANNOUNCED = b'<Event xmlns="http://www.gonicus.de/Events"><ClientLeave><Id>u1</Id></ClientLeave></Event>'


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("properties", "english", "german"),
    [
        ({"retained": True}, "kept by the broker, not new: u1 leaves", "vom Broker aufbewahrt, nicht neu: u1"),
        ({"retained": False}, "u1 leaves", "u1"),
        ({"copy": 2}, "copy 2, relayed by a proxy: u1 leaves", "Kopie 2, von einem Proxy weitergeleitet: u1"),
    ],
)
def test_what_the_bus_says_about_a_message_stands_before_its_summary(
    language: str, properties: dict[str, Any], english: str, german: str
) -> None:
    decoder = Decoder(Summaries.load(language, EVENT_NAMESPACE))
    event = decoder(RawMessage("bus", 1, 1, ANNOUNCED, properties=properties))
    assert event.type == "ClientLeave"
    assert event.problem is None
    assert event.summary.startswith(english if language == "en" else german)


@pytest.mark.parametrize(
    ("properties", "summary"),
    [
        ({"rpc": "request", "method": "getFacts"}, "call of getFacts"),
        ({"rpc": "request"}, "call"),
        ({"rpc": "response", "method": "getFacts", "duration_ms": 1234}, "answer to getFacts after 1,234 ms"),
        ({"rpc": "response", "duration_ms": 3}, "answer to ? after 3 ms"),
        ({"rpc": "response"}, "answer to a call that was not seen"),
        (
            {"rpc": "response", "failed": True, "method": "m", "duration_ms": 3},
            "error as the answer to m after 3 ms",
        ),
        ({}, "JSON-RPC"),
    ],
)
def test_a_json_rpc_is_an_entry_of_its_own_kind(properties: dict[str, Any], summary: str) -> None:
    decoder = Decoder(Summaries.load("en", EVENT_NAMESPACE))
    event = decoder(RawMessage("bus", 1, 1, b'{"id": 1}', BodyKind.JSON_RPC, properties=properties))
    assert (event.type, event.summary, event.problem) == ("JSON-RPC", summary, None)


def test_what_the_bus_could_not_unwrap_says_why() -> None:
    decoder = Decoder(Summaries.load("en", EVENT_NAMESPACE))
    event = decoder(RawMessage("bus", 1, 1, b"nonsense", defect="It is nonsense."))
    assert event.problem == Problem(ProblemKind.NOT_WRAPPED, "It is nonsense.")
    assert event.summary == "8 bytes: nonsense"
