"""What is said of connections that receive nothing."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.connection import ConnectionState, ConnectionStatus
from clacks_monitor.gui.kit import formats, outage_texts
from clacks_monitor.gui.kit.connection_texts import standing
from clacks_monitor.session.outages import Outage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

NS = formats.NS
NOW = time.time_ns()
OFFICE = Outage(
    "office", "office", production=False, never=False, since_ns=NOW, reason="No route.", retry_ns=NOW + 5 * NS,
    trying=False,
)  # fmt: skip


def test_an_outage_says_since_when(qapp: QApplication) -> None:
    del qapp
    since = formats.clock_short(NOW)
    assert outage_texts.title(OFFICE) == f"office: no connection since {since}"
    never = replace(OFFICE, never=True, production=True)
    assert outage_texts.title(never) == f"office (production): not connected, trying since {since}"
    earlier = NOW - 3 * 86_400 * NS
    assert outage_texts.title(replace(OFFICE, since_ns=earlier)).endswith(
        f"{formats.short_day(earlier // NS)} {formats.clock_short(earlier)}"
    )


@pytest.mark.parametrize(
    ("after_ns", "trying", "text"),
    [
        (5 * NS, False, "next try in 5 s"),
        (4 * NS + 1, False, "next try in 5 s"),
        (0, False, "connecting…"),
        (-NS, False, "connecting…"),
        (None, True, "connecting…"),
        (None, False, "no automatic retry"),
        (1234 * NS, False, "next try in 1,234 s"),
    ],
)
def test_the_next_attempt_is_counted_down(qapp: QApplication, after_ns: int | None, trying: bool, text: str) -> None:
    retry_ns = 0 if after_ns is None else NOW + after_ns
    del qapp
    assert outage_texts.next_try(replace(OFFICE, retry_ns=retry_ns, trying=trying), NOW) == text


def test_what_others_wrote_is_one_bounded_line(qapp: QApplication) -> None:
    del qapp
    hostile = replace(OFFICE, name="<b>\n" * 100, reason="x\u202e\n" * 1000)
    assert "\n" not in outage_texts.sentence(hostile, NOW)
    assert len(outage_texts.sentence(hostile, NOW)) < 700
    assert "\u202e" not in outage_texts.reason(hostile)


def test_a_broken_connection_comes_before_everything_else_in_the_status_bar(qapp: QApplication) -> None:
    """With production down and another bus up it must never only say that there is no filter."""
    del qapp
    plant = replace(OFFICE, name="plant", production=True)
    works = ConnectionStatus("o", "o", ConnectionState.CONNECTED, 0)
    text, note = standing([works], [plant])
    assert text == "No connection: plant (production) · no broker filter"
    assert note.startswith("plant (production): no connection since ")
    assert standing([], [plant, OFFICE])[0] == "No connection: plant (production), office"
