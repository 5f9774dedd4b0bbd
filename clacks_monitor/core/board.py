"""Boards of states: the current state of each client, phone number or other key that events are about.

A definition names the event types that matter, where the key is in them, and the state that follows; a Board processes
events in order and keeps the latest state of each key. A Board belongs to one thread; its rows are values.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.board_history import BoardHistory
from clacks_monitor.core.board_spans import SpanLane, spans_shown
from clacks_monitor.core.field_reader import texts_at
from clacks_monitor.core.hardened import hardened_parser, oversize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clacks_monitor.core.board_spans import SpansShown, SpansWanted

MAX_KEYS = 5_000
"""Maximum number of keys of a board; beyond it the one seen longest ago is removed."""
MAX_KEY = 200
MAX_VALUE = 300
"""Characters of a state and of each text of a row: 5,000 rows of them are sent to the window."""
MAX_SPELLINGS = 8
"""Spellings of a key that are remembered, to find its events again."""
MOODS = ("quiet", "good", "warn", "bad", "active")


@dataclass(frozen=True, slots=True)
class Rule:
    """The effect of events of ``type``. Paths go from the event's own element down, an attribute last and with "@".

    ``key`` is where the key is - several of them with blanks between, if it is a ``listed`` one - or, without one,
    the event is about all keys whose state is in ``every``. With ``within`` the event is about a place that is named
    there: keys of different places are different ones, ``rest`` is the state that follows for all keys of the place
    that are not named in the event, and without a key the values are those of the place.

    The state is ``state``, or else the value at ``state_of``, translated by ``states`` if those are given: then another
    value is ignored. ``values`` are columns and where their texts are, "#path" for a number of elements; columns in
    ``clears`` lose their text first.
    """

    type: str
    key: str = ""
    listed: bool = False
    every: tuple[str, ...] = ()
    within: str = ""
    rest: str = ""
    state: str = ""
    state_of: str = ""
    states: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another way to write a key: ``starts`` at its beginning stands for ``becomes``.

    With a ``length`` it is about keys of so many characters only.
    """

    starts: str
    becomes: str
    length: int = 0

    def fits(self, text: str) -> bool:
        """Return whether a key is written so."""
        return text.startswith(self.starts) and self.length in {0, len(text)}

    def of(self, text: str) -> str:
        """Return the key that a text which fits stands for."""
        return self.becomes + text[len(self.starts) :]


@dataclass(frozen=True, slots=True)
class StateName:
    """How a state is shown: its label, and one of MOODS."""

    word: str
    mood: str = "quiet"


@dataclass(frozen=True, slots=True)
class BoardDefinition:
    """A board, in one language; ``columns`` are headings by the names that rules use.

    ``states`` stand in the order in which they matter; ``lead`` is the column that is read before the key, if any.
    Of ``spellings`` the first that fits makes one key of what is written in several ways, also in the columns
    ``spelled``. Times in the states ``spans`` are shown as bars over time.
    """

    id: str
    title: str
    key_title: str
    columns: Mapping[str, str]
    states: Mapping[str, StateName]
    rules: tuple[Rule, ...]
    lead: str = ""
    spellings: tuple[Spelling, ...] = ()
    spelled: frozenset[str] = frozenset()
    spans: frozenset[str] = frozenset()

    def key_of(self, text: str) -> str:
        """Return the key that stands in an event as ``text``."""
        return next((spelling.of(text) for spelling in self.spellings if spelling.fits(text)), text)

    @property
    def types(self) -> frozenset[str]:
        """The event types that matter to it."""
        return frozenset(rule.type for rule in self.rules)

    def state_name(self, state: str) -> StateName:
        """Return how a state is shown; one that is not named is shown as it is."""
        return self.states.get(state) or StateName(state)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """The state of a key: since when it has that state, and when and in which entry it was last seen.

    ``values`` are the texts of the definition's columns in their order; ``spellings`` is how the key was written in
    events, where that may differ from it, and ``place`` the place it belongs to. ``before`` is the state before it, ""
    for none, which lasted ``before_s``.
    """

    key: str
    state: str
    since_ns: int
    seen_ns: int
    sequence: int
    values: tuple[str, ...]
    spellings: tuple[str, ...] = ()
    before: str = ""
    before_s: float = 0.0
    place: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in its events: its place, or the spellings of the key."""
        return (self.place,) if self.place else self.spellings or (self.key,)


@dataclass(slots=True)
class _Known:
    state: str = ""
    since_ns: int = 0
    seen_ns: int = 0
    sequence: int = 0
    values: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, None] = field(default_factory=dict)
    place: str = ""

    def spell(self, text: str) -> None:
        """Remember how the key was written in an event; only the latest spellings are kept."""
        self.spellings.pop(text, None)
        self.spellings[text] = None
        if len(self.spellings) > MAX_SPELLINGS:
            del self.spellings[next(iter(self.spellings))]


@dataclass(slots=True)
class _Place:
    """What is known of a place: its keys, and texts of columns."""

    keys: dict[str, None] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A state, and the time and number of the event with which it begins."""

    state: str
    wall_ns: int
    sequence: int


