"""What the window shows of work on captures, and how the fake of that work ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from clacks_monitor.gui.window.bars.activity_bar import ActivityLine
    from clacks_monitor.session.notices import JobResult
    from tests.helpers.stage import Stage


def lines(stage: Stage) -> list[ActivityLine]:
    return stage.window.controllers.jobs.bar.lines()


def said_below(stage: Stage) -> list[str]:
    return [line.text.text() for line in lines(stage)]


def buttons(stage: Stage) -> dict[str, QPushButton]:
    (line,) = lines(stage)
    return {button.text(): button for button in line.findChildren(QPushButton)}


def end(stage: Stage, result: JobResult | None = None, *, problem: str = "", cancelled: bool = False) -> None:
    stage.session.work.end(result, problem=problem, cancelled=cancelled)
    stage.window.bridge.deliver()


def trouble(stage: Stage) -> str:
    return stage.window.panes.trouble.text.text() if stage.window.panes.trouble.isVisible() else ""
