"""Bare systems are only made when they are asked for by `-m bare`, and where they can be."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.bare.system import BareSystem, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def bare() -> Iterator[Callable[[str], BareSystem]]:
    """Make bare systems of a suite; they are removed when the test ends."""
    why_not = missing()
    if why_not:
        pytest.skip(why_not)
    made: list[BareSystem] = []
    # `timeout` ends the tests by this signal: the systems are to be removed all the same.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)

    def make(suite: str) -> BareSystem:
        made.append(BareSystem(suite).__enter__())
        return made[-1]

    yield make
    for system in made:
        system.__exit__()
    signal.signal(signal.SIGTERM, before)
