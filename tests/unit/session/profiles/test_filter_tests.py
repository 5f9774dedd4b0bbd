"""Tests of a query: the verdicts that are expected, against those that it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ProfileStore
from clacks_monitor.core.profile import Expected, FilterTest
from clacks_monitor.session.profiles.filter_tests import run_filter_tests

if TYPE_CHECKING:
    from pathlib import Path

BUSY = b'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><Status>busy</Status></PhoneStatus></Event>'
PROLOG = "declare namespace f='http://www.gonicus.de/Events';\n"


def found(query: str, *bodies: bytes) -> list[Expected]:
    samples = [FilterTest("s", body, Expected.MATCH) for body in bodies]
    return [tried.found for tried in run_filter_tests(query, samples)]


def test_each_sample_has_its_verdict() -> None:
    query = PROLOG + "./f:Event/f:PhoneStatus/f:Status = 'busy'"
    assert found(query, BUSY, BUSY.replace(b"busy", b"free")) == [Expected.MATCH, Expected.NO_MATCH]
    assert found("", BUSY) == [Expected.MATCH]
    assert found(query) == []


def test_an_error_says_where_it_is() -> None:
    (tried,) = run_filter_tests("\n  ./*:Event/*:PhoneStatus/*:Status + 1", [FilterTest("s", BUSY, Expected.ERROR)])
    assert tried.good
    assert (tried.found, tried.line) == (Expected.ERROR, 2)
    assert tried.reason


def test_a_query_that_cannot_be_read_is_an_error_of_every_sample() -> None:
    tried = run_filter_tests("./*:Event[", [FilterTest("s", BUSY, Expected.MATCH)] * 2)
    assert [(t.found, t.good, t.line) for t in tried] == [(Expected.ERROR, False, 1)] * 2


def test_properties_are_what_the_query_asks_for() -> None:
    query = "declare variable $n external; $n = 3"
    samples = [FilterTest("s", BUSY, Expected.MATCH, {"n": n}) for n in (3, 4)]
    assert [t.found for t in run_filter_tests(query, samples)] == [Expected.MATCH, Expected.NO_MATCH]


@pytest.mark.parametrize("body", [b"", b"no xml", b"\xff\xfe"])
def test_a_sample_that_is_no_event_has_a_verdict_too(body: bytes) -> None:
    assert found("./*:Event", body)[0] in {Expected.NO_MATCH, Expected.ERROR}


def test_the_examples_that_come_with_the_program_pass_their_own_tests(tmp_path: Path) -> None:
    profiles = ProfileStore(tmp_path)
    profiles.install_examples()
    for profile in profiles.all():
        assert {sample.expected for sample in profile.filter_tests} == {Expected.MATCH, Expected.NO_MATCH}
        assert all(tried.good for tried in run_filter_tests(profile.query, profile.filter_tests)), profile.name
