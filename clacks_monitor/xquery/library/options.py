"""Maps of options, as several functions take them.

Owner: xquery. Thread: any. Source: F&O 3.1, section 1.6: values are converted as if they were
arguments of a function, entries that are not known are ignored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import convert
from clacks_monitor.xquery.parsing.expressions import parser_of
from clacks_monitor.xquery.parsing.types import sequence_type

if TYPE_CHECKING:
    from clacks_monitor.xquery import syntax as s
    from clacks_monitor.xquery.datamodel.functions import Map
    from clacks_monitor.xquery.evaluation.frame import Items


def _type(text: str) -> s.SequenceType:
    return sequence_type(parser_of(text))


BOOLEAN = _type("xs:boolean")
STRING = _type("xs:string")
TO_STRING = _type("function(xs:string) as xs:string")


def option(options: Map | None, name: str, wanted: s.SequenceType) -> Items | None:
    """The value of an option, converted to its type; None if it is not given; XPTY0004."""
    found = None if options is None else options.entry(name)
    if found is None:
        return None
    try:
        return convert(found[1], wanted)
    except QueryError as error:
        raise QueryError("XPTY0004", Message("The option '{0}' has a wrong value: {1}", name, error.reason)) from None


def flag(options: Map | None, name: str) -> bool:
    """The value of a boolean option, false if it is not given."""
    found = option(options, name, BOOLEAN)
    return bool(found and found[0])


def choice(options: Map | None, name: str, allowed: tuple[str, ...], default: str) -> str:
    """The value of an option that names one of several ways; FOJS0005."""
    found = option(options, name, STRING)
    if found is None:
        return default
    if found[0] not in allowed:
        raise QueryError("FOJS0005", Message("'{0}' is not a value of the option '{1}'.", found[0], name))
    return str(found[0])
