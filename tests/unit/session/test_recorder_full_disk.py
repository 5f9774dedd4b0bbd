"""On a full disk the recorder says so once, and what arrives is counted and passed on all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.summary import Summaries
from clacks_monitor.core.words import Words
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.counting import Counting
from clacks_monitor.session.recorder import Recorder
from clacks_monitor.storage import Capture
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_full_disk_is_told_once_and_showing_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.storage.capture.held.MAX_ENTRIES", 500)
    passed_on: list[int] = []
    troubles: list[str] = []
    details: list[str] = []

    def tell(title: str, detail: str) -> None:
        troubles.append(title)
        details.append(detail)

    counting = Counting()
    with Capture.create(tmp_path / "a.capture") as capture, capture.reader() as reader:
        recorder = Recorder(
            capture,
            counting,
            Summaries({}, ""),
            Catalogue([]),
            stored=lambda first, entries: passed_on.extend(range(first, first + len(entries))),
            trouble=tell,
        )
        (pages,) = capture._db.execute("PRAGMA page_count").fetchone()
        capture._db.execute(f"PRAGMA max_page_count = {pages + 4}")
        for number in range(0, 2000, 100):
            recorder.store(some_events(100, number))
        assert passed_on == list(range(1, reader.last_sequence() + 1))
        assert len(reader.rows(passed_on)) == len(passed_on) > 500
        assert capture.missed == 2000 - len(passed_on) > 0
        assert [trouble.partition(":")[0] for trouble in troubles] == [
            "The disk is full",
            "The disk and the memory for what waits are full",
        ]
        assert details == [str(capture.path)] * 2
        assert counting.gaps == 0
        missed = capture.missed
        capture._db.execute("PRAGMA max_page_count = 100000")
        recorder.store(some_events(100, 2000))
        assert len(passed_on) == len(set(passed_on))
        assert passed_on[-1] == reader.last_sequence()
        assert "room on the disk again" in troubles[2]
        assert f"{missed:,} events are lost" in details[2]
        assert counting.gaps == 1
        assert counting.received + counting.gaps == reader.last_sequence()
        recorder.store(some_events(100, 2100))
        assert len(troubles) == 3
        assert all(isinstance(words, Words) for words in troubles)
