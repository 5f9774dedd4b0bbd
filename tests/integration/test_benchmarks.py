"""Every benchmark runs, and its last line is what it promises: one JSON object with its figures. No time is judged."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = {
    "filters": (["--seconds", "0.005", "--no-saxon"], ()),
    "capture": (
        ["--events", "2000"],
        ("append_rate", "open_s", "rss_mb", "refilter_s", "first_ms", "cancel_ms", "jump_p99_ms"),
    ),
    "ingest": (
        ["--count", "400", "--rounds", "1"],
        (
            *("bare_rate", "session_rate", "gui_rate", "session_ratio", "gui_ratio"),
            *("lost", "stall_p99_ms", "stall_max_ms"),
        ),
    ),
    "forms": (["--rounds", "1"], ()),
    "rest": (["--seconds", "1", "--settle", "4"], ("bare_percent", "listen_percent", "monitor_percent", "ratio")),
    "startup": (["--rounds", "1"], ("bare_s", "start_s", "ratio", "ready_s")),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_benchmark_ends_with_its_figures(name: str) -> None:
    options, keys = RUNS[name]
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--json", *options],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures.keys() >= set(keys)
    assert all(math.isfinite(figures[key]) and figures[key] >= 0 for key in keys)
    assert figures.get("lost", 0) == 0
