"""Parts of XPath 1.0 expressions: their types, where they mean the same, and the state of a translation.

Role: what ``paths`` and ``translation`` build. Owner: translation. Thread: any; the values are frozen, a ``Translator``
belongs to one translation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.fastpath.name_precheck import Precheck, always, unknown
from clacks_monitor.xquery.namespaces import XML_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clacks_monitor.core.messages import Message
    from clacks_monitor.xquery import syntax as s

ABSOLUTE: Final = -1
"""The depth of what means the same everywhere in a query."""
SELF: Final = "self::node()"


class NotProvableError(Exception):
    """Why a query cannot take the fast path: half a sentence, and where (offset in the text)."""

    def __init__(self, reason: Message, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


@dataclass(frozen=True, slots=True)
class XPathValue:
    """A piece of XPath 1.0: its text, the depth where it means this, the power of its work."""

    text: str
    depth: int
    degree: int = 0


@dataclass(frozen=True, slots=True)
class XPathString(XPathValue):
    """One string for sure."""


@dataclass(frozen=True, slots=True)
class XPathNumber(XPathValue):
    """One integer for sure."""


@dataclass(frozen=True, slots=True)
class XPathBoolean(XPathValue):
    """One boolean for sure; ``precheck`` is what an event's names decide about it."""

    precheck: Precheck = unknown


@dataclass(frozen=True, slots=True)
class XPathNodeSet(XPathValue):
    """Nodes in document order without repetition.

    ``single``: at most one for sure. ``simple``: a step or a predicate may be appended as it is.
    ``attributes``: there may be attributes among them. ``precheck``: whether there are any, as far as an
    event's names decide it. ``names``: the steps from the document, where these are nothing but names.
    """

    single: bool = False
    simple: bool = True
    attributes: bool = False
    precheck: Precheck = unknown
    names: tuple[s.NameTest, ...] | None = None

    def as_base(self) -> str:
        """Give the text in a form that takes a predicate or a step."""
        return self.text if self.simple else f"({self.text})"

    def loop_degree(self) -> int:
        """Give the power of the work when something is done for each of the nodes."""
        return self.degree if self.single else max(self.degree, 1)


DOCUMENT: Final = XPathNodeSet("/", ABSOLUTE, single=True, simple=False, precheck=always, names=())
WITHIN: Final = XPathNodeSet(SELF, 0, single=True, precheck=always, names=())
"""The document where it is one of many elements in a common one; see ``matching.batch``."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands: its context item, its depth of predicates, its variables."""

    item: XPathNodeSet
    depth: int
    variables: Mapping[s.Name, XPathValue]
    in_predicate: bool = False

    def bind(self, name: s.Name, value: XPathValue) -> Context:
        """Add a variable."""
        return replace(self, variables={**self.variables, name: value})

    def deeper(self) -> Context:
        """Go one level deeper for a bound variable; the context item stays the one of outside."""
        return replace(self, depth=self.depth + 1, in_predicate=False)

    def item_of(self, source: XPathNodeSet) -> XPathNodeSet:
        """One of ``source``, as seen one level deeper."""
        return XPathNodeSet(SELF, self.depth + 1, single=True, attributes=source.attributes)


def joined_depth(parts: Iterable[XPathValue]) -> int:
    """Give the depth of what consists of these parts: absolute if they all are."""
    return max((part.depth for part in parts), default=ABSOLUTE)


class Translator:
    """The state of one translation: its namespaces, its variables, and how conditions are translated.

    ``within``: for a document that is one of many elements, which nothing may leave or take for an element.
    ``prefixed``: whether names in a namespace are written with a prefix, else as conditions on ``namespace-uri()``.
    ``translate_condition`` is the production to which those of paths come back for their predicates.
    """

    def __init__(
        self,
        translate_condition: Callable[[Translator, s.Expr, Context], XPathBoolean],
        *,
        within: bool,
        prefixed: bool,
    ) -> None:
        self.within = within
        self.prefixed = prefixed
        self.document = WITHIN if within else DOCUMENT
        self.namespaces: dict[str, str] = {}
        self.strings: dict[str, None] = {}
        self.constants: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        self._condition = translate_condition

    def condition(self, expr: s.Expr, context: Context) -> XPathBoolean:
        """Translate to an effective boolean value."""
        return self._condition(self, expr, context)

    def prefix_of(self, uri: str) -> str:
        """Return the prefix that the expression has for a namespace."""
        if uri == XML_NS:
            return "xml"
        prefix = self._prefixes.get(uri)
        if prefix is None:
            prefix = self._prefixes[uri] = f"n{len(self._prefixes)}"
            self.namespaces[prefix] = uri
        return prefix

    def quoted(self, text: str) -> str:
        """Return a string literal, or the variable for one: XPath 1.0 has no escapes for a text with both quotes."""
        if "'" not in text:
            return f"'{text}'"
        if '"' not in text:
            return f'"{text}"'
        name = f"c_{len(self.constants)}"
        self.constants[name] = text
        return f"${name}"
