"""The words that the last events have as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor import captures
from clacks_monitor.core.ending import Stop
from clacks_monitor.session.view.seen_values import MAX_EVENTS, MAX_VALUES, seen_values
from tests.helpers.entries import an_event
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from pathlib import Path


def _seen(path: Path, bodies: list[bytes]) -> dict[str, frozenset[str]]:
    with captures.create(path) as capture:
        capture.append([an_event(n, body=body) for n, body in enumerate(bodies)])
        with capture.reader() as reader:
            return seen_values(reader, Stop())


def test_words_of_small_sets_are_found(tmp_path: Path) -> None:
    bodies = [phone(status="busy", caller="012345"), phone(status="free"), b"no xml", b"<a><Id>x1</Id></a>"]
    assert _seen(tmp_path / "a.capture", bodies)["Status"] == {"busy", "free"}
    assert "CallerId" not in _seen(tmp_path / "b.capture", bodies)


def test_only_the_last_events_count(tmp_path: Path) -> None:
    bodies = [b"<a><Old>word</Old></a>", *[b"<a><New>word</New></a>"] * MAX_EVENTS]
    assert _seen(tmp_path / "a.capture", bodies) == {"New": {"word"}}


def test_a_name_with_many_values_has_no_words(tmp_path: Path) -> None:
    letters = [f"<a><N>x{chr(97 + n // 26)}{chr(97 + n % 26)}</N></a>".encode() for n in range(MAX_VALUES + 1)]
    assert _seen(tmp_path / "a.capture", letters) == {}
