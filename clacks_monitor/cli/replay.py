"""``clacks-monitor replay``: sends the events of a capture again, or prints them, in time. Thread: main."""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import TYPE_CHECKING

from clacks_monitor.cli.arguments import (
    EXIT_FILE,
    EXIT_NOT_CONNECTED,
    EXIT_NOT_PERMITTED,
    EXIT_USAGE,
)
from clacks_monitor.cli.bus import complain, exit_of_error, read_url, show
from clacks_monitor.cli.interrupts import stopping
from clacks_monitor.cli.moments import moment_of
from clacks_monitor.cli.passwords import ask_password
from clacks_monitor.cli.publisher import Publisher
from clacks_monitor.core.messages import counted
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.captures.replay import Pace, Replay, ReplayPart, ReplayState
from clacks_monitor.xquery import QueryError, compile_query

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.store import EventReader

FLUSH_S = 30.0
STOPPED_FLUSH_S = 0.4
"""How long to wait for outcomes at the end, in seconds; at Ctrl+C the user does not want to wait."""


def run(args: argparse.Namespace, ports: Ports) -> int:
    """Replay; return the exit status."""
    try:
        query = compile_query(args.xquery) if args.xquery else None
        capture = ports.open_readonly(args.capture, ask_password)
    except QueryError as error:
        complain(f"The filter cannot be read: {error}")
        return EXIT_USAGE
    except StorageError as error:
        complain(str(error))
        return exit_of_error(error)
    try:
        with contextlib.closing(capture.reader()) as reader:
            first_ns, _last = reader.time_span()
            part = ReplayPart(moment_of(args.start, first_ns), moment_of(args.end, first_ns), query)
            pace = Pace(args.speed, args.rate, stepwise=args.step)
            if args.url is None:
                return _finish(Replay(_print, pace=pace, part=part), reader)
            return _send(ports, args, lambda emit: Replay(emit, pace=pace, part=part), reader)
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
    """Send one event for each line of the standard input, and the remaining ones at its end."""
    for _line in sys.stdin:
        replay.step()
    replay.resume()


def _finish(replay: Replay, reader: EventReader) -> int:

    if replay.state is ReplayState.PAUSED:
        threading.Thread(target=_step, args=(replay,), name="steps", daemon=True).start()
    with stopping(replay.stop):
        count = replay.run(reader)
    # Without times of their own, events are neither early nor late.
    late = f"; 99 % were at most {replay.jitter_ms():.1f} ms late" if replay.pace.timed else ""
    complain(f"{counted(count, 'event')} replayed{late}")
    return 0


def _send(
    ports: Ports, args: argparse.Namespace, make: Callable[[Callable[[RawMessage], None]], Replay], reader: EventReader
) -> int:

    address = read_url(args, ports)
    if address is None:
        return EXIT_USAGE
    publisher = Publisher(ports.bus(address[0]), *address)
    with stopping(publisher.stop) as interrupts, publisher:
        reason = publisher.wait_connected()
        if interrupts.happened:
            return 0
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
