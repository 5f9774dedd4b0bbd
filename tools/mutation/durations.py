"""A pytest plugin: writes the seconds of each passed test to the file that an environment variable names."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tools.mutation.coverage_map import SECONDS_VARIABLE

if TYPE_CHECKING:
    import pytest

_seconds: dict[str, float] = {}
_failed: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up set-up, call and tear-down."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration
    if not report.passed:
        _failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write them, in the process that hears from all others."""
    if not hasattr(session.config, "workerinput"):
        kept = {name: seconds for name, seconds in _seconds.items() if name not in _failed}
        Path(os.environ[SECONDS_VARIABLE]).write_text(json.dumps(kept), encoding="utf-8")
