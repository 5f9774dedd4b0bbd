"""RabbitMQ 4 is killed under load. Few kills by default; CLACKS_ENDURANCE=1 makes it 100."""

from __future__ import annotations

import os

import pytest

from tests.helpers.kills import kill_under_load
from tests.helpers.rabbitmq4 import missing, running_rabbitmq4

pytestmark = [pytest.mark.rabbitmq4, pytest.mark.skipif(bool(missing()), reason=missing())]
KILLS = 100 if os.environ.get("CLACKS_ENDURANCE") else 5
BLOCKS = 500
"""How many small objects a kill may leave in the process: what is kept of the gaps and of what came."""


@pytest.mark.timeout(60 + 30 * KILLS)
def test_kills_under_load_are_told_and_leave_nothing_behind() -> None:
    with running_rabbitmq4() as rabbit:
        report = kill_under_load(rabbit, rabbit.url(), KILLS)
        left = rabbit.queues()
    assert len(report.gaps) == KILLS
    assert all(gap.from_ns < gap.to_ns for gap in report.gaps)
    assert not report.untold
    assert (report.files, report.threads) <= (0, 0)
    assert report.memory.blocks < BLOCKS * KILLS, report.memory
    assert left == []
