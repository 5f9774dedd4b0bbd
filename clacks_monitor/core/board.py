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
from clacks_monitor.core.field_reader import texts_at
from clacks_monitor.core.hardened import hardened_parser, oversize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    the event is about all keys whose state is in ``every``. The state is ``state``, or else the value at ``state_of``,
    translated by ``states`` if those are given: then another value is ignored. ``values`` are columns and where
    their texts are, "#path" for a number of elements; columns in ``clears`` lose their text first.
    """

    type: str
    key: str = ""
    listed: bool = False
    every: tuple[str, ...] = ()
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
    ``spelled``.
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
    events, where that may differ from it. ``before`` is the state before it, "" for none, which lasted ``before_s``.
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

    @property
    def texts(self) -> tuple[str, ...]:
        """The spellings of this key in events."""
        return self.spellings or (self.key,)


@dataclass(slots=True)
class _Known:
    state: str = ""
    since_ns: int = 0
    seen_ns: int = 0
    sequence: int = 0
    values: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, None] = field(default_factory=dict)

    def spell(self, text: str) -> None:
        """Remember how the key was written in an event; only the latest spellings are kept."""
        self.spellings.pop(text, None)
        self.spellings[text] = None
        if len(self.spellings) > MAX_SPELLINGS:
            del self.spellings[next(iter(self.spellings))]


class Board:
    """The states of one definition, updated by events."""

    def __init__(self, definition: BoardDefinition) -> None:
        self.definition = definition
        self._known: OrderedDict[str, _Known] = OrderedDict()
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
        if state is None:
            return
        if not rule.key:
            for key, other in self._known.items():
                if other.state in rule.every:
                    self._change(key, other, state, wall_ns, sequence)
            return
        values = {column: self._value(column, path, element) for column, path in rule.values.items()}
        for text in self._keys(rule, element):
            key = self.definition.key_of(text)
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = _Known()
            self._known.move_to_end(key)
            if self.definition.spellings:
                known.spell(text)
            self._change(key, known, state, wall_ns, sequence)
            known.seen_ns, known.sequence = wall_ns, sequence
            known.values.update(dict.fromkeys(rule.clears, ""))
            known.values.update({column: text for column, text in values.items() if text})
        while len(self._known) > MAX_KEYS:
            self.history.forget(self._known.popitem(last=False)[0])

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
            )
            for key, known in self._known.items()
        )
