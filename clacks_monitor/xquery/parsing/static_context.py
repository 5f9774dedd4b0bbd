"""The static context: what a query's prolog sets, and what holds without one.

Owner: xquery. Thread: the one that parses; frozen into the program afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from clacks_monitor.xquery.namespaces import CODEPOINT, FN_NS, PREDECLARED


@dataclass(frozen=True, slots=True)
class DecimalFormat:
    """The properties of one decimal format (F&O 3.1, section 4.7.1)."""

    decimal_separator: str = "."
    grouping_separator: str = ","
    infinity: str = "Infinity"
    minus_sign: str = "-"
    nan: str = "NaN"
    percent: str = "%"
    per_mille: str = "\u2030"
    zero_digit: str = "0"
    digit: str = "#"
    pattern_separator: str = ";"
    exponent_separator: str = "e"


@dataclass(slots=True)
class StaticContext:
    """Filled by the prolog, read by parser and compiler."""

    namespaces: dict[str, str] = field(default_factory=lambda: dict(PREDECLARED))
    default_element: str = ""
    default_function: str = FN_NS
    collation: str = CODEPOINT
    base_uri: str | None = None
    boundary_preserve: bool = False
    ordered: bool = True
    empty_order: str = "least"
    copy_preserve: bool = True
    copy_inherit: bool = True
    decimal_formats: dict[tuple[str, str] | None, DecimalFormat] = field(
        default_factory=lambda: {None: DecimalFormat()}
    )
    version: str = "3.1"
