"""Numbers with units: prefixes, digits, durations, and what is not a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.quantities import MAX_NUMBERS, NumberSigns, quantities


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("4.66681e+09", "B", "4.67 GB"),
        ("999", "B", "999 B"),
        ("999.6", "B", "1 kB"),
        ("1000", "B", "1 kB"),
        ("999600", "B", "1 MB"),
        ("1e15", "B", "1 PB"),
        ("123456", "B/s", "123 kB/s"),
        ("0", "B", "0 B"),
        ("0.0049", "s", "4.9 ms"),
        ("0.0000012", "s", "1.2 µs"),
        ("1e-12", "s", "0.001 ns"),
        ("12", "s", "12 s"),
        ("58.2075", "%", "58.2 %"),
        ("0.05", "%", "0.05 %"),
        ("21.55", "°C", "21.6 °C"),
        ("1.67375 2.12651 1.65", "", "1.67 2.13 1.65"),
        ("1234", "", "1,234"),
        ("123456.7", "", "123,457"),
        ("4.4833e+09", "", "4.48 G"),
        ("0.0001234", "", "0.000123"),
        ("-5", "s", "-5 s"),
        ("-0.0", "", "0"),
        ("NaN inf 1e300", "B", "NaN inf 1e300"),
        ("twelve", "B", "twelve"),
        ("", "B", ""),
        ("45", "duration", "45 s"),
        ("3.25", "duration", "3.25 s"),
        ("60", "duration", "1 min"),
        ("134", "duration", "2 min 14 s"),
        ("3600", "duration", "1 h"),
        ("3661", "duration", "1 h 1 min"),
        ("90061", "duration", "1 d 1 h"),
        ("86460", "duration", "1 d"),
        ("-134", "duration", "-2 min 14 s"),
    ],
)
def test_a_number_with_its_unit(text: str, unit: str, expected: str) -> None:
    assert quantities(text, unit) == expected


def test_numbers_are_written_as_the_language_does() -> None:
    german = NumberSigns(",", ".")
    assert quantities("4.66681e+09 0.5", "B", german) == "4,67 GB 0,5 B"
    assert quantities("0.5", "duration", german) == "0,5 s"
    assert quantities("123456.7 0.25", "", german) == "123.457 0,25"


def test_a_long_list_is_cut() -> None:
    assert quantities("1 " * 100, "") == "1 " * MAX_NUMBERS + "…"


@given(value=st.floats(), unit=st.sampled_from(["", "B", "s", "%", "duration"]))
def test_any_number_can_be_shown_and_is_short(value: float, unit: str) -> None:
    shown = quantities(repr(value), unit)
    assert shown
    assert len(shown) < 40
