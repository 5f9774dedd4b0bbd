"""Answers as a capture's questions have them, for tests of what asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.work.answers import StoreAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
Found = TypeVar("Found")


def answering(read: Callable[P, Found]) -> Callable[P, StoreAnswer[Found]]:
    """Return a function that answers at once with what ``read`` returns, or the StorageError that it raises."""

    def ask(*args: P.args, **options: P.kwargs) -> StoreAnswer[Found]:
        answer: StoreAnswer[Found] = StoreAnswer()
        try:
            answer.settle(read(*args, **options), None)
        except StorageError as error:
            answer.settle(None, error)
        return answer

    return ask
