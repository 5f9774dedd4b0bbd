"""Warnings about names, namespaces and values that no schema has, and what to write instead.

Owner: lint. Thread: any; pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from clacks_monitor.core.messages import Message
from clacks_monitor.core.suggestions import nearest
from clacks_monitor.xquery.editor.schema_paths import DOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.xquery import syntax as s
    from clacks_monitor.xquery.editor.schema_paths import SchemaPaths
    from clacks_monitor.xquery.editor.vocabulary import AttributeWord, ElementWord

_FEW: Final = 2
"""Names that are listed as the place of a problem; more are only counted."""
_MANY: Final = 6
"""Names that are listed as what there is instead."""


class Suggestion(NamedTuple):
    """What is wrong at a place in a query, and what to do; ``right`` is written for ``wrong``, "" when not known."""

    problem: str
    hint: str = ""
    wrong: str = ""
    right: str = ""


def unknown_element(axis: str, around: Sequence[ElementWord], known: Sequence[ElementWord], name: str) -> Suggestion:
    """That no schema has an element there, and what it may have instead."""
    none = _no_element(axis, _names(around), name, len(around), known=bool(known))
    if any(a.name == name for word in around for a in word.attributes):
        hint = Message("There is an attribute of that name: write @{0}.", name)
        return Suggestion(none, hint, name, f"@{name}")
    return _suggestion(none, name, [word.name for word in known if word.name])


def _no_element(axis: str, where: str, name: str, count: int, *, known: bool) -> Message:
    if axis in DOWN:
        if not where:
            return Message("No schema has an element '{0}' anywhere in an event.", name)
        return Message("No schema has an element '{0}' anywhere below {1}.", name, where)
    if axis.endswith("sibling"):
        return Message("No schema has an element '{0}' beside {1}.", name, where)
    if not where:
        return Message("No schema has an element '{0}' at the top of an event.", name)
    if axis == "child" and not known:
        if count == 1:
            return Message("{1} has no elements, so none named '{0}'.", name, where)
        return Message("There are no elements in {1}, so none named '{0}'.", name, where)
    return Message("No schema has an element '{0}' in {1}.", name, where)


def unknown_attribute(around: Sequence[ElementWord], known: Sequence[AttributeWord], name: str) -> Suggestion:
    """That no schema has such an attribute, and which there are."""
    where = _names(around) or Message("the document")
    if known:
        none = Message("No schema has an attribute '{0}' for {1}.", name, where)
    else:
        none = Message("{1} has no attributes, so none named '{0}'.", name, where)
    if any(child.name == name for word in around for child in word.children):
        hint = Message("There is an element of that name: leave out the @.")
        return Suggestion(none, hint, f"@{name}", f"*:{name}")
    return _suggestion(none, name, [word.name for word in known])


def wrong_namespace(schemas: SchemaPaths, name: s.NameTest) -> Suggestion:
    """That the name is right, but not its namespace."""
    local = name.local or "*"
    right = f"{schemas.prefix or '*'}:{local}"
    place = f"'{name.uri}'" if name.uri else Message("no namespace")
    text = Message(
        "Events have '{0}' in the namespace '{1}', this looks for it in {2}.", local, schemas.namespace, place
    )
    if right == "*:*":
        return Suggestion(text)
    return Suggestion(text, Message("Write {0}.", right), local, right)


def unknown_value(place: Sequence[ElementWord | AttributeWord], value: str) -> Suggestion:
    """That no schema allows such a value, and which there are."""
    values = list(dict.fromkeys(v for word in place for v in word.values))
    return _suggestion(Message("{0} never has the value '{1}'.", _names(place), value), value, values)


def unseen_value(place: Sequence[ElementWord | AttributeWord], value: str, seen: Sequence[str]) -> Suggestion | None:
    """That no event had such a value so far, but one like it; None where there is none like it."""
    close = nearest(value, seen)
    if not close:
        return None
    problem = Message("No event so far has the value '{1}' in {0}.", _names(place), value)
    return Suggestion(problem, Message("Did you mean '{0}'?", close), value, close)


def not_a_condition() -> Suggestion:
    """That the query has the same answer for every event."""
    return Suggestion(Message("This is a value and not a condition: the answer is the same for every event."))


def joined() -> Suggestion:
    """That ``||`` is no ``or``."""
    return Suggestion(Message("|| joins two texts."), Message("Write or between two conditions."))


def truth(name: str) -> Suggestion:
    """That true and false are functions."""
    right = f"{name}()"
    return Suggestion(Message("'{0}' is an element's name here.", name), Message("Write {0}.", right), name, right)


def _names(place: Sequence[ElementWord | AttributeWord]) -> str:
    names = list(dict.fromkeys(word.name for word in place if word.name))
    if len(names) > _FEW:
        return Message("any of {0} elements", len(names))
    quoted = [f"'{name}'" for name in names]
    return Message("{0} or {1}", *quoted) if len(quoted) > 1 else "".join(quoted)


def _suggestion(problem: Message, name: str, known: Sequence[str]) -> Suggestion:
    """Return a problem with a name, and which of the known ones may be meant."""
    names = list(dict.fromkeys(known))
    close = nearest(name, names)
    if close:
        return Suggestion(problem, Message("Did you mean '{0}'?", close), name, close)
    if not names or len(names) > 2 * _MANY:
        return Suggestion(problem)
    more = ", ..." if len(names) > _MANY else "."
    return Suggestion(problem, Message("There is {0}{1}", ", ".join(names[:_MANY]), more))
