"""What each command does: entered by the modules that try it, looked up by the test that gives them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.stage import Stage

EFFECTS: dict[str, Callable[[Stage], Iterator[None]]] = {}
"""What a command does: the part before ``yield`` prepares, the part after it says what came of the command."""


def effect(key: str) -> Callable[[Callable[[Stage], Iterator[None]]], None]:
    """Enter what a command does."""

    def enter(function: Callable[[Stage], Iterator[None]]) -> None:
        EFFECTS[key] = function

    return enter
