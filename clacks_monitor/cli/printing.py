"""Prints events, and messages about the connection. Threads: main prints, any other may put."""

from __future__ import annotations

import json
import re
import sys
import threading
from datetime import datetime
from typing import TYPE_CHECKING

from clacks_monitor.cli.bus import complain, exit_of, show, status_line
from clacks_monitor.core.connection import ConnectionState, ConnectionStatus
from clacks_monitor.core.event import EVENT_NAMESPACE, Entry, Event, Gap, footprint
from clacks_monitor.core.mailbox import Mailbox
from clacks_monitor.core.messages import counted, printable
from clacks_monitor.core.records import body_record, properties_record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.event import RawMessage

_STEERING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Control characters that JSON does not escape, but terminals and editors act upon."""
_AT_ONCE = 1_000


def _size(item: Entry | ConnectionStatus | str) -> int:
    return footprint(item) if isinstance(item, Event | Gap) else 0


class Printer:
    """Prints entries, states and messages of other threads. run() is called on the main thread."""

    def __init__(self, style: str, count: int | None, *, once: bool = False) -> None:
        self._wake = threading.Event()
        self._inbox: Mailbox[Entry | ConnectionStatus | str] = Mailbox(self._wake.set, size_of=_size)
        self._format: Callable[[Entry], bytes] = {"summary": summary_line, "xml": xml_text, "json": json_line}[style]
        self._left = count
        self._once = once
        self._printed = ""
        self._subscribed = self._stopping = False
        self._status = 0
        self._idle = threading.Event()
        """Set while nothing waits to be printed."""

    def put(self, items: Sequence[Entry | ConnectionStatus | str]) -> None:
        """Add something to print. Any thread."""
        self._idle.clear()
        self._inbox.put(items)

    def wait_until_printed(self, seconds: float) -> bool:
        """Wait so long at most; return whether all that was put is printed. Any thread but main."""
        return self._idle.wait(seconds)

    def stop(self, status: int = 0) -> None:
        """End run(), with an exit status. Any thread."""
        self._status = status
        self._stopping = True
        self._wake.set()

    def run(self) -> int:
        """Print until the count is reached, stop() is called, or the connection is refused for good.

        That is at first, and later where it is not tried again: the exchange of a broker that was restarted may come
        back a moment after the broker.
        """
        while (self._left is None or self._left > 0) and not self._stopping:
            self._wake.wait()
            self._wake.clear()
            for item in self._inbox.drain(_AT_ONCE):
                status = self._print(item)
                if status is not None:
                    return status
            sys.stdout.buffer.flush()
            self._idle.set()
            if missed := self._inbox.pop_left_out():
                complain(f"{counted(missed, 'event')} came faster than could be printed, and left out.")
        return self._status

    def finish(self) -> None:
        """Print the gaps that have not been printed: the connection is closed, which ends an open one."""
        while items := self._inbox.drain(_AT_ONCE):
            for gap in items:
                if isinstance(gap, Gap):
                    show(self._format(gap))
        sys.stdout.buffer.flush()

    def _print(self, item: Entry | ConnectionStatus | str) -> int | None:
        """Print one item; return an exit status when it was the last."""
        if isinstance(item, str):
            complain(item)
        elif isinstance(item, ConnectionStatus):
            self._subscribed = self._subscribed or item.subscribed
            refused = item.state is ConnectionState.REFUSED
            goes_on = self._subscribed and item.retry_ns > 0 and not self._once
            self._print_status(item, " Trying again." if refused and goes_on else "")
            if (refused and not goes_on) or (self._once and item.state is ConnectionState.LOST):
                return exit_of(item)
        elif self._left is None or self._left > 0:
            show(self._format(item))
            if self._left is not None and isinstance(item, Event):
                self._left -= 1
        return None

    def _print_status(self, status: ConnectionStatus, more: str) -> None:
        """Print the state of the connection when it has changed, without each further attempt to connect."""
        line = status_line(status) + more
        again = status.state is ConnectionState.CONNECTING and status.attempt > 1
        if not again and line != self._printed:
            self._printed = line
            complain(line)


def clock(wall_ns: int) -> str:
    """Return a local time of day with milliseconds."""
    moment = datetime.fromtimestamp(wall_ns // 1_000_000_000).astimezone()
    return f"{moment:%H:%M:%S}.{wall_ns // 1_000_000 % 1000:03}"


def summary_line(entry: Entry) -> bytes:
    """Return one line for people."""
    if isinstance(entry, Gap):
        lost = f", {counted(entry.lost, 'event')} lost" if entry.lost >= 0 else ""
        text = f"{clock(entry.from_ns)} --- gap until {clock(entry.to_ns)}: {entry.cause}{lost} {entry.detail}".rstrip()
    else:
        problem = f"  ! {entry.problem.text}" if entry.problem else ""
        text = f"{clock(entry.wall_ns)}  {entry.type or '(no event)':<22} {entry.summary}{problem}"
    return printable(text).encode()


def xml_text(entry: Entry) -> bytes:
    """Return the body unchanged; a gap as a comment."""
    if isinstance(entry, Gap):
        return b"<!-- " + summary_line(entry).replace(b"--", b"- -") + b" -->"
    return entry.raw.body


def json_line(entry: Entry) -> bytes:
    """Return one line of JSON."""
    if isinstance(entry, Gap):
        values: dict[str, object] = {
            "gap": entry.cause,
            "from": _iso(entry.from_ns),
            "to": _iso(entry.to_ns),
            "lost": entry.lost,
            "detail": entry.detail,
            "connection": entry.connection,
        }
    else:
        values = _event_values(entry, entry.raw)
    text = json.dumps(values, ensure_ascii=False, allow_nan=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode("utf-8", "backslashreplace")


def _event_values(event: Event, raw: RawMessage) -> dict[str, object]:

    namespace = EVENT_NAMESPACE if event.type else None
    return {
        "time": _iso(raw.wall_ns),
        "type": event.type,
        "namespace": namespace,
        "summary": event.summary,
        "problem": event.problem.text if event.problem else None,
        "connection": raw.connection,
        "subject": raw.subject,
        "properties": properties_record(raw.properties),
        **body_record(raw.body),
    }


def _iso(wall_ns: int) -> str:
    moment = datetime.fromtimestamp(wall_ns // 1_000_000_000).astimezone()
    seconds, zone = moment.isoformat()[:19], moment.isoformat()[19:]
    return f"{seconds}.{wall_ns % 1_000_000_000 // 1000:06}{zone}"
