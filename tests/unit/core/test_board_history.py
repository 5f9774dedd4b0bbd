"""Past states of a board's keys: how long each lasted, what a gap makes doubtful, and what is forgotten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core import board_history
from clacks_monitor.core.board_history import MAX_LISTED, MAX_STATES, BoardHistory, StateSpan

S = 1_000_000_000


def test_a_state_lasts_until_the_next() -> None:
    history = BoardHistory()
    assert history.before("a") == ("", 0.0)
    assert history.spans("a") == ()
    history.add("a", "online", 10 * S, 1)
    assert history.before("a") == ("", 0.0)
    history.add("b", "online", 11 * S, 2)
    history.add("a", "offline", 20 * S, 3)
    history.add("a", "online", 154 * S, 4)
    assert history.before("a") == ("offline", 134.0)
    assert history.spans("a") == (
        StateSpan("online", 10 * S, 20 * S, 1),
        StateSpan("offline", 20 * S, 154 * S, 3),
        StateSpan("online", 154 * S, 0, 4),
    )
    assert [span.seconds(160 * S) for span in history.spans("a")] == [10, 134, 6]
    history.forget("a")
    assert history.spans("a") == ()


def test_a_clock_that_was_set_back_makes_no_negative_durations() -> None:
    history = BoardHistory()
    history.add("a", "online", 100 * S, 1)
    history.add("a", "offline", 50 * S, 2)
    assert history.before("a") == ("online", 0)
    assert [span.seconds(40 * S) for span in history.spans("a")] == [0, 0]


@pytest.mark.parametrize(
    ("gap", "doubted"),
    [((1, 5), [False, False]), ((15, 16), [True, False]), ((5, 12), [True, False]), ((19, 25), [True, True]),
     ((30, 40), [False, True]), ((10, 10), [False, False])],
)  # fmt: skip
def test_a_state_is_doubted_where_a_gap_was(gap: tuple[int, int], doubted: list[bool]) -> None:
    history = BoardHistory()
    history.add("a", "online", 10 * S, 1)
    history.add("a", "offline", 20 * S, 2)
    spans = history.spans("a", [(gap[0] * S, gap[1] * S)])
    assert [span.doubted for span in spans] == doubted


def test_only_the_newest_states_of_a_key_are_kept() -> None:
    history = BoardHistory()
    for number in range(2 * MAX_STATES):
        history.add("a", str(number), number, number)
    kept = list(range(MAX_STATES, 2 * MAX_STATES))
    (_key, states), *others = history.keys()
    assert [int(state) for state, _begun, _sequence in states] == kept
    assert [int(span.state) for span in history.spans("a")] == kept[-MAX_LISTED:]
    assert others == []


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.booleans()), max_size=60))
def test_all_keys_together_are_bounded_and_each_keeps_its_present_state(changes: list[tuple[str, bool]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(board_history, "MAX_ALL", 10)
        patch.setattr(board_history, "MAX_STATES", 4)
        history, newest = BoardHistory(), dict[str, int]()
        for number, (key, forget) in enumerate(changes):
            if forget and key in newest:
                history.forget(key)
                del newest[key]
            history.add(key, str(number), number, number)
            newest[key] = number
        kept = {key: history.spans(key) for key in "abcde"}
        assert {key: spans[-1].sequence for key, spans in kept.items() if spans} == newest
        assert all(len(spans) <= 4 for spans in kept.values())
        assert sum(map(len, kept.values())) <= 10 + len(newest)
