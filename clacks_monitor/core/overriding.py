"""``override`` for the window's first frame, without the 2 ms of typing_extensions; checkers are shown the real one."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def override(method: T) -> T:
    """Return the method as it is: only who reads or checks the code wants to know that its name is Qt's."""
    return method
