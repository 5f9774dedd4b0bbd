"""The program under attack: no case stalls it, fills it, runs or opens anything, or keeps it from closing.

A short selection runs with all tests; the others have the marker ``hostile`` (`make fuzz` runs them).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.hostile import cases, known
from tests.hostile.bait import Lures
from tests.hostile.corpus.messages import messages
from tests.hostile.driver import Result, best
from tests.hostile.selection import SEED, SHORT

if TYPE_CHECKING:
    from collections.abc import Callable

ALL = {kind: [case.key for case in cases.of(kind, Lures(), SEED)] for kind in cases.KINDS}
LONG = [key for keys in ALL.values() for key in keys if key not in SHORT]
WANTED = {"message": 150, "capture": 46, "profile": 50, "schema": 20, "broker": 15}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[[str], list[Result]]:
    """Return the results of a case; the cases of one kind that are chosen run together when the first is asked for."""
    chosen = [
        item.callspec.params["key"]
        for item in request.session.items
        if item.path == request.path and hasattr(item, "callspec") and "key" in item.callspec.params
    ]
    return partial(_results, chosen, {}, tmp_path_factory)


def _results(
    chosen: list[str], found: dict[str, list[Result]], places: pytest.TempPathFactory, key: str
) -> list[Result]:
    if key not in found:
        kind = key.partition("/")[0]
        keys = [other for other in chosen if other.startswith(f"{kind}/")]
        found.update(best(kind, keys, folder=places.mktemp(kind), seed=SEED))
    return found.get(key) or [Result(key, "start", died="was not reached: the program did not start")]


def _must_hold(key: str, results: list[Result]) -> None:
    failures = [f"{result.step}: {words}" for result in results for words in result.failures]
    why = known.reason(key)
    if why and not failures:
        pytest.fail(f"it holds now: take it out of tests/hostile/known.py ({why})")
    if why and failures:
        pytest.xfail(f"{why}: {failures[0]}")
    assert not failures, "\n".join(failures)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("key", SHORT)
def test_what_once_did_harm(attacked: Callable[[str], list[Result]], key: str) -> None:
    _must_hold(key, attacked(key))


@pytest.mark.hostile
@pytest.mark.timeout(0)
@pytest.mark.parametrize("key", LONG)
def test_everything_that_was_thought_of(attacked: Callable[[str], list[Result]], key: str) -> None:
    _must_hold(key, attacked(key))


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    assert {kind: len(keys) >= WANTED[kind] for kind, keys in ALL.items()} == dict.fromkeys(WANTED, True)
    assert all(len(set(keys)) == len(keys) for keys in ALL.values())
    assert set(SHORT) <= {key for keys in ALL.values() for key in keys}


def test_the_same_seed_makes_the_same_messages() -> None:
    for group in ("random", "encodings"):
        first, second = (
            [[raw.body for raw in case.raws()] for case in messages(Lures(), 7) if case.group == group]
            for _ in range(2)
        )
        assert first == second
    (one,), (other,) = ([c for c in messages(Lures(), seed) if c.group == "random"] for seed in (7, 8))
    assert one.body(0) != other.body(0)
