"""`clacks-monitor replay`: sends a capture's events again, or prints them, at their own pace. Thread: main."""

from __future__ import annotations

import contextlib
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor import captures
from clacks_monitor.cli.arguments import (
    EXIT_FILE,
    EXIT_NOT_CONNECTED,
    EXIT_NOT_PERMITTED,
    EXIT_USAGE,
    add_command,
    not_negative,
)
from clacks_monitor.cli.bus import complain, read_url, show
from clacks_monitor.core.messages import counted
from clacks_monitor.core.moments import moment_from

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.store import EventReader
    from clacks_monitor.session.captures.replay import Replay

FLUSH_S = 30.0
STOPPED_FLUSH_S = 0.4
"""How long outcomes of what was sent are waited for, seconds; at Ctrl+C nobody wants to wait."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = add_command(
        subparsers,
        "replay",
        "send a capture's events again, or print them, at their own pace",
        "Send the events of a capture again, or print them when no URL is given, at their own pace or another.",
        "clacks-monitor replay shift.capture amqp://localhost --from 14:02 --to 14:10 --speed 10",
    )
    add = parser.add_argument
    add("capture", metavar="CAPTURE", type=Path, help="the capture's file")
    add("url", metavar="URL", nargs="?", help="the bus to send to; without it the events are printed")
    add(
        "--speed",
        type=not_negative,
        default=1.0,
        metavar="FACTOR",
        help="times the original timing; 0: as fast as possible",
    )
    add("--rate", type=not_negative, default=0.0, metavar="N", help="N events a second instead of the original timing")
    add(
        "--from",
        dest="start",
        metavar="TIME",
        help='only from this time on: "14:02", "2026-11-24 14:02", "yesterday 9"',
    )
    add("--to", dest="end", metavar="TIME", help="only up to this time")
    add("--step", action="store_true", help="one event for each line on the standard input; the rest when it ends")
    add("--xquery", metavar="QUERY", help="only events that match")
    parser.set_defaults(run=run)


def _moment(text: str | None, near_ns: int) -> int:
    """Return the time that was meant, 0 for none; a time of day is on the day of the capture. Raises ValueError."""
    if text is None:
        return 0
    found = moment_from(text, near_ns, time.time_ns())
    if found is None:
        raise ValueError(f"{text} is no time; for example 14:02, or 2026-11-24 14:02:10")
    return found


def run(args: argparse.Namespace) -> int:
    """Replay; return the exit status."""
    from clacks_monitor.core.storage_errors import StorageError  # noqa: PLC0415 - as above
    from clacks_monitor.session.captures.replay import Pace, Part, Replay  # noqa: PLC0415 - only when the command runs
    from clacks_monitor.xquery import QueryError, compile_query  # noqa: PLC0415 - as above

    try:
        query = compile_query(args.xquery) if args.xquery else None
        capture = captures.open_readonly(args.capture)
    except QueryError as error:
        complain(f"The filter cannot be read: {error}")
        return EXIT_USAGE
    except StorageError as error:
        complain(str(error))
        return EXIT_FILE
    try:
        with contextlib.closing(capture.reader()) as reader:
            first_ns, _last = reader.time_span()
            part = Part(_moment(args.start, first_ns), _moment(args.end, first_ns), query)
            pace = Pace(args.speed, args.rate, stepwise=args.step)
            if args.url is None:
                return _finish(Replay(_print, pace=pace, part=part), reader)
            return _send(args.url, lambda emit: Replay(emit, pace=pace, part=part), reader)
    except StorageError as error:
        complain(str(error))
        return EXIT_FILE
    except ValueError as error:
        complain(str(error))
        return EXIT_USAGE
    finally:
        capture.close()


def _print(raw: RawMessage) -> None:
    show(raw.body.rstrip())
    sys.stdout.buffer.flush()


def _step(replay: Replay) -> None:
    """Let an event go out for each line that is typed, and all that is left when no more can come."""
    for _line in sys.stdin:
        replay.step()
    replay.resume()


def _finish(replay: Replay, reader: EventReader) -> int:
    from clacks_monitor.session.captures.replay import ReplayState  # noqa: PLC0415 - only when the command runs

    if replay.state is ReplayState.PAUSED:
        threading.Thread(target=_step, args=(replay,), name="steps", daemon=True).start()
    try:
        count = replay.run(reader)
    except KeyboardInterrupt:
        count = replay.sent
    # Without times of their own, events are neither early nor late.
    late = f"; 99 % were at most {replay.jitter_ms():.1f} ms late" if replay.pace.timed else ""
    complain(f"{counted(count, 'event')} replayed{late}")
    return 0


def _send(url: str, make: Callable[[Callable[[RawMessage], None]], Replay], reader: EventReader) -> int:
    from clacks_monitor.cli.publisher import Publisher  # noqa: PLC0415 - proton is slow to import
    from clacks_monitor.session.captures.replay import ReplayState  # noqa: PLC0415 - only when the command runs

    address = read_url(url)
    if address is None:
        return EXIT_USAGE
    with Publisher(*address) as publisher:
        reason = publisher.wait_connected()
        if reason:
            complain(reason)
            return EXIT_NOT_PERMITTED if publisher.refused else EXIT_NOT_CONNECTED
        replay = make(publisher.send)
        status = _finish(replay, reader)
        failed = publisher.wait_settled(FLUSH_S if replay.state is ReplayState.DONE else STOPPED_FLUSH_S)
    if failed:
        complain(f"{counted(failed, 'event')} not accepted")
        return EXIT_NOT_CONNECTED
    return status
