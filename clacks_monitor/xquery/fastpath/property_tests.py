"""Queries as tests of properties, for brokers that evaluate these (RabbitMQ's streams): all of the tests have to pass.

Only what means the same there is translated. A property is a text here also where AMQP has a character, a UUID, a list
or a map, which are no texts to a broker, and where bytes that are no UTF-8 are shown with backslashes: a literal that
could be one of those is not translated. Where a property is missing, or not a text, the query is an error, which is no
match.

Owner: engine. Thread: any; pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.portable_query import PropertyTest
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TESTS: Final = 16
"""As many as RabbitMQ takes in one filter."""

MAX_NAME: Final = 255
"""Bytes of a property's name."""

_LIKE_A_UUID: Final = re.compile(r"[0-9a-fA-F-]{1,36}")
_HIDDEN: Final = "x-"
"""How the names of properties begin that RabbitMQ takes for headers of its own."""


class _NotATestError(Exception):
    """A part of the query is something else."""


def property_tests(module: s.Module, text: str) -> tuple[PropertyTest, ...]:
    """Return the tests that together are the query; none for a query that is something else."""
    declared = [one.name for one in module.variables if one.external and one.value is None and one.type is None]
    # The tree keeps no trace of a default collation, which the comparisons would follow.
    if module.functions or module.context_item or len(declared) != len(module.variables) or "collation" in text:
        return ()
    try:
        tests = tuple(_tests(module.body))
    except (_NotATestError, RecursionError):
        return ()
    names = [test.name for test in tests]
    # A declared property that is missing is an error, so that each has to be tested.
    known = sorted(names) == sorted(name.local for name in declared) and len(set(names)) == len(names)
    return tests if known and 0 < len(tests) <= MAX_TESTS else ()


def _tests(expr: s.Expr) -> Iterator[PropertyTest]:
    match expr:
        case s.And(left=left, right=right):
            yield from _tests(left)
            yield from _tests(right)
        case s.GeneralComparison(operator="=", left=s.Variable(name=name), right=s.Literal(value=str() as text)):
            yield _test(name, text, prefix=False)
        case s.GeneralComparison(operator="=", left=s.Literal(value=str() as text), right=s.Variable(name=name)):
            yield _test(name, text, prefix=False)
        case s.FunctionCall(name=called, arguments=(s.Variable(name=name), s.Literal(value=str() as text))) if (
            called == s.Name(FN_NS, "starts-with")
        ):
            yield _test(name, text, prefix=True)
        case _:
            raise _NotATestError


def _test(name: s.Name, text: str, *, prefix: bool) -> PropertyTest:
    if name.uri or is_hidden(name.local) or len(name.local.encode()) > MAX_NAME or is_ambiguous(text):
        raise _NotATestError
    return PropertyTest(name.local, text, prefix)


def is_ambiguous(text: str) -> bool:
    """Return whether a property that is such a text here may be something else to a broker."""
    return len(text) <= 1 or "\\" in text or text[0] in "[{" or _LIKE_A_UUID.fullmatch(text) is not None


def is_hidden(name: str) -> bool:
    """Return whether RabbitMQ takes a property for a header of its own."""
    return name.startswith(_HIDDEN)
