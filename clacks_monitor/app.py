"""Composition root and command line: the only module that knows all rooms.

Without a command it opens the window. Rooms are imported when a command needs them, so that each starts fast.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor import __version__
from clacks_monitor.cli import broker, listen, replay, schemas, send, simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.cli.demo import Demo
    from clacks_monitor.session.session import Session

NO_DISPLAY = """\
There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).
The same monitor works on the command line:

  clacks-monitor listen amqp://user@host/org.clacks --xquery "./*:Event/*:PhoneStatus"
  clacks-monitor send amqp://user@host/org.clacks PhoneStatus CallerId=012345 ReceiverId=12343424 Status=busy

and for a look without a bus of your own:

  clacks-monitor broker & clacks-monitor simulate amqp://127.0.0.1 & clacks-monitor listen amqp://127.0.0.1
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="clacks-monitor",
        description="Watch, filter and send events on an AMQP bus; without a command, in a window.",
    )
    add = parser.add_argument
    add("--version", action="version", version=f"%(prog)s {__version__}")
    add("--demo", action="store_true", help="open the window on a demonstration bus of its own")
    add("--connect", metavar="URL", help="open the window connected to this bus")
    add("--capture", metavar="FILE", type=Path, help="record into this file, and show what is in it already")
    add("--config", metavar="FOLDER", type=Path, help="keep settings, profiles and captures in this folder")
    add("--language", choices=("en", "de"), help="language of the window (default: the system's)")
    add("--theme", choices=("system", "light", "dark"), default="system", help="colours of the window")
    add("--size", metavar="WIDTHxHEIGHT", type=_size, help="size of the window in pixels")
    add("--screenshot", metavar="FILE.png", type=Path, help="save a picture of the window and exit")
    add("--after", metavar="SECONDS", type=float, default=5.0, help="how long to wait before --screenshot (5)")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in (listen, send, schemas, replay, broker, simulate):
        command.add_parser(commands)
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _x, height = text.partition("x")
    return int(width), int(height)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    args = build_parser().parse_args(argv)
    if hasattr(args, "run"):
        status: int = args.run(args)
        return status
    return _window(args)


def _has_display() -> bool:
    offscreen = os.environ.get("QT_QPA_PLATFORM", "") in {"offscreen", "minimal", "vnc"}
    other = sys.platform in {"win32", "darwin"}
    return offscreen or other or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _window(args: argparse.Namespace) -> int:
    if not _has_display():
        sys.stderr.write(NO_DISPLAY)
        return 1
    from clacks_monitor.cli.demo import Demo  # noqa: PLC0415 - only the window needs these
    from clacks_monitor.gui.application import Options, run  # noqa: PLC0415

    options = Options(
        language=args.language,
        theme=args.theme,
        size=args.size,
        screenshot=args.screenshot,
        after_s=args.after,
        config=args.config,
    )
    if not args.demo:
        return run(_session_factory(args, None), options)
    with Demo() as demo:
        return run(_session_factory(args, demo), options)


def _session_factory(args: argparse.Namespace, demo: Demo | None) -> Callable[[Callable[[], None], str], Session]:
    """Return what builds the session once the window can be woken."""

    def build(wake: Callable[[], None], language: str) -> Session:
        from clacks_monitor.core.connection import from_url  # noqa: PLC0415
        from clacks_monitor.session.session import Session  # noqa: PLC0415
        from clacks_monitor.storage import Folders  # noqa: PLC0415

        folders = Folders.below(args.config) if args.config else Folders.of_user()
        session = Session(folders, wake=wake, language=language, capture=args.capture)
        urls = [(demo.url, "demo bus")] if demo is not None else []
        urls += [(args.connect, "")] if args.connect else []
        for url, name in urls:
            settings, password = from_url(url, name=name)
            session.connections.add_for_this_run(settings, password)
            session.connections.open(settings.id, password)
        return session

    return build
