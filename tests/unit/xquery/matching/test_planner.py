"""Events that were parsed before: names decide without a parse, many are parsed as one, and no result differs."""

from __future__ import annotations

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from lxml import etree

from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import RawMessage
from clacks_monitor.core.summary import Summaries
from clacks_monitor.xquery import MATCH, NO_MATCH, Document, Limits, QuerySet, compile_query
from clacks_monitor.xquery.fastpath import EventNames
from clacks_monitor.xquery.matching.batch import evaluate_batch
from clacks_monitor.xquery.matching.event_names import prefix_of, read_prefix
from tests.helpers.effort import effort
from tests.helpers.random_queries import plain_queries, queries, single_events

EVENTS = "http://www.gonicus.de/Events"
PROLOG = f"declare namespace f='{EVENTS}'; declare namespace o='urn:other'; "
PHONE = f'<Event xmlns="{EVENTS}"><Phone><Status>busy</Status></Phone></Event>'.encode()
BODIES = [
    PHONE,
    PHONE.replace(b"busy", b"free"),
    PHONE + b"\n",
    b"\n" + PHONE,
    b"<?xml version='1.0'?>" + PHONE,
    b"<?xml version='1.0' encoding='iso-8859-1'?>" + PHONE.replace(b"busy", b"\xe4"),
    PHONE + b"<!-- behind --> ",
    b"<!-- before > -->" + PHONE,
    PHONE.replace(b"<Phone>", b"<!-- <Node> --><Phone>"),
    PHONE.replace(b"<Phone>", b"<Phone a='>'>"),
    f'<f:Event xmlns:f="{EVENTS}"><f:Phone/></f:Event>'.encode(),
    f'<f:Event xmlns:f="{EVENTS}"><Phone><Status>busy</Status></Phone></f:Event>'.encode(),
    f'<Event xmlns="{EVENTS}"><Phone xmlns="urn:other"><Status>busy</Status></Phone></Event>'.encode(),
    f'<Event xmlns="{EVENTS}"><o:Phone xmlns:o="urn:other"/></Event>'.encode(),
    f'<Event xmlns="{EVENTS}"><Node/></Event>'.encode(),
    f'<Event xmlns="{EVENTS}"><Node/><Phone/></Event>'.encode(),
    f'<Event xmlns="{EVENTS}"></Event>'.encode(),
    b"<Event><Phone/></Event>",
    b"<!DOCTYPE Event>" + PHONE,
    b"<?xml version='1.0' encoding='UTF-7'?>+ADw-!DOCTYPE Event+AD4-" + PHONE,
    PHONE.decode().encode("utf-16"),
    PHONE[:-3],
    b"no xml",
    b"",
    PHONE.replace(b"busy", b"<b>" * 250 + b"</b>" * 250),
    PHONE.replace(b"<Status>busy</Status>", b"<Status>busy</Status>" * 500),
    PHONE.replace(b"busy", b"<![CDATA[</d><d>]]>"),
]
TEXTS = [
    "./f:Event/f:Phone",
    "./*:Event/*:Phone",
    "not(./f:Event/f:Phone)",
    "./f:Event/f:Phone or ./f:Event/f:Node",
    "./f:Event/f:Phone and ./f:Event/f:Phone/f:Status = 'busy'",
    "let $p := ./f:Event/f:Phone return $p/f:Status = 'busy'",
    "//*:Status = 'busy'",
    "//*:Status != 'busy'",
    "every $s in //*:Status satisfies $s = 'busy'",
    "contains(., 'busy')",
    "//comment()",
    "/*/..",
    "/*[1]/*[last()]/*:Status",
    "./f:Event/f:Phone[f:Status > 'a']",
    "//*:Status + 1",
    "./f:Event[f:Phone/f:Status = 'busy' or //o:Phone]",
    "local-name(/) = 'd'",
    "self::*",
    "descendant-or-self::*[2]",
    "/following::*",
    "true()",
]


def child_of(body: bytes) -> str:
    """Return what decode says of a body."""
    return Decoder(Summaries({}, EVENTS))(RawMessage("office", 1, 1, body)).type


def test_known_events_get_the_results_of_unknown_ones() -> None:
    compiled = [compile_query(PROLOG + text) for text in TEXTS]
    events: list[tuple[bytes, dict[str, str]]] = [(body, {}) for body in BODIES]
    children = [child_of(body) for body in BODIES]
    assert sum(map(bool, children)) > len(children) // 2
    expected = [[query.matches(body) for query in compiled] for body in BODIES]
    assert QuerySet(compiled).evaluate_many(events, children) == expected
    for place, query in enumerate(compiled):
        alone = QuerySet([query]).evaluate_many(events * 4, children * 4)
        assert alone == [[row[place]] for row in expected] * 4, query.text


