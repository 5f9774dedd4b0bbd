"""A capture is replayed into a real bus, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor import captures
from clacks_monitor.core.event import Event
from clacks_monitor.session.captures.replaying import Pace, ReplayPart
from clacks_monitor.session.notices import ReplayProgress
from tests.helpers.broker import running_broker
from tests.helpers.entries import START, a_gap, some_events
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.core.folders import Folders


def test_what_is_replayed_comes_back_once(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append([*some_events(200), a_gap(300)])
    with running_broker() as broker, running_session(folders, path) as watched:
        connection = watched.connect(broker.url)
        before = watched.session.counters().received
        assert watched.session.replaying.start(ReplayPart(to_ns=START + 10**15), Pace(rate=2000.0), connection) == ""
        watched.until(lambda: any(isinstance(t, ReplayProgress) and t.finished for t in watched.told), "it ends")
        ended = next(t for t in watched.told if isinstance(t, ReplayProgress) and t.finished)
        assert (ended.sent, ended.refused, ended.problem, ended.state) == (200, 0, "", "done")
        watched.until(lambda: watched.session.counters().received == before + 200, "everything comes back")
        for sequence in (1, 6, 200):
            sent, back = watched.session.rows.whole(sequence), watched.session.rows.whole(sequence + 201)
            assert isinstance(sent, Event)
            assert isinstance(back, Event)
            assert (back.raw.body, dict(back.raw.properties)) == (sent.raw.body, dict(sent.raw.properties))
        watched.until(lambda: not watched.session.replaying.busy, "it is free again")
