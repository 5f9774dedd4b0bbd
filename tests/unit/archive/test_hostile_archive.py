"""An archive may come from anybody: what its rows claim is checked and bounded as in a foreign capture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor import archive
from clacks_monitor.archive import schema
from clacks_monitor.core.columns import Column, FieldColumn
from clacks_monitor.core.event import Event, RowKind
from clacks_monitor.core.storage_errors import CaptureError, CaptureTooNewError
from clacks_monitor.storage import weighing
from tests.helpers.archives import Databases, execute
from tests.helpers.entries import an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.store import EventReader

pytestmark = pytest.mark.postgresql


@pytest.fixture
def url(databases: Databases) -> str:
    """The URL of an archive with ten events."""
    made = databases.new()
    with archive.open_archive(made) as store:
        store.append(some_events(10))
    return made


LAYOUTS = {
    "a view": ("ALTER TABLE gap RENAME TO g; CREATE VIEW gap AS SELECT * FROM g", "gap"),
    "another type": ("ALTER TABLE entry ALTER summary TYPE bytea USING summary::bytea", "entry"),
    "a column more": ("ALTER TABLE note ADD more text", "note"),
    "a table less": ("DROP TABLE segment", "segment"),
    "policies": ("ALTER TABLE body ENABLE ROW LEVEL SECURITY", "body"),
    "a foreign partition": (
        (
            "CREATE EXTENSION IF NOT EXISTS file_fdw; CREATE SERVER s FOREIGN DATA WRAPPER file_fdw;"
            "ALTER TABLE entry DROP CONSTRAINT entry_pkey;"
            "CREATE FOREIGN TABLE p PARTITION OF entry FOR VALUES FROM (1000000) TO (2000000) SERVER s"
            " OPTIONS (filename '/etc/passwd')"
        ),
        "p",
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_another_layout_is_refused(url: str, name: str) -> None:
    statements, odd = LAYOUTS[name]
    if "EXTENSION" in statements and not execute(url, "SELECT 1 FROM pg_available_extensions WHERE name = 'file_fdw'"):
        pytest.skip("this server has no file_fdw")
    execute(url, statements)
    with pytest.raises(CaptureError, match=rf"laid out in another way than archives are \({odd}\)"):
        archive.open_readonly(url)


@pytest.mark.parametrize(
    "change",
    [
        "first_seq = 0",
        "first_seq = -5, last_seq = -1",
        "last_seq = 9007199254740993",
        "last_seq = 1000000",
        "first_seq = 500",
    ],
)
def test_impossible_numbers_are_refused(url: str, change: str) -> None:
    execute(url, f"UPDATE recorder SET {change}")
    with pytest.raises(CaptureError, match="none that an archive has"):
        archive.open_readonly(url)


@pytest.mark.parametrize("value", ["0", "-1", "x", "", "1e3"])
def test_a_format_that_is_none_is_refused(url: str, value: str) -> None:
    execute(url, "UPDATE meta SET value = %s WHERE key = 'format'", (value,))
    with pytest.raises(CaptureError, match="names no format"):
        archive.open_readonly(url)


def test_a_later_format_is_refused(url: str) -> None:
    execute(url, "UPDATE meta SET value = %s WHERE key = 'format'", (str(schema.FORMAT + 1),))
    with pytest.raises(CaptureTooNewError, match="Install a newer one"):
        archive.open_archive(url)


READS: dict[str, Callable[[EventReader], object]] = {
    "entry": lambda reader: reader.entry(3),
    "excerpt": lambda reader: reader.excerpt(3),
    "scan": lambda reader: list(reader.scan()),
    "texts": lambda reader: list(reader.texts()),
    "fields": lambda reader: reader.rows([3], [FieldColumn("Id", ("*", "Id"))]),
    "counts": lambda reader: list(reader.statistics.counts_by_field("Id")),
}
DAMAGE = {
    "packing = 5": ("entry", "scan", "texts", "counts"),
    "packing = -1": ("entry", "scan", "texts", "counts"),
    "packing = 2000000000": ("entry", "scan", "texts", "counts"),
    r"packing = 9, body = '\x789c0000'": ("entry", "scan", "texts", "counts"),
    "properties = '{'": ("entry", "excerpt", "scan"),
    "properties = repeat('[', 100000)": ("entry", "excerpt", "scan"),
    "properties = repeat(' ', 1000001)": ("entry", "scan"),
}


@pytest.mark.parametrize("change", DAMAGE)
def test_damaged_bodies_are_errors_that_say_so(url: str, change: str) -> None:
    execute(url, f"UPDATE body SET {change} WHERE seq = 3")
    with archive.open_readonly(url) as store, store.reader() as reader:
        for name in DAMAGE[change]:
            with pytest.raises(CaptureError, match=r"is damaged: |cannot be read: "):
                READS[name](reader)
        assert reader.entry(2) == an_event(1), "the reader goes on"


@pytest.mark.parametrize("change", ["problem_kind = 'odd'", "problem_kind = repeat('x', 1000000)"])
def test_problems_that_do_not_exist_are_errors(url: str, change: str) -> None:
    execute(url, f"UPDATE entry SET {change} WHERE seq = 3")
    with archive.open_readonly(url) as store, store.reader() as reader, pytest.raises(CaptureError, match="entry 3"):
        reader.entry(3)


def test_claimed_sizes_times_kinds_and_ids_do_no_harm(url: str) -> None:
    execute(url, "UPDATE entry SET size = -5, kind = 77, type = 4711, source = -3, line = -1, wall = -1 WHERE seq = 3")
    execute(url, "UPDATE tally SET count = -7, last = -1, minute = -1 WHERE kind = 0 AND type = 1")
    with archive.open_readonly(url) as store, store.reader() as reader:
        [row] = reader.rows([3])
        assert (row.kind, row.type, row.connection, row.size) == (RowKind.INVALID, "", "", 0)
        for column in Column:
            assert sorted(reader.order_by(column)) == list(range(1, 11))
        reader.statistics.type_counts()
        list(reader.statistics.counts_by_column(Column.CONNECTION))


def test_long_texts_come_cut(url: str) -> None:
    execute(url, "UPDATE entry SET summary = repeat('ü', 5000000), problem = repeat('x', 5000000) WHERE seq = 3")
    execute(url, "UPDATE type SET name = repeat('t', 5000) WHERE name = 'NodeStatus'")
    execute(url, "UPDATE source SET subject = repeat('s', 5000000)")
    execute(url, "INSERT INTO note VALUES (4, 1, true, repeat('c', 5000000))")
    with archive.open_readonly(url) as store, store.reader() as reader:
        [row] = reader.rows([3])
        assert max(map(len, (row.summary, row.problem, row.subject))) == 2_000
        assert row.type == "", "a type's name is shorter"
        entry = reader.entry(3)
        assert isinstance(entry, Event)
        assert (len(entry.summary), len(entry.raw.subject)) == (64_000, 64_000)
        assert len(reader.notes.comments()[4]) == 64_000


def test_large_bodies_are_read_a_few_at_a_time(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "BATCH_BYTES", 1_000)
    with archive.open_archive(url) as store, store.reader() as reader:
        store.append([an_event(n, body=b"x" * 900) for n in range(10)])
        for newest_first in (False, True):
            spans = list(reader.scan_spans(newest_first=newest_first))
            assert len(spans) > 10
            numbers = [item[0] for _span, part in spans for item in part]
            assert numbers == sorted(range(1, 21), reverse=newest_first)
        assert len(list(reader.entries(range(1, 21)))) == 20
        assert len([text for _at, part in reader.texts() for text in part]) == 20


def test_a_body_larger_than_any_message_is_told_and_not_read(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.archive.bodies.MAX_BODY", 1_000)
    execute(url, r"UPDATE body SET body = convert_to(repeat('x', 1002), 'UTF8') WHERE seq = 3")
    with archive.open_readonly(url) as store, store.reader() as reader:
        with pytest.raises(CaptureError, match="1,002 bytes, and more than 1,000 are not read"):
            reader.entry(3)
        excerpt = reader.excerpt(3)
        assert excerpt is not None


def test_missing_partitions_and_rows_are_left_out(url: str) -> None:
    execute(url, "ALTER TABLE body DETACH PARTITION body_1")
    execute(url, "DELETE FROM entry WHERE seq = 4")
    with archive.open_readonly(url) as store, store.reader() as reader:
        assert [row.sequence for row in reader.rows(range(1, 11))] == [1, 2, 3, 5, 6, 7, 8, 9, 10]
        assert (reader.entry(3), [item for part in reader.scan() for item in part]) == (None, [])


def test_functions_of_the_database_are_not_called(url: str) -> None:
    """search_path is fixed: neither functions nor tables of other schemas stand in for the known ones."""
    execute(
        url,
        "CREATE FUNCTION public.octet_length(bytea) RETURNS integer LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'called'; END $$;"
        "CREATE TABLE public.entry (seq integer);"
        f"ALTER DATABASE {url.split('@/')[1].partition('?')[0]} SET search_path = public, pg_catalog",
    )
    with archive.open_readonly(url) as store, store.reader() as reader:
        assert len(list(reader.entries(range(1, 11)))) == 10
