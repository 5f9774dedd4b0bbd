"""Times of events as xs:dateTime."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.session.questions.dialects import EXPRESSION, QUESTION
from clacks_monitor.session.questions.functions import ENVIRONMENT, date_time
from clacks_monitor.xquery import compile_query


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_every_time_is_kept_exactly(wall_ns: int) -> None:
    assert date_time(wall_ns).timeline().scaleb(9) == wall_ns


@pytest.mark.parametrize(
    ("zone", "text"),
    [("UTC", "2026-07-01T12:00:00.5Z"), ("Europe/Berlin", "2026-07-01T14:00:00.5+02:00")],
)
def test_times_are_in_the_zone_of_the_computer(zone: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert str(date_time(1_782_907_200_500_000_000)) == text
    finally:
        monkeypatch.undo()
        time.tzset()


def test_signatures_are_those_of_the_functions() -> None:
    known = {signature.name for signature in QUESTION.functions}
    assert known == {"collection", *(f"ev:{local}" for _uri, local in ENVIRONMENT.functions)}
    assert known - {signature.name for signature in EXPRESSION.functions} == {"collection", "ev:gaps"}
    for signature in QUESTION.functions:
        least = signature.parameters.partition("[")[0].count("$")
        for arity in {least, signature.parameters.count("$")}:
            compile_query(f"{signature.name}#{arity}", environment=ENVIRONMENT)
    assert set(QUESTION.variables) == set(ENVIRONMENT.variables)
