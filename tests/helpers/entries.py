"""Events and gaps for tests that need some: predictable ones, and strategies for any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from clacks_monitor.core.event import (
    BodyKind,
    Event,
    Gap,
    GapCause,
    Problem,
    ProblemKind,
    Properties,
    RawMessage,
)

if TYPE_CHECKING:
    from clacks_monitor.core.store import EventReader


SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
TYPES = ("PhoneStatus", "ClientPoll", "NodeStatus")


def an_event(number: int, *, body: bytes | None = None, kind: str | None = None, connection: str = "office") -> Event:
    """Return event ``number``: one a second, types in turn."""
    name = kind if kind is not None else TYPES[number % len(TYPES)]
    text = f'<Event xmlns="http://www.gonicus.de/Events"><{name}><Id>{number}</Id></{name}></Event>'
    properties: Properties = {"n": number, "even": number % 2 == 0} if number % 5 == 0 else {}
    raw = RawMessage(
        connection=connection,
        wall_ns=START + number * SECOND,
        monotonic_ns=number * SECOND,
        body=text.encode() if body is None else body,
        subject="event",
        content_type="text/xml",
        properties=properties,
    )
    return Event(raw, name, f"{name} number {number}")


def some_events(count: int, first: int = 0) -> list[Event]:
    """Return ``count`` events from number ``first``."""
    return [an_event(number) for number in range(first, first + count)]


def a_gap(second: int = 10, *, lost: int = -1) -> Gap:
    """Return a gap of five seconds that ends at ``second``."""
    end = START + second * SECOND
    return Gap("office", end - 5 * SECOND, end, GapCause.CONNECTION_LOST, "the broker closed the connection", lost)


INT64 = st.integers(-(2**63) + 1, 2**63 - 1)
TEXT = st.text(max_size=40)
ANY_TEXT = st.text(st.characters(codec=None), max_size=20)
PROPERTY = st.one_of(ANY_TEXT, st.integers(), st.floats(), st.booleans())
BODIES = st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode), st.just(b"<a>]]>\r\n\t</a>" * 500))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Draw an event of any content that a message can have."""
    raw = RawMessage(
        connection=draw(TEXT),
        wall_ns=draw(INT64),
        monotonic_ns=draw(INT64),
        body=draw(BODIES),
        kind=draw(st.sampled_from(BodyKind)),
        subject=draw(TEXT),
        content_type=draw(TEXT),
        message_id=draw(TEXT),
        user_id=draw(TEXT),
        creation_ns=draw(INT64),
        properties=draw(st.dictionaries(TEXT, PROPERTY, max_size=4)),
    )
    fault = st.builds(Problem, st.sampled_from(ProblemKind), TEXT, st.integers(0, 1_000_000), st.integers(0, 1_000_000))
    return Event(raw, draw(TEXT), draw(TEXT), draw(st.none() | fault))


gaps = st.builds(Gap, TEXT, INT64, INT64, st.sampled_from(GapCause), TEXT, st.integers(-1, 2**62))
entries = st.lists(st.one_of(events(), gaps), max_size=8)


def counts_by_type(reader: EventReader, *span: int) -> dict[str, int]:
    """Return how many events of each type a store has."""
    return {tally.type: tally.count for tally in reader.statistics.type_counts(*span)}
