"""What every event store does: what was appended is read back exactly, in the order and shape that is asked for."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings

from clacks_monitor.core.columns import Column, FieldColumn
from clacks_monitor.core.event import Entry, Event, Gap, GapCause, Problem, ProblemKind, RowKind
from clacks_monitor.core.storage_errors import CaptureError, CaptureReadOnlyError, ReadingStoppedError
from clacks_monitor.core.store import BEGIN_OF_TIME, END_OF_TIME, Retention, SnapshotKind
from tests.contracts.implementations import SHARED
from tests.helpers.entries import SECOND, START, a_gap, an_event, entries, some_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.event import Properties, PropertyValue
    from clacks_monitor.core.store import EventReader, EventStore
    from tests.contracts.implementations import Stores


def same(left: Entry | None, right: Entry) -> bool:
    """Whether two entries are equal, NaN being equal to itself."""
    if isinstance(left, Event) and isinstance(right, Event):
        there, here = dict(left.raw.properties), dict(right.raw.properties)
        nan = {k for k, v in here.items() if isinstance(v, float) and math.isnan(v)}
        alike = {k: v for k, v in there.items() if k not in nan} == {k: v for k, v in here.items() if k not in nan}
        kinds = (
            [type(there[k]) for k in here] == [type(here[k]) for k in here] if there.keys() == here.keys() else False
        )
        bare = replace(left, raw=replace(left.raw, properties={}))
        return alike and kinds and bare == replace(right, raw=replace(right.raw, properties={}))
    return left == right


@given(entries)
# What fails is told as it was found: making it smaller takes minutes, a file for each attempt.
@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate], **SHARED)
def test_every_entry_comes_back_exactly(stores: Stores, found: list[Entry]) -> None:
    with stores.new() as store:
        first = store.append(found)
        with store.reader() as reader:
            back = list(reader.entries(range(first, first + len(found))))
            assert [sequence for sequence, _entry in back] == list(range(1, len(found) + 1))
            assert all(same(entry, wanted) for (_sequence, entry), wanted in zip(back, found, strict=True))
            assert [row.summary for row in reader.rows(range(1, len(found) + 1))] == [
                entry.detail if isinstance(entry, Gap) else entry.summary for entry in found
            ]


def test_text_that_is_no_unicode_is_kept_readable(store: EventStore, reader: EventReader) -> None:
    event = an_event(1)
    store.append([event, replace(event, summary="half \ud800", raw=replace(event.raw, subject="\udfff"))])
    assert [row.summary for row in reader.rows([1, 2])] == [event.summary, "half \\ud800"]
    assert reader.rows([2])[0].subject == "\\udfff"


def test_a_claimed_time_beyond_all_bounds_is_kept_within_them(store: EventStore, reader: EventReader) -> None:
    event = an_event(1)
    store.append([replace(event, raw=replace(event.raw, creation_ns=10**30))])
    found = reader.entry(1)
    assert isinstance(found, Event)
    assert found.raw.creation_ns == 2**63 - 1


def test_sequence_numbers_go_on_after_opening_again(stores: Stores) -> None:
    with stores.new() as store:
        assert store.append(some_events(3)) == 1
    with stores.again(store) as again:
        assert again.append(some_events(2, 3)) == 4
        with again.reader() as reader:
            assert (reader.bounds(), reader.count()) == ((1, 5), 5)


def test_rows_say_what_the_table_shows(store: EventStore, reader: EventReader) -> None:
    problem = Problem(ProblemKind.NOT_XML, "The body is not XML.", 1, 2)
    store.append([an_event(1), replace(an_event(2, kind=""), problem=problem), a_gap(3)])
    store.notes.annotate(1, mark=True, comment="look here")
    good, bad, gap = reader.rows([1, 2, 3])
    assert (good.kind, good.type, good.mark, good.comment) == (RowKind.EVENT, "ClientPoll", True, "look here")
    assert (bad.kind, bad.type, bad.problem) == (RowKind.INVALID, "", "The body is not XML.")
    assert (gap.kind, gap.wall_ns, gap.until_ns) == (RowKind.GAP, START - 2 * SECOND, START + 3 * SECOND)
    assert (gap.connection, gap.problem) == ("office", "connection-lost")


def test_rows_come_in_the_order_asked_for(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(20))
    assert [row.sequence for row in reader.rows([7, 3, 99, 3, 15])] == [7, 3, 3, 15]
    assert reader.rows([]) == []


def test_a_reader_sees_what_was_appended_after_it_was_made(store: EventStore, reader: EventReader) -> None:
    assert reader.count() == 0
    assert (reader.entry(1), reader.sequence_at(0), reader.time_span()) == (None, 0, (0, 0))
    store.append([an_event(0, kind="Brandnew")])
    assert reader.rows([1])[0].type == "Brandnew"


def test_scanning_covers_a_range_in_both_directions(store: EventStore, reader: EventReader) -> None:
    store.append([*some_events(10), a_gap(), *some_events(10, 10)])
    forwards = [item for part in reader.scan(3, 18, chunk=4) for item in part]
    backwards = [item for part in reader.scan(3, 18, chunk=4, newest_first=True) for item in part]
    assert [item[0] for item in forwards] == [n for n in range(3, 19) if n != 11]
    assert backwards == forwards[::-1]
    assert forwards[0][1:] == ("NodeStatus", an_event(2).raw.body, {})
    assert forwards[3][3] == {"n": 5, "even": False}


def test_scanning_some_types_leaves_out_others(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(30))
    found = [item for part in reader.scan(types={"ClientPoll", "Unheard"}) for item in part]
    assert [item[0] for item in found] == list(range(2, 31, 3))
    assert [item for part in reader.scan(types=()) for item in part] == []


def test_scanning_without_properties(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(10))
    [with_properties] = reader.scan()
    [without] = reader.scan(properties=False)
    assert any(item[3] for item in with_properties)
    assert without == [(*item[:3], {}) for item in with_properties]


ORDERS: dict[Column, Callable[[Event], tuple[object, ...]]] = {
    Column.TIME: lambda e: (e.wall_ns,),
    Column.TYPE: lambda e: (e.type,),
    Column.SUMMARY: lambda e: (e.summary,),
    Column.CONNECTION: lambda e: (e.connection,),
    Column.SIZE: lambda e: (len(e.raw.body),),
    Column.SUBJECT: lambda e: (e.raw.subject,),
    Column.PROBLEM: lambda e: (e.problem.text if e.problem else "",),
    Column.COMMENT: lambda _e: (),
    Column.SEQUENCE: lambda _e: (),
}


@pytest.mark.parametrize("column", list(Column))
def test_sorting_by_a_column_is_stable(store: EventStore, reader: EventReader, column: Column) -> None:
    found = [an_event(n * 7 % 40, connection=("b", "a", "c")[n % 3]) for n in range(40)]
    found[5] = replace(found[5], problem=Problem(ProblemKind.NOT_XML, "no"))
    store.append(found)
    wanted = sorted(range(1, 41), key=lambda sequence: ORDERS[column](found[sequence - 1]))
    assert list(reader.order_by(column)) == wanted


def test_gaps_are_part_of_every_order(store: EventStore, reader: EventReader) -> None:
    store.append([an_event(1), a_gap(2), an_event(3)])
    for column in Column:
        assert sorted(reader.order_by(column)) == [1, 2, 3], column


def test_going_to_a_time(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(10))
    assert reader.sequence_at(START + 3 * SECOND) == 4
    assert reader.sequence_at(START + 3 * SECOND + 1) == 5
    assert reader.sequence_at(0) == 1
    assert reader.sequence_at(2**62) == 10


def test_the_ends_of_time_are_times(store: EventStore, reader: EventReader) -> None:
    found = [Gap("office", 0, end, GapCause.CONNECTION_LOST, "") for end in (BEGIN_OF_TIME, START, END_OF_TIME)]
    store.append(found)
    assert [reader.entry(sequence) for sequence in (1, 2, 3)] == found
    assert [reader.sequence_at(wall) for wall in (BEGIN_OF_TIME, START, END_OF_TIME)] == [1, 2, 3]


def test_finding_text_in_bodies_summaries_and_comments(store: EventStore, reader: EventReader) -> None:
    store.append([an_event(1, body="<a>Grüße</a>".encode("utf-16")), an_event(2), an_event(3), a_gap(4)])
    store.notes.annotate(2, comment="GRÜSSE an alle")

    texts = {sequence: text for _at, part in reader.texts(chunk=2) for sequence, text in part}
    assert "Grüße" in texts[1]
    assert "GRÜSSE an alle" in texts[2]
    assert "number 3" in texts[3]
    assert "the broker closed" in texts[4]
    assert [at for at, _part in reader.texts(2, 4, chunk=2)] == [3, 4]
    assert reader.notes.gap_sequences() == [4]


def test_marks_and_comments_are_set_and_cleared_apart(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(3))
    store.notes.annotate(2, mark=True)
    store.notes.annotate(2, comment="why")
    store.notes.annotate(3, comment="only words")
    assert (reader.notes.marks(), reader.notes.comments()) == ([2], {2: "why", 3: "only words"})
    store.notes.annotate(2, mark=False)
    assert (reader.notes.marks(), reader.notes.comments()) == ([], {2: "why", 3: "only words"})
    store.notes.annotate(2, comment="")
    store.notes.annotate(3, comment="")
    assert (reader.notes.marks(), reader.notes.comments()) == ([], {})
    with pytest.raises(CaptureError, match="no entry 99"):
        store.notes.annotate(99, mark=True)


def test_troubles_are_found_from_any_place_in_both_directions(store: EventStore, reader: EventReader) -> None:
    invalid = replace(an_event(1), problem=Problem(ProblemKind.NOT_XML, "no XML"))
    store.append([an_event(1), invalid, a_gap(3), an_event(4), invalid, a_gap(6)])
    both = {RowKind.INVALID, RowKind.GAP}
    assert reader.troubles(0, both) == [2, 3, 5, 6]
    assert reader.troubles(2, both) == [3, 5, 6]
    assert reader.troubles(6, both, forward=False) == [5, 3, 2]
    assert reader.troubles(6, {RowKind.INVALID}, forward=False) == [5, 2]
    assert reader.troubles(0, {RowKind.GAP}, limit=1) == [3]
    assert reader.troubles(6, both) == []


def test_gaps_are_listed_with_their_places(store: EventStore, reader: EventReader) -> None:
    store.append([an_event(1), a_gap(5, lost=7), an_event(6), a_gap(9)])
    assert reader.gaps() == [(2, a_gap(5, lost=7)), (4, a_gap(9))]
    assert reader.gaps(3) == [(4, a_gap(9))]


def test_snapshots_keep_each_content_once(store: EventStore, reader: EventReader) -> None:
    for content in (b"<old/>", b"<new/>", b"<old/>"):
        store.notes.snapshot(SnapshotKind.SCHEMA, "PhoneStatus.xsd", content)
    assert [found.content for found in reader.notes.snapshots(SnapshotKind.SCHEMA)] == [b"<old/>", b"<new/>"]
    assert list(reader.notes.snapshots(SnapshotKind.PROFILE)) == []


def test_several_threads_append_without_losing_or_mixing(store: EventStore, reader: EventReader) -> None:
    def work(name: str) -> None:
        for n in range(20):
            first = store.append([an_event(m, connection=name) for m in range(n * 5, n * 5 + 5)])
            with store.reader() as own:
                assert [row.connection for row in own.rows(range(first, first + 5))] == [name] * 5

    threads = [threading.Thread(target=work, args=(f"bus {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reader.count() == 400
    for n in range(4):
        mine = [row for row in reader.rows(range(1, 401)) if row.connection == f"bus {n}"]
        assert [row.wall_ns for row in mine] == [an_event(m).wall_ns for m in range(100)]


def test_two_writers_do_not_overwrite_each_other(stores: Stores, store: EventStore, reader: EventReader) -> None:
    with stores.again(store) as second:
        assert [store.append(some_events(2)), second.append(some_events(2)), store.append(some_events(1))] == [
            1,
            3,
            5,
        ]
    assert reader.count() == 5


def test_read_only_follows_what_another_appends_and_refuses_to_write(stores: Stores, store: EventStore) -> None:
    store.append(some_events(2))
    with stores.read_only(store) as other, other.reader() as reader:
        assert reader.count() == 2
        store.append(some_events(3))
        assert reader.count() == 5
        for change in (lambda: other.append(some_events(1)), lambda: other.notes.annotate(1, mark=True)):
            with pytest.raises(CaptureReadOnlyError, match="reading only"):
                change()


def test_interrupting_stops_a_long_read(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(20_000))
    stopper = threading.Event()

    def stop() -> None:
        while not stopper.is_set():
            reader.interrupt()

    thread = threading.Thread(target=stop)
    thread.start()

    def sort_for_ever() -> None:
        while True:
            reader.order_by(Column.SUMMARY)

    try:
        with pytest.raises(ReadingStoppedError):
            sort_for_ever()
    finally:
        stopper.set()
        thread.join()
    assert reader.count() == 20_000


def test_the_oldest_go_beyond_a_number_and_the_others_keep_theirs(store: EventStore, reader: EventReader) -> None:
    store.set_retention(Retention(max_count=1000))
    for number in range(0, 5000, 100):
        store.append(some_events(100, number))
    first, last = reader.bounds()
    assert last == 5000
    assert 1000 <= reader.count() == last - first + 1 <= 2000
    assert reader.entry(first) == an_event(first - 1)
    assert (reader.entry(first - 1), reader.rows([1, first - 1])) == (None, [])
    assert len([item for part in reader.scan() for item in part]) == reader.count()


def _aged(number: int, seconds: float) -> Event:
    event = an_event(number)
    return replace(event, raw=replace(event.raw, wall_ns=time.time_ns() - int(seconds * SECOND)))


def test_what_is_too_old_goes(store: EventStore, reader: EventReader) -> None:
    store.append([_aged(n, 7200) for n in range(500)])
    store.append([_aged(n, 1) for n in range(300)])
    store.set_retention(Retention(max_age_s=3600))
    assert reader.bounds() == (501, 800)


def test_marks_and_gaps_go_with_their_entries_and_numbers_are_not_used_again(
    store: EventStore, reader: EventReader
) -> None:
    store.append([_aged(n, 7200) for n in range(300)])
    store.notes.annotate(5, mark=True, comment="gone")
    store.set_retention(Retention(max_age_s=60))
    assert reader.bounds() == (300, 300), "the newest always stays"
    assert (reader.notes.marks(), reader.notes.comments()) == ([], {})
    assert store.append(some_events(1)) == 301


def test_limits_are_remembered_and_not_in_force_by_themselves(stores: Stores) -> None:
    limits = Retention(max_bytes=10**9, max_age_s=60.0, max_count=1_000)
    with stores.new() as store:
        assert (store.retention, store.stored_retention) == (None, None)
        store.set_retention(limits)
        assert store.retention == limits
        identity = store.id
    with stores.again(store) as again:
        assert (again.retention, again.stored_retention, again.id) == (None, limits, identity)
        again.use_stored_retention()
        assert again.retention == limits
        again.set_retention(None)
    with stores.again(store) as last:
        assert last.stored_retention is None


def test_many_are_marked_at_once_and_their_comments_stay(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(5))
    store.notes.annotate_all([(2, True, "both"), (4, False, "a comment")])
    store.notes.mark_all([1, 4], mark=True)
    assert (reader.notes.marks(), reader.notes.comments()) == ([1, 2, 4], {2: "both", 4: "a comment"})
    store.notes.mark_all([1, 2], mark=False)
    assert (reader.notes.marks(), reader.notes.comments()) == ([4], {2: "both", 4: "a comment"})


def test_excerpts_have_what_can_be_shown(store: EventStore, reader: EventReader) -> None:
    large = an_event(2, body=b"<a>" + b"x" * 10_000_000 + b"</a>")
    store.append([an_event(1), large, a_gap(3)])
    small, cut, gap = (reader.excerpt(sequence) for sequence in (1, 2, 3))
    assert small is not None
    assert (small.entry, small.size) == (an_event(1), len(an_event(1).raw.body))
    assert cut is not None
    assert isinstance(cut.entry, Event)
    assert (cut.size, large.raw.body.startswith(cut.entry.raw.body)) == (10_000_007, True)
    assert len(cut.entry.raw.body) < 10_000_007
    assert gap is not None
    assert (gap.entry, reader.excerpt(4)) == (a_gap(3), None)


def test_values_are_read_out_of_bodies(store: EventStore, reader: EventReader) -> None:
    column = FieldColumn("Id", ("*", "Id"))
    store.append(some_events(3))
    assert [row.values for row in reader.rows([3, 1], [column])] == [{column: "2"}, {column: "0"}]
    assert [row.values for row in reader.rows([1], [column], most_bytes=1)] == [{column: "…"}]


def test_values_are_read_out_of_properties_and_order_rows(store: EventStore, reader: EventReader) -> None:
    topic, qos = FieldColumn("Topic", ("$topic",)), FieldColumn("QoS", ("$qos",))
    named: list[Properties] = [{"topic": "b", "qos": 10}, {"topic": "a", "qos": 9}, {"other": True}]
    events = some_events(3)
    store.append([replace(one, raw=replace(one.raw, properties=own)) for one, own in zip(events, named, strict=True)])
    assert [row.values for row in reader.rows([1, 2, 3], [topic, qos])] == [
        {topic: "b", qos: "10"}, {topic: "a", qos: "9"}, {},
    ]  # fmt: skip
    assert list(reader.order_by(topic)) == [3, 2, 1]
    assert list(reader.order_by(qos)) == [3, 2, 1]


def test_a_closed_store_and_a_closed_reader_say_so(stores: Stores) -> None:
    with stores.new() as store:
        reader = store.reader()
    store.close()
    with pytest.raises(CaptureError, match="closed"):
        store.append(some_events(1))
    reader.close()
    reader.close()
    with pytest.raises(CaptureError, match="closed"):
        reader.count()


def _delivered(n: int, *, at: int, by: str = "", first: int | None = None, sender: str = "a") -> Event:
    """Return an event of a client, as it came ``by`` a proxy; ``first`` is when the first delivery came."""
    event = an_event(n)
    found: dict[str, PropertyValue] = {"sender_id": sender}
    if by:
        found["proxied_by"] = by
    if first is not None:
        found |= {"copy": 2, "copy_of": START + first}
    return replace(event, raw=replace(event.raw, wall_ns=START + at, properties=found))


def test_copies_are_found_with_what_they_repeat(store: EventStore, reader: EventReader) -> None:
    assert (reader.copies(), reader.deliveries(1)) == ([], [1])
    store.append([an_event(0), _delivered(1, at=10), _delivered(2, at=11)])
    store.append([_delivered(1, at=20, by="p", first=10), _delivered(1, at=21, by="q", first=10)])
    assert reader.copies() == [(4, 2), (5, 2)]
    assert (reader.copies(5, 9), reader.copies(1, 3)) == ([(5, 2)], [])
    assert [reader.deliveries(n) for n in (1, 2, 3, 5)] == [[1], [2, 4, 5], [3], [2, 4, 5]]
    assert [row.deliveries for row in reader.rows(range(1, 6))] == [1, 3, 1, 3, 3]


def test_what_was_stored_first_is_the_first_delivery(store: EventStore, reader: EventReader) -> None:
    """Two connections may store what they received in the other order."""
    store.append([_delivered(1, at=20, by="p", first=10)])
    store.append([_delivered(1, at=10), _delivered(1, at=21, by="q", first=10)])
    assert reader.copies() == [(2, 1), (3, 1)]
    assert reader.deliveries(2) == [1, 2, 3]


def test_what_only_says_that_it_is_a_copy_is_none(store: EventStore, reader: EventReader) -> None:
    store.append([_delivered(1, at=10), _delivered(2, at=11, first=10), _delivered(1, at=12, first=10, sender="b")])
    assert reader.copies() == []


def test_copies_of_what_retention_removed_keep_together(store: EventStore, reader: EventReader) -> None:
    store.set_retention(Retention(max_count=300))
    store.append([_delivered(1, at=10), _delivered(1, at=20, by="p", first=10)])
    store.append([_delivered(1, at=21, by="q", first=10), *some_events(299)])
    store.append(some_events(300))
    first, last = reader.bounds()
    assert first > 3
    assert (reader.copies(), reader.deliveries(last)) == ([], [last])
