"""Every benchmark runs, and its last line is what it promises: one JSON object with its figures. No time is judged."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.stalls import Stalls

ROOT = Path(__file__).resolve().parents[2]
STALLS = ("p99_ms", "max_ms", "over_33_ms_percent", "over_100_ms_percent")
RUNS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "filters": (["--seconds", "0.005", "--no-saxon"], ("nodes_200_kb",)),
    "capture": (
        ["--events", "2000"],
        (
            *("refilter_all_cores_s", "refilter_one_core_s", "refilter_again_s", "jump_cpu_p99_ms"),
            *("append_rate", "open_s", "rss_mb", "refilter_s", "first_ms", "cancel_ms", "jump_p99_ms", "find_s"),
            *(f"refilter_stall_{name}" for name in STALLS),
        ),
    ),
    "ask": (["--events", "2000", "--rounds", "1", "--no-basex"], ("events", "load", "faster_than_basex")),
    "ingest": (
        ["--count", "400", "--rounds", "1"],
        (
            *("bare_rate", "counting_rate", "session_rate", "gui_rate", "lost"),
            *("session_to_bare", "session_to_counting", "gui_to_bare", "gui_to_counting"),
            *(f"stall_{name}" for name in STALLS),
        ),
    ),
    "handover": (
        ["--changes", "4", "--rate", "200", "--preemption-ms", "50", "--pause", "0.3"],
        ("lost", "doubled", "disordered", "lost_without_pause", "events", "changes", "gaps"),
    ),
    "forms": (["--rounds", "1"], ("large_schema_lines", "first_form_cold_ms", "first_form_warm_ms")),
    "receivers": (["--count", "400", "--rounds", "1"], ("ours_rate", "ratio_to_bare", "ratio_to_counting")),
    "rest": (
        ["--seconds", "1", "--settle", "4"],
        (
            *("bare_percent", "listen_percent", "monitor_percent", "ratio_to_bare", "ratio_to_listen"),
            *("bare_seen", "listen_seen", "monitor_seen"),
        ),
    ),
    "startup": (
        ["--rounds", "1"],
        ("usable_s", "usable_ratio", "ready_s", "ready_ratio", "step_median_ms", "step_max_ms"),
    ),
}
WITH_SERVERS = {"archive", "mqtt", "rabbitmq", "recording"}
"""Those that need a PostgreSQL, a RabbitMQ or a mosquitto."""
TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "filters": {
        "queries": ("parse", "with parse", "as it runs"),
        "sets": ("all of its type", "of all types", "refiltering, of all types"),
        "compile": ("ours",),
        "guard": ("CPU of the caller", "wall time"),
        "editor": ("milliseconds",),
    },
    "forms": {"forms": ("editors at first", "painted", "bare, as many", "complete", "bare, all of them")},
}
"""The tables of a benchmark's object, and columns that must hold a figure above 0 in each row."""


def figures_of(name: str, *options: str) -> dict[str, Any]:
    """Run a benchmark, and return the object that is its last line."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--json", *options],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("name", RUNS)
def test_a_benchmark_ends_with_its_figures(name: str) -> None:
    options, keys = RUNS[name]
    figures = figures_of(name, *options)
    assert keys
    assert figures.keys() >= set(keys)
    assert all(math.isfinite(figures[key]) and figures[key] >= 0 for key in keys)
    assert figures.get("lost", 0) == 0
    for table, columns in TABLES.get(name, {}).items():
        assert figures[table]
        assert all(row[column] > 0 for row in figures[table] for column in columns)


def test_an_event_that_does_not_come_is_counted_as_lost() -> None:
    figures = figures_of("ingest", "--count", "300", "--rounds", "1", "--omit", "7", "--patience", "1")
    assert figures["lost"] == 2, "one in the session, one in the window"


def test_every_benchmark_is_run_here() -> None:
    modules = {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
    runnable = {name for name in modules if "--json" in (ROOT / "benchmarks" / f"{name}.py").read_text("utf-8")}
    assert runnable - {"report", "__init__", *WITH_SERVERS} == set(RUNS)


def test_a_stall_counts_for_as_long_as_it_lasts() -> None:
    stalls = Stalls(beat_s=0.005)
    for _ in range(1_800):
        stalls.add(5.0)
    stalls.add(1_005.0)
    assert stalls.figures("stall") == pytest.approx(
        {
            "stall_p99_ms": 1_000,
            "stall_max_ms": 1_000,
            "stall_over_33_ms_percent": 100 * 1_005 / 10_005,
            "stall_over_100_ms_percent": 100 * 1_005 / 10_005,
        }
    )


def test_without_a_beat_there_is_no_stall() -> None:
    assert set(Stalls().figures("stall").values()) == {0.0}
