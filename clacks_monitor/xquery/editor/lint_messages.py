"""Warnings about names, namespaces and values that no schema has.

Owner: lint. Thread: any; pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.suggestions import nearest
from clacks_monitor.xquery.editor.schema_paths import DOWN
from clacks_monitor.xquery.editor.vocabulary import AttributeWord, ElementWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.xquery import syntax as s
    from clacks_monitor.xquery.editor.schema_paths import SchemaPaths

_FEW: Final = 2
"""Names that are listed as the place of a problem; more are only counted."""
_MANY: Final = 6
"""Names that are listed as what there is instead."""


def unknown_element(axis: str, around: Sequence[ElementWord], known: Sequence[ElementWord], name: str) -> str:
    """That no schema has an element there, and what it may have instead."""
    where = _names(around)
    place = f"in {where}" if where else "at the top of an event"
    if axis.endswith("sibling"):
        place = f"beside {where}"
    if axis in DOWN:
        place = f"anywhere below {where}" if where else "anywhere in an event"
    if axis == "child" and where and not known:
        none = f"{where} has no elements" if len(around) == 1 else f"There are no elements in {where}"
        return f"{none}, so none named '{name}'.{_as_attribute(around, name)}"
    instead = _as_attribute(around, name) or _instead(name, [word.name for word in known if word.name])
    return f"No schema has an element '{name}' {place}.{instead}"


def unknown_attribute(around: Sequence[ElementWord], known: Sequence[AttributeWord], name: str) -> str:
    """That no schema has such an attribute, and which there are."""
    where = _names(around) or "the document"
    if not known:
        return f"{where} has no attributes, so none named '{name}'.{_as_element(around, name)}"
    instead = _as_element(around, name) or _instead(name, [word.name for word in known])
    return f"No schema has an attribute '{name}' for {where}.{instead}"


def _as_element(around: Sequence[ElementWord | AttributeWord], name: str) -> str:
    there = any(child.name == name for word in around if isinstance(word, ElementWord) for child in word.children)
    return " There is an element of that name: leave out the @." if there else ""


def _as_attribute(around: Sequence[ElementWord | AttributeWord], name: str) -> str:
    there = any(a.name == name for word in around if isinstance(word, ElementWord) for a in word.attributes)
    return f" There is an attribute of that name: write @{name}." if there else ""


def wrong_namespace(schemas: SchemaPaths, name: s.NameTest) -> str:
    """That the name is right, but not its namespace."""
    looked = f"in '{name.uri}'" if name.uri else "in no namespace"
    local = f"'{name.local}'" if name.local is not None else "what is here"
    hint = f" Write {schemas.prefix}:{name.local or '*'}." if schemas.prefix else ""
    return f"Events have {local} in the namespace '{schemas.namespace}', this looks for it {looked}.{hint}"


def unknown_value(place: Sequence[ElementWord | AttributeWord], value: str) -> str:
    """That no schema allows such a value, and which there are."""
    values = list(dict.fromkeys(v for word in place for v in word.values))
    return f"{_names(place)} never has the value '{value}'.{_instead(value, values)}"


def _names(place: Sequence[ElementWord | AttributeWord]) -> str:
    names = list(dict.fromkeys(word.name for word in place if word.name))
    if len(names) > _FEW:
        return f"any of {len(names)} elements"
    return " or ".join(f"'{name}'" for name in names)


def _instead(name: str, known: Sequence[str]) -> str:
    names = list(dict.fromkeys(known))
    close = nearest(name, names)
    if close:
        return f" Did you mean '{close}'?"
    if not names or len(names) > 2 * _MANY:
        return ""
    more = ", ..." if len(names) > _MANY else "."
    return f" There is {', '.join(names[:_MANY])}{more}"
