"""The child process of a search, so that a slow expression cannot block the window.

The first line of the input is the request, each further line a span of sequence numbers; each line of the output is
progress with matches, the end of a span, or a problem. All are JSON. The process opens the capture itself, only reads,
and may be killed at any time. Owner: ``searching``. Thread: the only one of the process.

A regular expression that takes too long on an event is given up for that event, by a signal: Python's ``re`` checks for
signals while it matches.
"""

from __future__ import annotations

import json
import re
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clacks_monitor.core.ports import open_in_child
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.archives import Archives
    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.store import EventReader

    Answer = Callable[..., None]
    Scan = Callable[[int, int], Iterator[tuple[int, list[int]]]]

CHUNK = 1_000
TICK_S = 0.2
"""Seconds of processor time between two checks: an event is given up after one to two of them."""
MAX_SLOW = 20
"""How many events may be given up before the search ends with a problem."""


class TooSlowError(Exception):
    """The expression takes too long on an event."""


class _Watch:
    """A signal handler: raises TooSlowError when ``at``, the event's number, is the same as at the last call."""

    def __init__(self) -> None:
        self.at = 0
        self._last = -1

    def __call__(self, _signal: int, _frame: object) -> None:
        if self.at and self.at == self._last:
            self._last = -1
            raise TooSlowError
        self._last = self.at


def main(stores: CaptureFiles | Archives) -> None:
    """Run one search, until the end of the input."""
    request = json.loads(sys.stdin.readline())
    try:
        with (
            open_in_child(stores.__name__, request["address"], request.get("password")) as capture,
            capture.reader() as reader,
        ):
            scan = _scanner(reader, request["kind"], request["text"], match_case=request["case"])
            with scan as look:
                for line in sys.stdin:
                    first, last = json.loads(line)
                    for done, found in look(first, last):
                        _answer(done=done, found=found)
                    _answer(end=last)
    except re.error as error:
        _answer(problem=error.msg, at=error.pos or 0)
    except (StorageError, ValueError, RecursionError, TooSlowError) as error:
        _answer(problem=str(error))
    except BrokenPipeError:
        return


def _answer(**values: object) -> None:
    sys.stdout.write(json.dumps(values, separators=(",", ":")) + "\n")
    sys.stdout.flush()


@contextmanager
def _scanner(reader: EventReader, kind: str, text: str, *, match_case: bool) -> Iterator[Scan]:
    if kind == "xquery":
        from clacks_monitor.session.view.query_scan import query_scan  # 20 ms that a search for text does not need

        with query_scan(reader, text, CHUNK) as scan:
            yield scan
    elif kind == "regex":
        pattern = re.compile(text, 0 if match_case else re.IGNORECASE)
        watch = _Watch()
        signal.signal(signal.SIGVTALRM, watch)
        signal.setitimer(signal.ITIMER_VIRTUAL, TICK_S, TICK_S)
        yield _ByExpression(reader, pattern, watch)
    else:
        yield lambda first, last: _by_text(reader, text, first, last, match_case=match_case)


def _by_text(
    reader: EventReader, text: str, first: int, last: int, *, match_case: bool
) -> Iterator[tuple[int, list[int]]]:
    wanted = text if match_case else text.casefold()
    for done, texts in reader.texts(first, last, chunk=CHUNK):
        if match_case:
            yield done, [sequence for sequence, found in texts if wanted in found]
        else:
            yield done, [sequence for sequence, found in texts if wanted in found.casefold()]


class _ByExpression:
    """Searches for a regular expression, and gives up events on which that takes too long."""

    def __init__(self, reader: EventReader, pattern: re.Pattern[str], watch: _Watch) -> None:
        self._reader = reader
        self._pattern = pattern
        self._watch = watch
        self._slow = 0

    def __call__(self, first: int, last: int) -> Iterator[tuple[int, list[int]]]:
        for done, texts in self._reader.texts(first, last, chunk=CHUNK):
            yield done, [sequence for sequence, text in texts if self._matches(sequence, text)]

    def _matches(self, sequence: int, text: str) -> bool:
        self._watch.at = sequence
        try:
            return self._pattern.search(text) is not None
        except TooSlowError:
            self._slow += 1
            if self._slow >= MAX_SLOW:
                raise TooSlowError("The expression takes too long on many events: make it simpler.") from None
            _answer(slow=sequence)
            return False
        finally:
            self._watch.at = 0
