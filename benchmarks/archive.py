"""How fast an archive in PostgreSQL is: recording, beside a bare COPY of the same rows, and reading.

    python -m benchmarks.archive [--events 200000] [--batch 2000] [--grow 10000000] [--kills 100] [--json]

Runs a server of its own (Debian's postgresql) with a cluster on a socket in a temporary folder, with fsync. Recording
alternates with the bare loop in rounds, so that both meet the same machine: ``record_rate`` is events a second through
Archive.append, ``copy_rate`` those of psycopg's COPY, row by row, of the same rows into tables of the same shape
without bookkeeping, ``record_ratio`` one by the other. ``newest_ms`` and ``page_ms`` are 200 rows at the end and
anywhere, ``go_to_ms`` a time, ``counts_ms`` the counts by type of a month, ``scan_rate`` events a second that a filter
is given. ``bytes_per_event`` counts tables and indexes, before a field is declared. ``field_ms`` is a query for one
value of a declared field (``field_rows`` of them) with its evaluation, ``index_rate`` at what rate the field was added,
``first_rows_ms`` the first rows of a question about one type and one hour with the start of its worker, ``xquery_rate``
what one worker of the table's filter goes through. ``tail_p50_ms`` and ``tail_p99_ms`` are how long after an event was
received 20 readers have its row. With ``--grow`` the database copies the recorded entries until there are so many:
what is read and searched is then that. ``load`` is the machine's load average at the beginning. With ``--kills``
recorders, database and broker are killed so often each, as benchmarks.recording does: ``takeover_s``, ``lost`` and
``doubled``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from itertools import islice
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks import recording
from benchmarks.archive_search import grow, measure_search, measure_tail
from benchmarks.capture import events
from clacks_monitor import archive
from clacks_monitor.archive.blocks import COPY_BODIES, COPY_ENTRIES
from clacks_monitor.storage.encoding import event_tuples
from tests.helpers.archives import Databases, execute, make_archive
from tests.helpers.postgresql import running_cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.event import Event
    from clacks_monitor.core.store import EventReader

PAGE = 200
ROUNDS = 200
SCANNED = 400_000
MONTH = 30 * 86_400_000_000_000
_SIZE = (
    "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = 'clacks'::regnamespace"
)


def copy_rows(db: psycopg.Connection[Any], first: int, batch: Sequence[Event]) -> None:
    """Store a batch as psycopg's documentation has it."""
    rows = [event_tuples(number, event, 1, 1) for number, event in enumerate(batch, first)]
    with db.transaction(), db.cursor() as cursor:
        with cursor.copy(COPY_ENTRIES.partition(" (FORMAT")[0]) as copy:
            for row, _body in rows:
                number, wall, kind, source, state, size, summary, problem, problem_kind, line, column = row
                copy.write_row((number, wall, kind, source, size, state, line, column, summary, problem, problem_kind))
        with cursor.copy(COPY_BODIES.partition(" (FORMAT")[0]) as copy:
            for _row, body in rows:
                number, kind, packing, monotonic, created, message_id, properties, content = body
                copy.write_row((number, monotonic, created, kind, packing, message_id, properties, content))


def measure_recording(databases: Databases, count: int, batch: int, rate: float) -> tuple[str, dict[str, float]]:
    """Record ``count`` events in each way, the ways taking turns; return the archive's URL and the rates."""
    url = databases.empty()
    make_archive(url, partition=10_000_000)
    ways = {"copy": copy_rows}
    bare: dict[str, psycopg.Connection[Any]] = {}
    for name in ways:
        execute(url, f"CREATE SCHEMA {name}_way")
        for table in ("entry", "body"):
            execute(url, f"CREATE TABLE {name}_way.{table} (LIKE clacks.{table} INCLUDING ALL)")
        bare[name] = psycopg.connect(url, autocommit=True, options=f"-c search_path={name}_way")
    spent = dict.fromkeys(("record", *ways), 0.0)
    source = events(count, rate)
    done = 0
    with archive.open_archive(url) as store:
        while pending := list(islice(source, batch)):
            steps: dict[str, Callable[[], object]] = {"record": lambda: store.append(pending)}
            for name, way in ways.items():
                steps[name] = lambda way=way, name=name: way(bare[name], done + 1, pending)  # type: ignore[misc] # noqa: B023 - as above
            for name in random.sample(list(steps), len(steps)):
                start = time.perf_counter()
                steps[name]()
                spent[name] += time.perf_counter() - start
            done += len(pending)
    for db in bare.values():
        db.close()
    return url, {f"{name}_rate": count / seconds for name, seconds in spent.items()}


def _median_ms(step: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _round in range(rounds):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def measure_reading(reader: EventReader, count: int) -> dict[str, float]:
    """Return the times of what the window asks for."""
    first, last = reader.time_span()
    month = max(first, last - MONTH)
    found = {
        "newest_ms": _median_ms(lambda: reader.rows(range(count - PAGE + 1, count + 1))),
        "page_ms": _median_ms(lambda: reader.rows(range(at := random.randint(1, count - PAGE), at + PAGE))),
        "go_to_ms": _median_ms(lambda: reader.sequence_at(random.randint(first, last))),
        "counts_ms": _median_ms(lambda: reader.statistics.type_counts(month, last), 20),
    }
    start = time.perf_counter()
    scanned = sum(map(len, reader.scan(max(1, count - SCANNED), count)))
    found["scan_rate"] = scanned / (time.perf_counter() - start)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--batch", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--grow", type=int, default=0)
    recording.add_broker(parser)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with running_cluster() as cluster, Databases(cluster) as databases:
        load = os.getloadavg()[0]
        total = max(options.events, options.grow)
        url, figures = measure_recording(databases, options.events, options.batch, total * 1e9 / MONTH)
        figures["load"] = load
        figures["record_ratio"] = figures["record_rate"] / figures["copy_rate"]
        total = grow(url, options.events, options.grow)
        figures["events"] = total
        execute(url, "VACUUM (ANALYZE)")
        ((used,),) = execute(url, _SIZE)
        figures["bytes_per_event"] = used / total
        with archive.open_readonly(url) as store, store.reader() as reader:
            figures |= measure_reading(reader, total)
            figures |= measure_search(url, reader)
        figures |= measure_tail(url)
    if options.kills:
        figures |= recording.measure(options.kills, 1, options.broker)
    for name, value in figures.items():
        print(f"{name:16} {value:14,.3f}")
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
