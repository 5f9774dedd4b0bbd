"""Searching a large archive, and following one: parts of benchmarks.archive."""

from __future__ import annotations

import multiprocessing
import statistics
import threading
import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.capture import events
from clacks_monitor import archive
from clacks_monitor.app import load_ports
from clacks_monitor.core.wanted_events import scan_wanted
from clacks_monitor.session.questions import Asking, EventSelection, Request, compile_question
from clacks_monitor.session.view.match_bits import SpanEvaluation
from clacks_monitor.xquery import Guard, MatchOutcome, QuerySet, compile_query
from tests.helpers.archives import execute

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.queues import Queue

    from clacks_monitor.core.store import EventReader

HOUR = 3_600_000_000_000
MINUTE = 60_000_000_000
PHONE = "declare namespace g='http://www.gonicus.de/Events'; ./g:Event/g:PhoneStatus"
READERS = 20
PROCESSES = 4
TAILED = 2_000
"""Events that are followed."""
_ROWS = {
    "entry": "seq + {0}, wall + {1}, type, source, size, kind, line, col, summary, problem, problem_kind",
    "body": "seq + {0}, monotonic + {1}, created, type, packing, message_id, properties, body",
    "segment": "first_seq + {0}, last_seq + {0}, first_wall + {1}, last_wall + {1}",
    "tally": "minute + {1} / 60000000000, type, kind, count, last + {1}",
}
"""Columns of a copy of a table that is {0} entries and {1} nanoseconds later."""
_COLUMNS = {
    "entry": "seq, wall, type, source, size, kind, line, col, summary, problem, problem_kind",
    "body": "seq, monotonic, created, type, packing, message_id, properties, body",
    "segment": "first_seq, last_seq, first_wall, last_wall",
    "tally": "minute, type, kind, count, last",
}


def grow(url: str, count: int, wanted: int) -> int:
    """Double an archive of ``count`` entries, by the database alone, until it has ``wanted``; return how many it has.

    ``count`` is a multiple of the entries of a segment. Each copy is later by whole minutes.
    """
    while count < wanted:
        while execute(url, "SELECT partition_end FROM recorder")[0][0] <= 2 * count:
            execute(url, "SELECT clacks.add_partition()")
        ((first, last),) = execute(url, "SELECT min(first_wall), max(last_wall) FROM segment")
        later = ((last - first) // MINUTE + 2) * MINUTE
        for table, columns in _COLUMNS.items():
            execute(url, f"INSERT INTO {table} ({columns}) SELECT {_ROWS[table].format(count, later)} FROM {table}")
        count *= 2
        execute(url, "UPDATE recorder SET last_seq = %s", (count,))
    return count


def measure_search(url: str, reader: EventReader) -> dict[str, float]:
    """Return the times of searches: by a declared field, of one type and one hour, and of everything by one process."""
    start = time.perf_counter()
    archive.add_field(url, "PhoneStatus", "CallerId", progress=lambda _done, _total: True)
    first, last = reader.bounds()
    found = {"index_rate": (last - first + 1) / (time.perf_counter() - start)}
    execute(url, "VACUUM (ANALYZE) field_value")
    query = compile_query(f"{PHONE}[g:CallerId = '004711']")
    found["field_ms"] = statistics.median(_matching_ms(reader, query.text) for _round in range(20))
    found["field_rows"] = float(len(list(_matching(reader, query.text))))
    found["first_rows_ms"] = statistics.median(_first_rows_ms(url, reader) for _round in range(5))
    found["xquery_rate"] = _xquery_rate(reader)
    return found


def _matching(reader: EventReader, text: str) -> Iterator[int]:
    query = compile_query(text)
    with Guard() as guard:
        queries = QuerySet([query], guard=guard)
        for _span, scanned in scan_wanted(reader, [query.requirements.wanted], *reader.bounds(), chunk=2_000):
            answers = queries.evaluate_many([event[2:] for event in scanned], [event[1] for event in scanned])
            for event, results in zip(scanned, answers, strict=True):
                if results[0].outcome is MatchOutcome.MATCH:
                    yield event[0]


def _matching_ms(reader: EventReader, text: str) -> float:
    start = time.perf_counter()
    list(_matching(reader, text))
    return (time.perf_counter() - start) * 1000


def _first_rows_ms(url: str, reader: EventReader) -> float:
    """Return how long a question about one type and one hour takes until its first rows, with the start of a worker."""
    first, last = reader.time_span()
    begin = first + (last - first) // 3
    question = compile_question(
        "for $e in collection() where contains($e//*:CallerId, '1') return $e//*:CallerId/string()"
    )
    selection = EventSelection(frozenset({"PhoneStatus"}), begin, begin + HOUR)
    start = time.perf_counter()
    asking = Asking(load_ports().location(url), Request(question, selection))
    next(part for part in asking.run() if part.rows)
    asking.cancel()
    return (time.perf_counter() - start) * 1000


def _xquery_rate(reader: EventReader) -> float:
    """Return events a second that one worker of the table's filter goes through."""
    first, last = reader.bounds()
    last = min(last, first + 400_000)
    with Guard() as guard:
        evaluation = SpanEvaluation([compile_query(f"{PHONE}[contains(g:CallerId, '47')]")], guard)
        start = time.perf_counter()
        for low in range(first, last + 1, 8_192):
            for _step in evaluation.evaluate(reader, low, min(low + 8_191, last)):
                pass
    return (last - first + 1) / (time.perf_counter() - start)


# -- following -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Tail:
    """Readers of one process."""

    url: str
    count: int
    last: int


def _follow(tail: _Tail, ready: Queue[int], delays: Queue[list[float]]) -> None:
    found: list[float] = []
    store = archive.open_readonly(tail.url)

    def one() -> None:
        with store.reader() as reader:
            watch = store.watch()
            seen = reader.last_sequence()
            ready.put(1)
            while seen < tail.last:
                newest = watch.wait().last
                while seen < newest:
                    rows = reader.rows(range(seen + 1, min(newest, seen + 500) + 1))
                    now = time.time_ns()
                    found.extend((now - row.wall_ns) / 1e6 for row in rows)
                    seen = rows[-1].sequence
            watch.close()

    threads = [threading.Thread(target=one) for _ in range(tail.count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    delays.put(found)


def measure_tail(url: str, *, rate: int = 400) -> dict[str, float]:
    """Return after how long READERS readers have the row of an event that was just received."""
    context = multiprocessing.get_context("spawn")
    ready: Queue[int] = context.Queue()
    delays: Queue[list[float]] = context.Queue()
    with archive.open_archive(url) as store, store.reader() as reader:
        last = reader.last_sequence() + TAILED
        processes = [
            context.Process(target=_follow, args=(_Tail(url, READERS // PROCESSES, last), ready, delays))
            for _ in range(PROCESSES)
        ]
        for process in processes:
            process.start()
        for _reader in range(READERS):
            ready.get()
        batch = rate // 20
        for _batch in range(TAILED // batch):
            start = time.perf_counter()
            # Their times are those of their making, the last of them now.
            store.append(list(islice(events(batch, 1e6), batch)))
            time.sleep(max(0.0, 0.05 - (time.perf_counter() - start)))
        found = [delay for _process in processes for delay in delays.get()]
        for process in processes:
            process.join()
    cuts = statistics.quantiles(found, n=100)
    return {"tail_p50_ms": cuts[49], "tail_p99_ms": cuts[98]}
