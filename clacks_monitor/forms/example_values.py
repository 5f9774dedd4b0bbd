"""Example values of a simple type.

Candidates are proposed by kind, bounds, lengths and patterns; the type's own check selects among them. Thread: any.
"""

from __future__ import annotations

import base64
import itertools
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from clacks_monitor.forms import pattern
from clacks_monitor.forms.spec import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.forms.spec import SimpleSpec

__all__ = ["example_value"]

_LONGEST: Final = 100_000
"""A type with a minimum length above this has no example value."""
_TRIES: Final = 400
_MAX_LIST: Final = 10_000
"""A longer list is not an example."""
_ITEMS: Final = 12
"""After this many different items of a list they begin again: finding the n-th costs n checks."""
_BY_BUILTIN: Final[dict[str, tuple[str, ...]]] = {
    "boolean": ("true", "false", "1", "0"),
    "float": ("0.5", "1", "2.25", "100", "-1", "1E3"),
    "double": ("0.5", "1", "2.25", "100", "-1", "1E3"),
    "date": ("2024-05-31", "2024-06-01", "2024-05-31Z", "1999-12-31", "2030-01-01"),
    "time": ("14:30:00", "14:31:00", "14:30:00Z", "09:00:00", "23:59:59"),
    "dateTime": ("2024-05-31T14:30:00", "2024-05-31T14:31:00", "2024-05-31T14:30:00Z", "1999-12-31T23:59:59Z"),
    "duration": ("PT5M", "PT6M", "P1D", "P1Y", "P1M", "PT1S"),
    "gYear": ("2024", "2025", "1999"),
    "gYearMonth": ("2024-05", "2024-06", "1999-12"),
    "gMonth": ("--05", "--06", "--12"),
    "gMonthDay": ("--05-31", "--06-01", "--12-24"),
    "gDay": ("---31", "---01", "---15"),
    "anyURI": ("https://example.org/a", "https://example.org/b", "urn:a:b", "a"),
    "language": ("en", "de", "en-GB", "fr"),
    "ID": ("id1", "id2", "id3"),
    "IDREF": ("id1", "id2", "id3"),
    "IDREFS": ("id1",),
    "ENTITY": ("entity",),
    "ENTITIES": ("entity",),
    "NMTOKENS": ("one two", "three"),
    "QName": ("name", "other", "third"),
    "NOTATION": (),
}
_NAMES: Final = frozenset({"Name", "NCName", "ID", "IDREF", "NMTOKEN", "QName"})


def example_value(spec: SimpleSpec, variation: int = 0) -> str | None:
    """Return an allowed value; another variation gives another one where there are others.

    None when none of the candidates is allowed.
    """
    good: list[str] = []
    for candidate in itertools.islice(_candidates(spec, variation), _TRIES):
        if candidate not in good and spec.check(candidate) is None:
            good.append(candidate)
            if len(good) > variation:
                break
    return good[variation % len(good)] if good else None


def _candidates(spec: SimpleSpec, variation: int) -> Iterator[str]:
    if spec.choices:
        yield from (item.value for item in spec.choices)
        return
    if spec.kind is Kind.LIST and spec.item is not None:
        yield from _lists(spec, spec.item, variation)
    for member in spec.members:
        found = example_value(member, variation)
        if found is not None:
            yield found
    yield from _from_patterns(spec, variation)
    if spec.kind in {Kind.INTEGER, Kind.DECIMAL}:
        yield from _numbers(spec)
    yield from _at_bounds(spec)
    yield from _BY_BUILTIN.get(spec.builtin, ())
    if spec.kind in {Kind.HEX, Kind.BASE64}:
        yield from _binary(spec)
    elif spec.kind is Kind.PARTIAL_DATE or spec.builtin in {"date", "dateTime", "time", "duration"}:
        return
    else:
        yield from _texts(spec, variation)


def _lists(spec: SimpleSpec, item: SimpleSpec, variation: int) -> Iterator[str]:
    low, high = spec.minimum_length or 0, spec.maximum_length
    wanted = max(low, 2 if high is None else min(2, high))
    for count in dict.fromkeys((wanted, low, 1, 0)):
        if count <= _MAX_LIST:
            found = [example_value(item, variation + index) for index in range(min(count, _ITEMS))]
            some = [value for value in found if value is not None]
            if len(some) == len(found):
                yield " ".join(itertools.islice(itertools.cycle(some), count))


def _from_patterns(spec: SimpleSpec, variation: int) -> Iterator[str]:
    low, high = spec.minimum_length or 0, spec.maximum_length
    for step in spec.patterns:
        for item in step:
            for extra in range(variation + 1):
                for longer in (0, 1, 2, 4):
                    least = low + longer if high is None else min(low + longer, high)
                    found = pattern.example(item, at_least=least, at_most=high, variation=extra)
                    if found is not None:
                        yield found


def _numbers(spec: SimpleSpec) -> Iterator[str]:
    low, high = _decimal(spec.bounds.minimum), _decimal(spec.bounds.maximum)
    step = Decimal(1)
    if spec.kind is Kind.DECIMAL and spec.fraction_digits != 0:
        step = Decimal(1).scaleb(-min(spec.fraction_digits or 2, 6))
        if low is None and high is None:
            yield from ("12.5", "3.25")
    begin = low if low is not None else (high - 10 * step if high is not None else Decimal(1))
    for count in range(12):
        yield f"{begin + count * step:f}"
    if low is not None and high is not None:
        yield f"{(low + high) / 2:f}"
    yield from (str(number) for number in range(12))


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _at_bounds(spec: SimpleSpec) -> Iterator[str]:
    for bound in (spec.bounds.minimum, spec.bounds.maximum):
        if bound is not None:
            yield bound
            number = _decimal(bound)
            if number is not None and number.is_finite():
                yield from (f"{number + 1:f}", f"{number - 1:f}", f"{number + Decimal('0.001'):f}")
                yield f"{number - Decimal('0.001'):f}"
            elif number is None:
                yield from _near_date(bound)


def _near_date(bound: str) -> Iterator[str]:
    """Dates beside an excluded bound: other years, days, minutes."""
    for old, new in (("01", "02"), ("12-31", "12-30"), ("00:00", "00:01"), ("2000", "2001"), ("1", "2"), ("9", "8")):
        if old in bound:
            yield bound.replace(old, new, 1)


def _binary(spec: SimpleSpec) -> Iterator[str]:
    low, high = spec.minimum_length, spec.maximum_length
    wanted = low if low is not None else min(3, high if high is not None else 3)
    if wanted > _LONGEST:
        return
    for shift in range(4):
        data = bytes((shift + 17 * index) % 256 for index in range(wanted))
        yield data.hex().upper() if spec.kind is Kind.HEX else base64.b64encode(data).decode()


def _texts(spec: SimpleSpec, variation: int) -> Iterator[str]:
    low, high = spec.minimum_length or 0, spec.maximum_length
    if low > _LONGEST:
        return
    prefix = "name" if spec.builtin in _NAMES else "text"
    for index in range(variation + 1):
        yield _fitted(prefix if index == 0 else f"{prefix}{index}", low, high, index)
    yield from ("a", "b", "A", "1", "0", "", "en", "x-y")


def _fitted(text: str, low: int, high: int | None, index: int) -> str:
    if high is not None and len(text) > high:
        letters = "abcdefghijklmnopqrstuvwxyz"
        text = "".join(letters[(index // 26**place) % 26] for place in range(high))
    return text + "x" * (low - len(text))
