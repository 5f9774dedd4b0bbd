"""Declared fields: which events have a value, kept by recorders and asked by readers.

The table field_value has a hash of each value of a declared field, in events of its type and in what is not an event,
which may match any query. An event that a query cannot read has EVERY_VALUE, so that it is found by any value.
"""

from __future__ import annotations

import struct
from array import array
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.archive.blocks import HEADER, TRAILER
from clacks_monitor.archive.texts import read, stored
from clacks_monitor.core.declared_fields import Candidates, DeclaredField, EventNeeds
from clacks_monitor.core.event import Event
from clacks_monitor.core.hardened import hardened_parser, has_doctype, plain_encoding
from clacks_monitor.core.store import LARGEST_INTEGER
from clacks_monitor.storage.encoding import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.archive.interning import Query
    from clacks_monitor.core.event import Entry

COPY_VALUES = "COPY field_value (field, hash, seq) FROM STDIN (FORMAT binary)"
EVERY_VALUE: Final = 0
MOST = 100_000
"""Events that an index may find: to read more of them one by one takes longer than to read all."""
MOST_FIELDS = 100
LONGEST_NAME = 200
NO_TYPE: Final = 0
"""The id of the type of what is not an event."""
_VALUE = struct.Struct(">hiiiqiq")
_TEXT = etree.XPath("string()")
_FIELDS = f"SELECT id, type, left(name, {LONGEST_NAME}) FROM field ORDER BY id LIMIT {MOST_FIELDS}"
_DECLARED = (
    f"SELECT f.id, coalesce(left(t.name, 1000), ''), coalesce(left(f.name, {LONGEST_NAME}), ''), f.first_seq"
    f" FROM field f JOIN type t ON t.id = f.type ORDER BY f.id LIMIT {MOST_FIELDS}"
)
_FIND = (
    "SELECT seq FROM field_value WHERE field = ANY(%s::integer[]) AND hash = ANY(%s::bigint[])"
    f" AND seq BETWEEN %s AND %s LIMIT {MOST + 1}"
)


def hash_of(value: str) -> int:
    """Return what a value is found by."""
    digest = blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def is_field_name(name: str) -> bool:
    """Return whether an element can have this local name."""
    try:
        return ":" not in name and len(name) <= LONGEST_NAME and etree.QName(name).localname == name
    except ValueError:
        return False


class BodyHashes:
    """Reads the values of elements from bodies. One thread."""

    def __init__(self) -> None:
        self._parser = hardened_parser()

    def of(self, body: bytes, name: str, *, decoded: bool) -> set[int]:
        """Return hashes of the values of the elements of a local name; ``decoded`` is a body that is well-formed."""
        if decoded and name.isascii() and b"\0" not in body[:4] and plain_encoding(body) and name.encode() not in body:
            return set()
        try:
            root = etree.fromstring(body, self._parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            return {EVERY_VALUE}
        if has_doctype(root):
            return {EVERY_VALUE}
        return {hash_of(str(_TEXT(element))) for element in root.iter(f"{{*}}{name}")}


class FieldRecorder:
    """The declared fields as a writer knows them. Belongs to its connection."""

    def __init__(self) -> None:
        self._version = -1
        self._fields: list[tuple[int, int, str]] = []
        self._bodies = BodyHashes()

    def refresh(self, db: Connection, version: int) -> None:
        """Learn what is declared, where that has changed: under the lock of a transaction that writes."""
        if version != self._version:
            self._fields = [(field, kind, read(name)) for field, kind, name in db.execute(_FIELDS)]
            self._version = version

    def forget(self) -> None:
        """Forget what was learnt: the transaction was rolled back."""
        self._version = -1

    def block(self, first: int, entries: Sequence[Entry], ids: Sequence[tuple[int, int]]) -> bytes:
        """Return the rows of the table field_value, for COPY."""
        if not self._fields:
            return b""
        events = (
            (sequence, type_id, entry.raw.body)
            for sequence, (entry, (type_id, _source)) in enumerate(zip(entries, ids, strict=True), first)
            if isinstance(entry, Event)
        )
        return b"".join(
            value_row(field, found, sequence)
            for sequence, type_id, body in events
            for field, kind, name in self._fields
            if type_id in {kind, NO_TYPE}
            for found in self._bodies.of(body, name, decoded=type_id != NO_TYPE)
        )


def value_row(field: int, value_hash: int, sequence: int) -> bytes:
    """Return a row of the table field_value, for COPY."""
    return _VALUE.pack(3, 4, field, 8, value_hash, 8, sequence)


class ArchiveFields:
    """Implements core.declared_fields.FieldIndex by a reader's connection."""

    def __init__(self, rows: Query) -> None:
        self._rows = rows

    def declared(self) -> list[DeclaredField]:
        """Return the fields that there is an index of."""
        return [one for _id, one in self._known()]

    def _known(self) -> Iterator[tuple[int, DeclaredField]]:
        for number, kind, name, first in self._rows(_DECLARED, ()):
            yield number, DeclaredField(read(kind), read(name), min(max(1, first), LARGEST_INTEGER))

    def candidates(self, wanted: EventNeeds, first: int, last: int) -> Candidates | None:
        """Return what can match, found by that test which finds fewest; None where the index is of no use."""
        types = (wanted.types or frozenset()) - {""}
        if not types or not wanted.tests:
            return None
        known = {(one.type, one.name): (number, one.first) for number, one in self._known()}
        found = None
        for test in sorted(wanted.tests, key=lambda test: test.name):
            fields = [known.get((stored_type(kind), test.name)) for kind in types]
            declared = [field for field in fields if field is not None]
            if len(declared) < len(fields):
                continue
            begin = max(first, *(since for _number, since in declared))
            numbers, hashes = [number for number, _since in declared], [EVERY_VALUE, *map(hash_of, test.values)]
            rows = self._rows(_FIND, (numbers, hashes, begin, last)) if begin <= last else []
            if len(rows) <= MOST and (found is None or len(rows) < len(found.sequences)):
                found = Candidates(begin, array("q", sorted({row[0] for row in rows})))
        # One that was dropped in between has lost values: they are deleted after its declaration.
        still = {(one.type, one.name): number for number, one in self._known()}
        return found if all(still.get(key) == number for key, (number, _since) in known.items()) else None


def stored_type(name: str) -> str:
    """Return the name of a type as it comes back from an archive."""
    return read(stored(clean(name)))


def copy_values(db: Connection, rows: Iterable[bytes]) -> None:
    """Add rows to the table field_value."""
    with db.cursor() as cursor, cursor.copy(COPY_VALUES) as copy:
        copy.write(HEADER)
        for row in rows:
            copy.write(row)
        copy.write(TRAILER)
