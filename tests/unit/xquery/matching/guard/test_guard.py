"""The guard: whatever a query does, its worker takes the harm and the caller an answer."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.xquery import Guard, MatchOutcome, QuerySet, compile_query
from clacks_monitor.xquery.errors import TOO_DEEP, TOO_LARGE, TOO_SLOW
from clacks_monitor.xquery.matching.guard.guard import MAX_BODY, NO_WORKER
from clacks_monitor.xquery.matching.guard.protocol import allowance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.xquery.match_result import MatchResult

BODY = b"<a><b>2</b><b>1</b></a>"
GOOD = compile_query("for $b in //b order by $b return $b")
NONE = compile_query("for $b in //c order by $b return $b")
FAULTY = compile_query("1\n  + //b")
HOSTILE = {
    "catastrophic pattern": (f"matches('{'a' * 40}b', '^(a+)+$')", TOO_SLOW),
    "endless loop": ("every $x in 1 to 1000000000 satisfies $x > 0", TOO_SLOW),
    "endless recursion": (
        "declare function local:f($x) { 1 + local:f($x + 1) }; local:f(1)",
        TOO_DEEP,
    ),
    "exponential string": (
        "declare function local:f($s) { local:f($s || $s) }; local:f('xxx')",
        TOO_LARGE,
    ),
    "huge sequence": ("sum(for $x in 1 to 1000000000 return $x + 1) > 0", TOO_SLOW),
}


@pytest.fixture
def guard() -> Iterator[Guard]:
    with Guard(seconds=0.1) as guard:
        yield guard


def children() -> set[int]:
    """Process ids of this process's children, dead ones that nobody waited for included."""
    mine = str(os.getpid())
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == mine:
            found.add(int(stat.parent.name))
    return found


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_results_come_back_in_order(guard: Guard) -> None:
    matched, none, error = guard.evaluate([GOOD, NONE, FAULTY], BODY, {})
    assert (matched.outcome, none.outcome) == (MatchOutcome.MATCH, MatchOutcome.NO_MATCH)
    assert (error.outcome, error.code, error.line) == (MatchOutcome.ERROR, "XPTY0004", 2)
    assert error == FAULTY.matches(BODY)


def test_many_events_travel_together(guard: Guard) -> None:
    bodies = [b"<a><b/></a>" if i % 3 else b"<a/>" for i in range(2_000)]
    found = guard.evaluate_many([([GOOD, NONE], body, {}) for body in bodies])
    assert [results[0].matches for results in found] == [b"b" in body for body in bodies]
    assert not any(results[1].matches for results in found)


def test_properties_travel_with_their_types(guard: Guard) -> None:
    class Ulong(int):
        """As proton has them."""

    query = compile_query("declare variable $p external; $p + 1 = 3")
    assert guard.evaluate([query], BODY, {"p": Ulong(2)})[0].matches
    assert guard.evaluate([query], BODY, {"p": 2.0})[0].matches
    assert guard.evaluate([query], BODY, {"p": "x"})[0].outcome is MatchOutcome.ERROR


