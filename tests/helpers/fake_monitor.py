"""Opens the real window on the fake session: for looking at it. `python -m tests.helpers.fake_monitor --help`."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from clacks_monitor.gui.application import Options, run
from clacks_monitor.gui.window.main_window import MainWindow
from tests.helpers.fake_session import FakeSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.session.session import Session


class Source:
    """Builds the fake session as the command line wants it."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args

    def prepare(self) -> None:
        """Everything is imported already."""

    def build(self, wake: Callable[[], None], language: str) -> Session:
        args = self._args
        session = FakeSession(wake=wake, language=language, folder=Path(tempfile.mkdtemp()))
        session.source.now_ns = time.time_ns() - args.events * 137_000_000 - 22_000_000_000
        if not args.offline:
            session.connect_office()
        for _ in range(args.events // 50):
            session.push(50)
        if args.events:
            session.push_gap()
            session.push(9)
        if args.rate:
            timer = QTimer(QApplication.instance())
            timer.timeout.connect(lambda: session.push(max(1, args.rate // 20)))
            timer.start(50)
        if args.do:
            QTimer.singleShot(600, lambda: exec(args.do, {"session": session, "window": _window()}))
        return cast("Session", session)

    def demonstrate(self) -> str:
        return "amqp://127.0.0.1:1"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=0)
    parser.add_argument("--rate", type=int, default=0)
    parser.add_argument("--theme", default="light")
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--after", type=float, default=1.5)
    parser.add_argument("--shot", type=Path)
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--do", default="", help="Python that gets `window`, `session` and `app`")
    args = parser.parse_args()
    width, _x, height = args.size.partition("x")
    options = Options(
        Path(tempfile.mkdtemp()),
        language=args.language,
        theme=args.theme,
        size=(int(width), int(height)),
        screenshot=args.shot,
        after_s=args.after,
        awaits=not args.offline,
    )
    return run(Source(args), options)


def _window() -> object:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))


if __name__ == "__main__":
    raise SystemExit(main())
