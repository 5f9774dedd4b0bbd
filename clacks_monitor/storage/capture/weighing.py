"""Reading bodies in portions: so many entries, and so many bytes, whatever a file says. Part of a reader."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clacks_monitor.storage.capture.encoding import WEIGHT
from clacks_monitor.storage.capture.reading import ReaderBase

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH_BYTES = 16 * 1024 * 1024
"""Bytes of bodies that are read at once; of one body, more."""
_WEIGHT = f"SELECT coalesce(sum({WEIGHT}), 0) FROM body WHERE seq BETWEEN ? AND ?"  # noqa: S608 - constants
_WEIGHTS = f"SELECT seq, {WEIGHT} FROM body WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?"  # noqa: S608 - constants
_WEIGHTS_NAMED = f"SELECT seq, {WEIGHT} FROM body WHERE seq IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants


class WeighingReader(ReaderBase):
    """Knows how much there is to read before it is read."""

    def spans(self, first: int, last: int, chunk: int, *, newest_first: bool = False) -> Iterator[tuple[int, int]]:
        """Yield (first, last) of parts of a span: ``chunk`` numbers each, and fewer where the bodies are large."""
        starts = range(first, last + 1, chunk)
        for start in reversed(starts) if newest_first else starts:
            end = min(start + chunk - 1, last)
            pieces = self._light_spans(start, end)
            yield from reversed(pieces) if newest_first else pieces

    def _light_spans(self, start: int, end: int) -> list[tuple[int, int]]:
        with self._reading() as db:
            (weight,) = db.execute(_WEIGHT, (start, end)).fetchone()
            if weight <= BATCH_BYTES:
                return [(start, end)]
            weights = dict(db.execute(_WEIGHTS, (start, end, end - start + 1)).fetchall())
        found, begin, weight = list[tuple[int, int]](), start, 0
        for sequence in sorted(weights):
            weight += weights[sequence]
            if sequence > begin and weight > BATCH_BYTES:
                found.append((begin, sequence - 1))
                begin, weight = sequence, weights[sequence]
        return [*found, (begin, end)]

    def _light_parts(self, part: list[int]) -> Iterator[list[int]]:
        """Yield ``part`` in pieces whose bodies are not too much to be read at once."""
        with self._reading() as db:
            weights = dict(db.execute(_WEIGHTS_NAMED, (json.dumps(part),)).fetchall())
        if sum(weights.values()) <= BATCH_BYTES:
            yield part
            return
        piece, weight = list[int](), 0
        for sequence in part:
            weight += weights.get(sequence, 0)
            if piece and weight > BATCH_BYTES:
                yield piece
                piece, weight = [], weights.get(sequence, 0)
            piece.append(sequence)
        yield piece