def test_a_body_that_is_no_xml_is_an_error_for_who_looks_at_it(guard: Guard) -> None:
    blind = compile_query("count(1 to 3) + 1")
    assert [v.outcome for v in guard.evaluate([GOOD, blind], b"<a", {})] == [
        MatchOutcome.ERROR,
        MatchOutcome.MATCH,
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_named_and_the_others_go_on(guard: Guard, name: str) -> None:
    text, code = HOSTILE[name]
    hostile = compile_query(text)
    before, bad, after = guard.evaluate([GOOD, hostile, NONE], BODY, {})
    assert (before.outcome, after.outcome) == (MatchOutcome.MATCH, MatchOutcome.NO_MATCH)
    assert (bad.outcome, bad.code) == (MatchOutcome.ERROR, code)
    assert bad.reason.endswith(".")
    assert text in guard.out_of_service
    pid = guard.pid
    assert guard.evaluate([hostile, GOOD], BODY, {})[0] == bad
    assert guard.pid == pid, "a query out of service must not reach the worker again"


def test_a_changed_query_is_in_service_again(guard: Guard) -> None:
    text = HOSTILE["endless loop"][0]
    guard.evaluate([compile_query(text)], BODY, {})
    assert guard.evaluate([compile_query(text.replace("1000000000", "10"))], BODY, {})[0].matches


def test_other_threads_run_while_a_query_is_stopped(guard: Guard) -> None:
    hostile = compile_query(HOSTILE["catastrophic pattern"][0] + " (: again :)")
    answers: list[MatchOutcome] = []

    def ask() -> None:
        answers.append(guard.evaluate([hostile], BODY, {})[0].outcome)

    asking = threading.Thread(target=ask)
    asking.start()
    turns = 0
    while asking.is_alive():
        turns += 1
        asking.join(0.001)
    assert answers == [MatchOutcome.ERROR]
    assert turns > 10


def test_a_worker_that_is_killed_is_replaced_and_nobody_is_blamed(guard: Guard) -> None:
    guard.evaluate([GOOD], BODY, {})
    before = guard.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert guard.evaluate([GOOD], BODY, {})[0].matches
    assert guard.pid != before
    assert GOOD.text not in guard.out_of_service


def test_memory_is_bounded() -> None:
    greedy = compile_query("count((1 to 4) ! reverse(1 to 4000000)) > 0")
    with Guard(seconds=30, memory=160 * 1024 * 1024) as guard:
        results = guard.evaluate([greedy, GOOD], BODY, {})
        assert results[0].code == TOO_LARGE
        assert results[1].matches


def test_a_giant_event_is_not_held_against_a_query(guard: Guard) -> None:
    query = compile_query("let $b := string((//b)[1]) return string-length(string-join((1 to 30) ! $b, '')) > 0")
    giant = b"<a><b>" + b"x" * 1_100_000 + b"</b></a>"
    assert guard.evaluate([query], giant, {})[0].code == TOO_LARGE
    assert guard.evaluate([query], BODY, {})[0].matches
    assert not guard.out_of_service


def test_a_query_that_is_only_too_slow_for_a_giant_event_stays_in_service() -> None:
    query = compile_query("every $x in 1 to count(//b) satisfies (every $y in 1 to count(//b) satisfies $x + $y > 0)")
    giant = b"<a>" + b"<b/>" * 5_000 + b"<c>" + b"x" * 1_000_000 + b"</c></a>"
    with Guard(seconds=0.05) as guard:
        assert guard.evaluate([query, GOOD], giant, {})[0].code == TOO_SLOW
        assert guard.evaluate([query], BODY, {})[0].matches


def test_a_batch_is_not_held_up_again_and_again_by_one_query(guard: Guard) -> None:
    deep = compile_query(HOSTILE["endless recursion"][0] + " + 1")
    found = guard.evaluate_many([([deep, GOOD], BODY, {})] * 400)
    assert {results[0].code for results in found} == {TOO_DEEP}
    assert all(results[1].matches for results in found)


def test_closing_leaves_nothing_behind() -> None:
    files, threads, processes = open_files(), threading.active_count(), children()
    with Guard(seconds=0.05) as guard:
        for round_ in range(3):
            hostile = compile_query(f"{HOSTILE['endless loop'][0]} and {round_} = 0")
            assert guard.evaluate([hostile, GOOD], BODY, {})[1].matches
            assert len(children() - processes) == 1, "a worker that was stopped is still about"
    assert open_files() == files
    assert threading.active_count() == threads
    assert children() == processes


def test_a_closed_guard_says_so_and_starts_nothing() -> None:
    guard = Guard()
    guard.close()
    result = guard.evaluate([GOOD], BODY, {})[0]
    assert (result.outcome, result.code) == (MatchOutcome.ERROR, NO_WORKER)
    assert guard.pid is None


def test_a_guard_that_is_not_needed_starts_no_process() -> None:
    with Guard() as guard:
        assert QuerySet([compile_query("//b = '1'")], guard=guard).evaluate(BODY)[0].matches
        assert guard.pid is None


def test_killing_ends_what_is_evaluated_at_once_and_blames_no_query() -> None:
    hostile = compile_query(HOSTILE["endless loop"][0] + " (: killed :)")
    found: list[list[MatchResult]] = []
    # With an hour for each, nothing but the kill can end this.
    with Guard(seconds=3600) as guard:
        asking = threading.Thread(
            target=lambda: found.extend(guard.evaluate_many([([hostile, GOOD], BODY, {})] * 2_000)), daemon=True
        )
        asking.start()
        while (worker := guard._slot.worker) is None or worker.progress()[0] < 0:
            asking.join(0.001)
        pid = guard.pid
        guard.kill()
        asking.join(20)
        assert not asking.is_alive()
        assert len(found) == 2_000
        assert {result.code for results in found for result in results} == {NO_WORKER}
        assert not guard.out_of_service
    assert pid not in children()


def test_an_event_without_room_in_the_worker_is_not_sent_to_it() -> None:
    query = compile_query("count(//*) > 5")
    with Guard() as guard:
        large, small = guard.evaluate_many([([query], b" " * (MAX_BODY + 1), {}), ([query], b"<a/>", {})])
    assert (large[0].outcome, large[0].code) == (MatchOutcome.ERROR, TOO_LARGE)
    assert small[0].outcome is MatchOutcome.NO_MATCH
    assert guard.out_of_service == {}


@pytest.mark.parametrize(("size", "more"), [(0, 0.0), (1_000_000, 1.0), (2_000_000, 2.0), (16_000_000, 2.0)])
def test_a_large_event_is_given_more_time_up_to_a_bound(size: int, more: float) -> None:
    assert allowance(0.5, b"x" * size) == pytest.approx(0.5 + more)