@effort(100)
@given(st.lists(st.one_of(plain_queries, queries), min_size=1, max_size=4), st.lists(single_events(), max_size=8))
def test_random_known_events(texts: list[str], bodies: list[bytes]) -> None:
    compiled = [compile_query(text) for text in texts]
    properties = {"color": "red", "n": "a"}
    found = QuerySet(compiled).evaluate_many([(body, properties) for body in bodies], ["it"] * len(bodies))
    for body, row in zip(bodies, found, strict=True):
        assert row == [query.matches(Document(body), properties) for query in compiled], (texts, body)


@effort(200)
@given(plain_queries, single_events())
def test_what_names_tell_is_the_result(text: str, body: bytes) -> None:
    query = compile_query(text)
    if query.fast is None:
        return
    root = etree.fromstring(body)
    [child] = root.iterchildren("*")
    told = query.fast.precheck(EventNames(str(root.tag), str(child.tag)))
    event(f"told: {told}")
    assert told in {None, query._program.boolean(Document(body), {}, Limits(seconds=5))}


@effort(200)
@given(single_events())
def test_a_prefix_is_right_or_not_read(body: bytes) -> None:
    prefix = read_prefix(prefix_of(body))
    event(f"read: {prefix is not None}")
    if prefix is not None:
        root = etree.fromstring(body)
        assert prefix.names == (root.tag, next(root.iterchildren("*")).tag)
        assert etree.fromstring(body[prefix.start :].rpartition(prefix.end_tag)[0] + prefix.end_tag).tag == root.tag


def test_names_alone_need_no_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    together = QuerySet([compile_query(PROLOG + text) for text in TEXTS[:4]])
    expected = [MATCH, MATCH, NO_MATCH, MATCH]
    assert together.evaluate_many([(PHONE, {})], ["Phone"]) == [expected]
    monkeypatch.setattr(etree, "fromstring", lambda *_: pytest.fail("it is decided"))
    assert together.evaluate_many([(PHONE + b" ", {})] * 2, ["Phone"] * 2) == [expected] * 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("./f:Event/f:Phone", True),
        ("./f:Event/f:Node", False),
        ("./o:Event", False),
        ("./*/*", True),
        ("/element(f:Event)/element()", True),
        ("empty(./f:Event/f:Node)", True),
        ("./f:Event/f:Phone[1]", None),
        ("./f:Event/f:Node[f:Id = '1']", False),
        ("./f:Event/f:Node/f:Id != '1' or ./f:Event/f:Phone", True),
        ("./f:Event/f:Node and //f:Id", False),
        ("for $n in ./f:Event/f:Node return $n", False),
        ("some $n in ./f:Event/f:Node satisfies $n = '1'", False),
        ("every $n in ./f:Event/f:Node satisfies $n = '1'", True),
        ("if (./f:Event/f:Node) then //f:Id else ./f:Event/f:Phone", True),
        ("let $e := ./f:Event return ($e/f:Node, $e/f:Phone)", True),
        ("//f:Phone", None),
        ("true() and ./f:Event", True),
        ("declare variable $n external; ./f:Event/f:Node and $n = '1'", None),
    ],
)
def test_what_names_tell(text: str, *, told: bool | None) -> None:
    query = compile_query(PROLOG + text)
    assert query.fast is not None, query.explain()
    assert query.fast.precheck(EventNames(f"{{{EVENTS}}}Event", f"{{{EVENTS}}}Phone")) is told


def within(text: str) -> etree.XPath | None:
    query = compile_query(PROLOG + text)
    assert query.fast is not None, query.explain()
    return query.fast.compiled_within()


def test_many_events_are_asked_in_one_document() -> None:
    busy, comment = within("//*:Status = 'busy'"), within("//comment()")
    assert busy is not None
    assert comment is not None
    free = PHONE.replace(b"busy", b"<!--x-->free")
    parser = etree.XMLParser()
    assert list(evaluate_batch([busy, comment], [PHONE, free] * 80, parser)) == [0b01, 0b10] * 80
    assert list(evaluate_batch([busy], [PHONE, b"<broken>", PHONE], parser)) == [None] * 3
    assert (
        list(evaluate_batch([busy], [PHONE, PHONE + PHONE.replace(b"Event", b"d"), b"</d><d/><d>"], parser))
        == [None] * 3
    )
    assert list(evaluate_batch([busy], [PHONE], parser)) == [None]


@pytest.mark.parametrize(
    "text", ["/*/..", "/following::*", "//*[/f:Event]", "self::f:Event", "//f:a/ancestor::*", "local-name(.) = 'd'"]
)
def test_what_might_leave_an_event_is_asked_alone(text: str) -> None:
    assert within(text) is None