class Board:
    """The states of one definition, updated by events."""

    def __init__(self, definition: BoardDefinition) -> None:
        self.definition = definition
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._places: OrderedDict[str, _Place] = OrderedDict()
        self._rules: dict[str, list[Rule]] = {}
        for rule in definition.rules:
            self._rules.setdefault(rule.type, []).append(rule)
        self._parser = hardened_parser()
        self.history = BoardHistory()
        self._reads: dict[str, Callable[[etree._Element], list[str]]] = {}

    def receive(self, name: str, body: bytes, wall_ns: int, sequence: int) -> None:
        """Process the next event; those of other types are ignored."""
        rules = self._rules.get(name)
        if rules is None:
            return
        if oversize(body):
            return
        try:
            root = etree.fromstring(body, self._parser)
        except (etree.XMLSyntaxError, ValueError):
            return
        element = next(root.iterchildren(etree.Element), None)
        if element is None or etree.QName(element).localname != name:
            return
        for rule in rules:
            self._apply(rule, element, wall_ns, sequence)

    def _apply(self, rule: Rule, element: etree._Element, wall_ns: int, sequence: int) -> None:
        state = self._state(rule, element)
        place = self._text(rule.within, element)[:MAX_KEY] if rule.within else ""
        if state is None or (rule.within and not place):
            return
        for key, other in self._known.items() if rule.every else ():
            if other.state in rule.every:
                self._change(key, other, state, wall_ns, sequence)
        found = ((column, self._value(column, path, element)) for column, path in rule.values.items())
        values = {column: text for column, text in found if text}
        keys = self._keys(rule, element) if rule.key else []
        if place:
            self._enter(place, rule, values)
        named = [self._see(text, place, rule, values, _Moment(state, wall_ns, sequence)) for text in keys]
        if rule.rest:
            self._leave(place, named, _Moment(rule.rest, wall_ns, sequence))
        while len(self._known) > MAX_KEYS:
            oldest, known = self._known.popitem(last=False)
            self.history.forget(oldest)
            if known.place:
                del self._places[known.place].keys[oldest]

    def _see(self, text: str, place: str, rule: Rule, values: Mapping[str, str], moment: _Moment) -> str:
        """Process that an event names a key; return the key."""
        key = self.definition.key_of(text)
        if place:
            key = f"{key} @ {place}"
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Known(place=place)
            if place:
                known.values.update(self._places[place].values)
                self._places[place].keys[key] = None
        self._known.move_to_end(key)
        if self.definition.spellings or place:
            known.spell(text)
        self._change(key, known, moment.state, moment.wall_ns, moment.sequence)
        known.seen_ns, known.sequence = moment.wall_ns, moment.sequence
        known.values.update(dict.fromkeys(rule.clears, ""))
        known.values.update(values)
        return key

    def _enter(self, place: str, rule: Rule, values: Mapping[str, str]) -> None:
        """Remember a place, and what an event without keys says about it and so about its keys."""
        here = self._places.setdefault(place, _Place())
        self._places.move_to_end(place)
        if not rule.key:
            here.values.update(values)
            for key in here.keys:
                self._known[key].values.update(values)
        while len(self._places) > MAX_KEYS:
            for key in self._places.popitem(last=False)[1].keys:
                del self._known[key]
                self.history.forget(key)

    def _leave(self, place: str, named: Sequence[str], moment: _Moment) -> None:
        """Process that the other keys of a place are not named."""
        for key in self._places[place].keys.keys() - set(named):
            known = self._known[key]
            self._change(key, known, moment.state, moment.wall_ns, moment.sequence)
            known.seen_ns, known.sequence = moment.wall_ns, moment.sequence

    def _change(self, key: str, known: _Known, state: str, wall_ns: int, sequence: int) -> None:
        if state != known.state:
            known.state, known.since_ns = state, wall_ns
            self.history.add(key, state, wall_ns, sequence)

    def _state(self, rule: Rule, element: etree._Element) -> str | None:
        """Return the state that follows, None when the event does not change it."""
        if not rule.state_of:
            return rule.state
        found = self._text(rule.state_of, element)
        return rule.states.get(found) if rule.states else found or None

    def _keys(self, rule: Rule, element: etree._Element) -> list[str]:
        texts = self._texts(rule.key, element)
        keys = [key for text in texts for key in text.split()] if rule.listed else texts
        return list(dict.fromkeys(key[:MAX_KEY] for key in keys))

    def _value(self, column: str, path: str, element: etree._Element) -> str:
        if column not in self.definition.spelled:
            return self._text(path, element)
        key_of = self.definition.key_of
        return ", ".join(" ".join(map(key_of, text.split())) for text in self._texts(path, element))[:MAX_VALUE]

    def _text(self, path: str, element: etree._Element) -> str:
        if path.startswith("#"):
            return str(len(element.findall("/".join(f"{{*}}{step}" for step in path[1:].split("/")))) or "")
        return ", ".join(self._texts(path, element))[:MAX_VALUE]

    def _texts(self, path: str, element: etree._Element) -> list[str]:
        if path not in self._reads:
            self._reads[path] = texts_at(tuple(path.split("/")))
        return [text[:MAX_VALUE] for text in self._reads[path](element)]

    def spans(self, wanted: SpansWanted, gaps: Sequence[tuple[int, int]] = ()) -> SpansShown:
        """Return the times in the definition's ``spans`` as bars; in ``gaps`` events could be missed."""
        return spans_shown(self.history.keys(), self.definition.spans, wanted, self._lane, gaps)

    def _lane(self, key: str) -> SpanLane:
        known = self._known[key]
        lead = known.values.get(self.definition.lead)
        if known.place:
            return SpanLane(key, f"{next(reversed(known.spellings))} @ {lead or known.place}", (known.place,))
        return SpanLane(key, lead or key, tuple(known.spellings) or (key,))

    def rows(self) -> tuple[BoardRow, ...]:
        """Return the rows, the key seen longest ago first."""
        columns = self.definition.columns
        return tuple(
            BoardRow(
                key,
                known.state,
                known.since_ns,
                known.seen_ns,
                known.sequence,
                tuple(known.values.get(column, "") for column in columns),
                tuple(known.spellings),
                *self.history.before(key),
                known.place,
            )
            for key, known in self._known.items()
        )
