"""Declared fields of an archive: what the index finds, that it is never too little, and how it comes to be."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from psycopg import sql

from clacks_monitor import archive
from clacks_monitor.archive import declaring, fields, schema
from clacks_monitor.core.declared_fields import DeclaredField, EventNeeds, ValueTest
from clacks_monitor.core.storage_errors import CaptureError, TermOverError
from clacks_monitor.core.wanted_events import scan_wanted
from clacks_monitor.session.questions import Asking, EventSelection, Request, compile_question
from clacks_monitor.xquery import MatchOutcome, QuerySet, compile_query
from tests.helpers.archives import PARTITION, execute, make_archive
from tests.helpers.entries import SECOND, START, a_gap, an_event, some_events
from tests.helpers.questions import ask, location_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.store import EventReader
    from tests.helpers.archives import Databases

pytestmark = pytest.mark.postgresql
PHONE = "PhoneStatus"
NAMESPACE = "http://www.gonicus.de/Events"
CALLS = f"declare default element namespace '{NAMESPACE}'; Event/PhoneStatus"


def a_call(number: int, caller: str) -> Entry:
    """Return a telephone event of a caller."""
    body = f'<Event xmlns="{NAMESPACE}"><PhoneStatus><CallerId>{caller}</CallerId></PhoneStatus></Event>'
    return an_event(number, body=body.encode(), kind=PHONE)


def calls(count: int, first: int = 0) -> list[Entry]:
    """Return events of which each tenth is by caller 7, in between others and a gap."""
    return [a_call(n, str(n % 10)) if n % 3 else an_event(n, kind="ClientPoll") for n in range(first, first + count)]


def all_of_it(_done: int, _total: int) -> bool:
    return True


@pytest.fixture
def url(databases: Databases) -> str:
    """The URL of an archive with 300 events."""
    made = databases.new()
    with archive.open_archive(made) as store:
        store.append([*calls(200), a_gap(300), *calls(99, 200)])
    return made


def wanted(*values: str, types: Iterable[str] = (PHONE, "")) -> EventNeeds:
    return EventNeeds(frozenset(types), frozenset([ValueTest("CallerId", frozenset(values))]))


def matching(reader: EventReader, text: str, *, by_index: bool = True) -> list[int]:
    """Return the events that match a query, by the index or by reading all."""
    query = compile_query(text)
    needs = [query.requirements.wanted if by_index else EventNeeds()]
    found = []
    for _span, events in scan_wanted(reader, needs, *reader.bounds(), chunk=50):
        outcomes = QuerySet([query]).evaluate_many([event[2:] for event in events], [event[1] for event in events])
        found += [e[0] for e, o in zip(events, outcomes, strict=True) if o[0].outcome is MatchOutcome.MATCH]
    return found


def append(url: str, entries: Sequence[Entry]) -> None:
    with archive.open_archive(url) as store:
        store.append(entries)


def test_without_a_declaration_all_is_read(url: str) -> None:
    with archive.open_readonly(url) as store, store.reader() as reader:
        assert reader.fields.declared() == []
        assert reader.fields.candidates(wanted("7"), 1, 300) is None


def test_the_index_finds_old_and_new_events(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaring, "BATCH", 70)
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    assert archive.add_field(url, PHONE, "CallerId", progress=progress) == 0
    assert seen[0] == (0, 300)
    assert seen[-1] == (300, 300)
    assert len(seen) > 300 // 70
    append(url, calls(100, 300))
    with archive.open_readonly(url) as store, store.reader() as reader:
        assert reader.fields.declared() == [DeclaredField(PHONE, "CallerId", 1)]
        found = reader.fields.candidates(wanted("7"), 1, 400)
        assert found is not None
        assert found.first == 1
        text = f"{CALLS}[CallerId = '7']"
        assert list(found.sequences) == matching(reader, text) == matching(reader, text, by_index=False)
        assert len(found.sequences) > 20
        some = reader.fields.candidates(wanted("7", "3"), 100, 200)
        assert some is not None
        expected = matching(reader, f"{CALLS}[CallerId = ('7', '3')]")
        assert list(some.sequences) == [number for number in expected if 100 <= number <= 200]
    assert archive.indexed_fields(url)[0].left == 0


def test_what_was_interrupted_goes_on(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaring, "BATCH", 70)
    assert archive.add_field(url, PHONE, "CallerId", progress=lambda done, _total: done < 100) == 300 - 140
    append(url, calls(50, 300))
    assert archive.indexed_fields(url)[0].left == 300 - 140
    with archive.open_readonly(url) as store, store.reader() as reader:
        found = reader.fields.candidates(wanted("7"), 1, 350)
        assert found is not None
        assert found.first == 161
        text = f"{CALLS}[CallerId = '7']"
        assert matching(reader, text) == matching(reader, text, by_index=False), "the rest is read"
    assert archive.add_field(url, PHONE, "CallerId", progress=all_of_it) == 0
    with archive.open_readonly(url) as store, store.reader() as reader:
        assert reader.fields.declared()[0].first == 1
        assert matching(reader, text) == matching(reader, text, by_index=False)


def test_two_that_add_the_same_field_share_the_work(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaring, "BATCH", 10)
    left: list[int] = []
    both = [
        threading.Thread(target=lambda: left.append(archive.add_field(url, PHONE, "CallerId", progress=all_of_it)))
        for _ in range(2)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert left == [0, 0]
    ((twice,),) = execute(url, "SELECT count(*) - count(DISTINCT (field, hash, seq)) FROM field_value")
    assert twice == 0
    with archive.open_readonly(url) as store, store.reader() as reader:
        text = f"{CALLS}[CallerId = '7']"
        assert matching(reader, text) == matching(reader, text, by_index=False)


def test_a_recorder_goes_on_while_old_events_are_added(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaring, "BATCH", 20)
    with archive.open_archive(url) as store:
        added = [300]

        def record(_done: int, _total: int) -> bool:
            store.append(calls(10, added[0]))
            added[0] += 10
            return True

        assert archive.add_field(url, PHONE, "CallerId", progress=record) == 0
        assert added[0] > 400
        with store.reader() as reader:
            text = f"{CALLS}[CallerId = '7']"
            assert matching(reader, text) == matching(reader, text, by_index=False)
            assert reader.fields.declared()[0].first == 1


ODD = {
    "not well-formed": b"<Event><PhoneStatus><CallerId>7</CallerId>",
    "a document type": b"<!DOCTYPE a [<!ENTITY e '7'>]><a><CallerId>&e;</CallerId></a>",
    "not an event": b"<CallerId>7</CallerId>",
    "UTF-16": "<a><CallerId>7</CallerId></a>".encode("utf-16"),
    "Latin 1": "<?xml version='1.0' encoding='iso-8859-1'?><a><CallerId>7</CallerId></a>".encode("latin-1"),
    "nothing": b"",
}


@pytest.mark.parametrize("later", [False, True], ids=["before", "after"])
def test_what_may_match_is_found_whatever_it_is(url: str, later: bool) -> None:
    odd = [an_event(500 + n, body=body, kind="") for n, body in enumerate(ODD.values())]
    if not later:
        append(url, odd)
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    if later:
        append(url, odd)
    with archive.open_readonly(url) as store, store.reader() as reader:
        found = reader.fields.candidates(wanted("7"), 301, 306)
        assert found is not None
        assert list(found.sequences) == list(range(301, 307))
        other = reader.fields.candidates(wanted("8"), 301, 306)
        assert other is not None
        assert list(other.sequences) == [301, 302, 306], "those that are no XML"


def test_an_event_of_another_type_is_not_found_by_it(url: str) -> None:
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    with archive.open_readonly(url) as store, store.reader() as reader:
        assert reader.fields.candidates(wanted("7", types=["NodeStatus", PHONE, ""]), 1, 300) is None
        assert reader.fields.candidates(EventNeeds(None, wanted("7").tests), 1, 300) is None
        assert reader.fields.candidates(wanted("7", types=[""]), 1, 300) is None
        archive.add_field(url, "NodeStatus", "CallerId", progress=all_of_it)
        assert reader.fields.candidates(wanted("7", types=["NodeStatus", PHONE, ""]), 1, 300) is not None


def test_the_test_that_finds_fewest_is_used(url: str) -> None:
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    tests = wanted("7").tests | wanted(*"0123456789").tests | {ValueTest("Other", frozenset("3"))}
    with archive.open_readonly(url) as store, store.reader() as reader:
        found = reader.fields.candidates(EventNeeds(frozenset([PHONE, ""]), tests), 1, 300)
        assert found is not None
        assert len(found.sequences) <= 20


def test_too_many_are_read_with_all_others(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    monkeypatch.setattr(fields, "MOST", 5)
    with archive.open_readonly(url) as store, store.reader() as reader:
        assert reader.fields.candidates(wanted("7"), 1, 300) is None


def test_a_field_that_is_dropped_finds_nothing_any_more(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    with archive.open_readonly(url) as store, store.reader() as reader:
        ask_rows = reader.fields._rows

        def drop_first(statement: str, values: Any) -> Any:
            if statement == fields._FIND:
                archive.drop_field(url, PHONE, "CallerId")
            return ask_rows(statement, values)

        monkeypatch.setattr(reader.fields, "_rows", drop_first)
        assert reader.fields.candidates(wanted("7"), 1, 300) is None, "dropped between two statements"
    append(url, calls(20, 300))
    assert execute(url, "SELECT count(*) FROM field_value") == [(0,)]
    with pytest.raises(CaptureError, match="no declared field PhoneStatus CallerId"):
        archive.drop_field(url, PHONE, "CallerId")


@pytest.mark.parametrize("name", ["", "a:b", "a b", "@id", "1", "x" * 300, "a/b"])
def test_what_is_no_name_is_refused(url: str, name: str) -> None:
    with pytest.raises(CaptureError, match="not a name that an element can have"):
        archive.add_field(url, PHONE, name, progress=all_of_it)


def test_there_is_room_for_so_many_fields(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaring, "MOST_FIELDS", 1)
    for _again in range(2):
        archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    with pytest.raises(CaptureError, match="no room for more"):
        archive.add_field(url, PHONE, "Id", progress=all_of_it)


def test_an_archive_of_format_1_gets_its_partitions(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    url = databases.empty()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        patch.setattr(schema, "FORMAT", 1)
        make_archive(url, partition=1000)
    execute(url, "SELECT clacks.add_partition()")
    execute(url, "UPDATE recorder SET term = 3")
    assert archive.migrate(url) == (1, schema.FORMAT)
    with archive.open_archive(url, term=3) as store, pytest.raises(TermOverError):
        store.append(some_events(1))
    append(url, calls(2_500))
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    with archive.open_readonly(url) as store, store.reader() as reader:
        text = f"{CALLS}[CallerId = '7']"
        assert matching(reader, text) == matching(reader, text, by_index=False)
    assert archive.check(url).problems == ()


def test_values_go_with_their_partition(url: str) -> None:
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    for first in range(300, PARTITION + 700, 1000):
        append(url, calls(1000, first))
    far = an_event(10_000_000)
    append(url, [far])
    archive.drop_before(url, far.raw.wall_ns)
    assert execute(url, f"SELECT count(*) FROM field_value WHERE seq <= {PARTITION}") == [(0,)]
    with archive.open_readonly(url) as store, store.reader() as reader:
        text = f"{CALLS}[CallerId = '7']"
        assert matching(reader, text) == matching(reader, text, by_index=False) != []


def test_a_question_reads_what_the_index_finds(url: str) -> None:
    where = "for $e in collection() where $e//*:PhoneStatus/*:CallerId = '7' and ev:type($e) = 'PhoneStatus'"
    texts = [f"{where} return ev:sequence($e)", f"count({where} return $e)"]
    expected = [ask(url, text).items for text in texts]
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    execute(url, "DELETE FROM body WHERE type NOT IN (SELECT id FROM type WHERE name = 'PhoneStatus')")
    assert [ask(url, text).items for text in texts] == expected
    assert len(expected[0]) > 15
    assert ask(url, texts[0], selection=EventSelection(frozenset(["ClientPoll"]))).items == []


def test_explain_says_what_the_index_does(url: str) -> None:
    text = "for $e in collection() where $e/*:Event/*:PhoneStatus/*:CallerId = '7' return $e"
    request = Request(compile_question(text))
    assert not [one for one in Asking(location_of(url), request).explain() if "index" in one]
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    *_before, said = Asking(location_of(url), request).explain()
    assert said.startswith("From entry 1 on, the archive's index of fields names the events that can match: 20.")


def _plan(node: dict[str, Any]) -> list[str]:
    return [node["Node Type"], *(name for inner in node.get("Plans", ()) for name in _plan(inner))]


@pytest.mark.parametrize("plan", ["custom", "generic"])
def test_values_are_looked_up_also_where_nothing_was_analysed(url: str, plan: str) -> None:
    archive.add_field(url, PHONE, "CallerId", progress=all_of_it)
    append(url, [a_call(n, str(n)) for n in range(3_000)])
    options = f"-c search_path=clacks -c plan_cache_mode=force_{plan}_plan"
    with psycopg.connect(url, options=options, prepare_threshold=0) as db:
        numbers = ([1], [0, fields.hash_of("7")], 1, 10_000)
        row = db.execute(sql.SQL("EXPLAIN (FORMAT JSON) {}").format(sql.SQL(fields._FIND)), numbers).fetchone()
    assert row is not None
    assert not [name for name in _plan(row[0][0]["Plan"]) if name == "Seq Scan"]


def test_a_question_about_a_time_reads_its_segments(databases: Databases) -> None:
    url = databases.new()
    for first in range(0, 5_000, 1_000):
        append(url, some_events(1_000, first))
    selection = EventSelection(from_ns=START + 2_100 * SECOND, to_ns=START + 2_200 * SECOND)
    found = ask(url, "count(for $e in collection() return $e)", selection=selection)
    assert found.items == [100]
    assert found.progress[-1].total == 1_000
