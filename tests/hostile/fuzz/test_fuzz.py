"""Each target on its seeds, on what was ever found, and on a few inputs that hypothesis makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.effort import effort
from tests.hostile.fuzz.found import FOUND
from tests.hostile.fuzz.mutations import mutated
from tests.hostile.fuzz.targets import CALLS, Target, TooMuchWorkError, targets


@pytest.mark.parametrize("name", targets())
def test_seeds_are_read(name: str) -> None:
    for seed in targets()[name].seeds:
        targets()[name].check(seed)


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, all_data in FOUND.items() for data in all_data])
def test_what_was_found_holds(name: str, data: bytes) -> None:
    targets()[name].check(data)


@pytest.mark.parametrize("name", targets())
def test_what_hypothesis_makes_holds(name: str) -> None:
    target = targets()[name]

    @effort(60, fixed=True)
    @given(mutated(target.seeds))
    def attack(data: bytes) -> None:
        target.check(data)

    attack()


def test_work_beyond_an_inputs_length_is_noticed() -> None:
    def endless(_data: bytes) -> None:
        for number in range(10 * CALLS):
            abs(number)

    with pytest.raises(TooMuchWorkError):
        Target(endless, ()).check(b"")


def test_a_wrong_error_is_not_swallowed() -> None:
    def wrong(data: bytes) -> None:
        raise KeyError(data)

    with pytest.raises(KeyError):
        Target(wrong, ()).check(b"")


@given(st.data())
@effort(30, fixed=True)
def test_mutations_stay_short(data: st.DataObject) -> None:
    assert len(data.draw(mutated((b"abc" * 100,)))) <= 4_096
