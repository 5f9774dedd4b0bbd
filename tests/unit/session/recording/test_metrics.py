"""The figures of a recorder, as a Prometheus server reads them, and what systemd is told."""

from __future__ import annotations

import json
import re
import socket
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.session.recording.metrics import RecorderMetrics
from clacks_monitor.session.recording.metrics_server import MetricsServer
from clacks_monitor.session.recording.supervision import Supervisor
from tests.helpers.broker import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_LINE = re.compile(r'[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\.)*"\})? [-+0-9.e]+')


def _filled() -> RecorderMetrics:
    metrics = RecorderMetrics()
    metrics.committed(1_234_567, 0.02)
    metrics.committed(3, 99.0)
    metrics.spooled(5, 0.1)
    metrics.set(term=3, leading=True)
    metrics.see_source('a "b"\n\\', attached=True, lag_s=0.5)
    return metrics


def test_the_text_is_that_of_prometheus() -> None:
    text = _filled().text()
    values = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in values if not _LINE.fullmatch(line)] == []
    assert "clacks_recorder_events_total 1234570" in values
    assert "clacks_recorder_term 3" in values
    assert 'clacks_recorder_commit_seconds_bucket{le="0.025"} 1' in values
    assert 'clacks_recorder_commit_seconds_bucket{le="+Inf"} 2' in values
    assert 'clacks_recorder_source_lag_seconds{source="a \\"b\\"\\n\\\\"} 0.5' in values
    named = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    found = {re.sub(r"_(bucket|sum|count)$", "", re.split(r"[ {]", line)[0]) for line in values}
    assert named == found


def test_the_dashboard_and_the_manual_name_figures_that_there_are() -> None:
    text = _filled().text()
    dashboard = (ROOT / "docs" / "recorder-dashboard.json").read_text(encoding="utf-8")
    panels = json.loads(dashboard)["panels"]
    names = {name for panel in panels for one in panel["targets"] for name in re.findall(r"clacks_\w+", one["expr"])}
    manual = (ROOT / "docs" / "recording.md").read_text(encoding="utf-8")
    for name in names | set(re.findall(r"`(clacks_recorder_\w+)`", manual)):
        assert f"\n{name}" in text or text.startswith(name), name


def test_they_are_served_at_one_path() -> None:
    with MetricsServer("127.0.0.1", 0, _filled().text) as server:
        for path, status in (("/metrics", 200), ("/", 404), ("/metrics", 200)):
            client = HTTPConnection("127.0.0.1", server.port)
            client.request("GET", path)
            answer = client.getresponse()
            content = answer.read().decode()
            client.close()
            assert (answer.status, content == _filled().text()) == (status, status == 200)


def test_an_address_that_is_in_use_is_an_error() -> None:
    with MetricsServer("127.0.0.1", 0, str) as server, pytest.raises(OSError, match="in use"):
        MetricsServer("127.0.0.1", server.port, str)


def test_systemd_is_told_once_that_it_is_ready_and_fed(tmp_path: Path) -> None:
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(path)
        supervisor = Supervisor({"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "60000000"})
        for state in ("standing by; x leads", "standing by; y leads", "recording; 1 event so far"):
            supervisor.beat(state)
        supervisor.send("STOPPING=1")
        found = [receiver.recv(1000).decode().splitlines() for _ in range(3)]
    assert found == [
        ["READY=1", "WATCHDOG=1", "STATUS=standing by; x leads"],
        ["WATCHDOG=1", "STATUS=recording; 1 event so far"],
        ["STOPPING=1"],
    ]


def test_without_systemd_nothing_is_sent() -> None:
    Supervisor({}).beat("recording")
    Supervisor({"NOTIFY_SOCKET": "/nowhere/at/all"}).beat("recording")
