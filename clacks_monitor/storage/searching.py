"""The texts that are searched: body, summary, problem and comment of each entry. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.storage.encoding import LONGEST_TEXT, PLAIN, shorten, unpack
from clacks_monitor.storage.weighing import TooMuchError

if TYPE_CHECKING:
    from collections.abc import Iterable

    SearchedRow = tuple[int, str, str | None, str | None, int | None, bytes | None]

_MARKS_OF_UTF16 = frozenset({b"\xff\xfe", b"\xfe\xff"})


def searched(rows: Iterable[SearchedRow], most: int) -> list[tuple[int, str]]:
    """Return sequence number and text of rows as queries.SEARCHED has them. Raises TooMuchError, DamagedValueError.

    Raises TypeError for values that are not text where text is expected.
    """
    found, weight = list[tuple[int, str]](), 0
    for sequence, summary, problem, comment, packing, stored in rows:
        if packing and weight + packing > most:
            raise TooMuchError
        body = stored if not packing and type(stored) is bytes else _body(packing, stored)
        if problem or comment or len(summary) > LONGEST_TEXT:
            texts = (shorten(summary), shorten(problem or ""), shorten(comment or ""))
        else:
            texts = (summary, "", "")
        encoding = "utf-16" if body[:2] in _MARKS_OF_UTF16 else "utf-8"
        text = "\n".join((body.decode(encoding, "replace"), *texts))
        weight += len(text)
        if weight > most:
            raise TooMuchError
        found.append((sequence, text))
    return found


def _body(packing: int | None, stored: bytes | None) -> bytes:
    return b"" if stored is None else unpack(packing or PLAIN, stored)
