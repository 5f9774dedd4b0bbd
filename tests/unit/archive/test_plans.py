"""What the database reads for a time: a segment or two, also of tables that were not analysed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from clacks_monitor import archive
from clacks_monitor.archive import statistics
from clacks_monitor.archive.blocks import SEGMENT
from clacks_monitor.archive.times import FIRST_SINCE
from clacks_monitor.core.store import END_OF_TIME
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from tests.helpers.archives import Databases

pytestmark = pytest.mark.postgresql
EVENTS = 10_000
SECOND = 1_000_000_000


@pytest.fixture
def times(databases: Databases) -> tuple[str, range]:
    """Return an archive that was not analysed, and the times of its entries."""
    url = databases.new()
    with archive.open_archive(url) as store:
        for start in range(0, EVENTS, 2_000):
            store.append(some_events(2_000, start))
        with store.reader() as reader:
            first, last = reader.time_span()
    return url, range(first, last + 1)


def _read(url: str, statement: str, values: dict[str, Any], *, plan: str) -> float:
    """Return how many rows of the table entry a statement reads."""
    options = f"-c search_path=clacks -c plan_cache_mode=force_{plan}_plan"
    with psycopg.connect(url, options=options, prepare_threshold=0) as db:
        row = db.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).fetchone()
    assert row is not None
    return _rows(row[0][0]["Plan"])


def _rows(node: dict[str, Any]) -> float:
    own = 0.0
    if str(node.get("Relation Name", "")).startswith("entry"):
        own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return own + sum(map(_rows, node.get("Plans", ())))


@pytest.mark.parametrize("plan", ["custom", "generic"])
def test_going_to_a_time_reads_two_segments(times: tuple[str, range], plan: str) -> None:
    url, walls = times
    for part in range(1, 10):
        assert _read(url, FIRST_SINCE, {"wall": walls[len(walls) * part // 10]}, plan=plan) <= 2 * SEGMENT


@pytest.mark.parametrize("plan", ["custom", "generic"])
@pytest.mark.parametrize("statement", [statistics._TYPES_BETWEEN, statistics._RATES], ids=["types", "rates"])
def test_counting_reads_the_ends_of_a_span(times: tuple[str, range], statement: str, plan: str) -> None:
    url, walls = times
    begin, end = walls[len(walls) // 3], walls[len(walls) * 2 // 3]
    span = {"from": begin, "begin": begin + SECOND, "low": END_OF_TIME, "high": END_OF_TIME}
    span |= {"end": end - SECOND, "to": end, "span": SECOND}
    assert _read(url, statement, span, plan=plan) <= 4 * SEGMENT
