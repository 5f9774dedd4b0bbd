"""What the table of the window shows of an entry, out of a row that a store selected. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import clip
from clacks_monitor.storage.encoding import sensible_size
from clacks_monitor.storage.shapes import DamagedValueError, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.storage.encoding import SourceKey

MAX_TEXT = 2_000
"""Characters of each text of a row."""
_KINDS = {0: RowKind.EVENT, 1: RowKind.INVALID, 2: RowKind.GAP}
_SHAPE = Shape(
    seq=int,
    kind=int,
    wall=int,
    type=int | None,
    summary=str,
    source=int,
    size=int,
    problem=str | None,
    mark=int | None,
    comment=str | None,
    start=int | None,
    cause=str | None,
    author=str | None,
    changed=int | None,
)


class NamesById(Protocol):
    """The names of types and sources by their ids."""

    @property
    def types(self) -> Mapping[int, str]:
        """NamesById of types by id, "" where there is none for an id."""

    def source(self, source_id: int, /) -> SourceKey:
        """Return (connection, subject, content type, user id, kind of body)."""


def table_row(names: NamesById, found: tuple[object, ...]) -> Row:
    """Return the row of a tuple of values with the names and types of _SHAPE.

    One with a value of a wrong type becomes a row that says so.
    """
    try:
        return _row(names, found)
    except DamagedValueError as error:
        sequence = found[0] if isinstance(found[0], int) else 0
        text = Message("This entry is damaged: {0}.", str(error))
        return Row(sequence, RowKind.INVALID, 0, "", "", "", 0, "", text, 0)


def _row(names: NamesById, found: tuple[object, ...]) -> Row:
    *entry, author, changed = _SHAPE(found)
    row: tuple[int, int, int, int | None, str, int, int, str | None, int | None, str | None, int | None, str | None]
    row = tuple(entry)  # type: ignore[assignment] # as the shape guarantees
    sequence, kind, wall, type_id, summary, source_id, size, problem, mark, comment, start, cause = row
    source = names.source(source_id)
    connection, subject = source[0], source[1]
    if problem or len(summary) + len(connection) + len(subject) > MAX_TEXT:
        summary, problem = clip(summary, MAX_TEXT), clip(problem or "", MAX_TEXT)
        connection, subject = clip(connection, MAX_TEXT), clip(subject, MAX_TEXT)
    by = author if comment and isinstance(author, str) else ""
    notes = (bool(mark), comment or "", by, changed if by and isinstance(changed, int) else 0)
    if type_id is None or start is not None:
        return Row(
            sequence,
            RowKind.GAP,
            wall if start is None else start,
            "",
            summary,
            connection,
            0,
            "",
            clip(cause or "", MAX_TEXT),
            wall,
            *notes,
        )
    name, shown, size = names.types[type_id], _KINDS.get(kind, RowKind.INVALID), sensible_size(size)
    return Row(sequence, shown, wall, name, summary, connection, size, subject, problem or "", 0, *notes)
