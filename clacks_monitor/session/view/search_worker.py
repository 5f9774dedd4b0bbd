"""The search's worker: a process of its own, so that no expression, however it is written, holds up the window.

It opens the capture by itself and looks at what it is asked for, span by span; one line of JSON on its input is a span,
one line on its output is how far it is and what it found. Owner: session.searching, which starts it with
``python -I -c ...`` and may kill it at any moment. Thread: one, the process has no other.

An expression that takes too long on one event is given up for that event: Python looks for signals while it matches.
"""

from __future__ import annotations

import json
import re
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.store import EventReader
    from clacks_monitor.xquery import QuerySet

    Answer = Callable[..., None]
    Scan = Callable[[int, int], Iterator[tuple[int, list[int]]]]

CHUNK = 1_000
TICK_S = 0.2
"""Processor time after which an event that is still the same one is given up: between one and two of these."""
MAX_SLOW = 20


class TooSlowError(Exception):
    """The expression takes too long on an event."""


class _Watch:
    """Notices when the same event is looked at for too long. ``at`` is the event's number."""

    def __init__(self) -> None:
        self.at = 0
        self._last = -1

    def __call__(self, _signal: int, _frame: object) -> None:
        if self.at and self.at == self._last:
            self._last = -1
            raise TooSlowError
        self._last = self.at


def main(files: CaptureFiles) -> None:
    """Serve one search until the input ends."""
    request = json.loads(sys.stdin.readline())
    try:
        with files.open_readonly(Path(request["path"])) as capture, capture.reader() as reader:
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
        from clacks_monitor.xquery import Guard, QuerySet, compile_query  # text needs none of it

        with Guard() as guard:
            queries = QuerySet([compile_query(text)], guard=guard)
            yield lambda first, last: _by_query(reader, queries, first, last)
    elif kind == "regex":
        pattern = re.compile(text, 0 if match_case else re.IGNORECASE)
        watch = _Watch()
        signal.signal(signal.SIGVTALRM, watch)
        signal.setitimer(signal.ITIMER_VIRTUAL, TICK_S, TICK_S)
        yield _ByExpression(reader, pattern, watch)
    else:
        yield lambda first, last: _by_text(reader, text, first, last, match_case=match_case)


def _by_query(reader: EventReader, queries: QuerySet, first: int, last: int) -> Iterator[tuple[int, list[int]]]:
    from clacks_monitor.xquery import MatchOutcome  # as above

    for (_first, done), chunk in reader.scan_spans(first, last, chunk=CHUNK):
        events = [(body, properties) for _sequence, _type, body, properties in chunk]
        answers = queries.evaluate_many(events, [found[1] for found in chunk])
        yield (
            done,
            [s[0] for s, result in zip(chunk, answers, strict=True) if result[0].outcome is MatchOutcome.MATCH],
        )


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
    """Looks for a regular expression, and gives up events on which it takes too long."""

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
