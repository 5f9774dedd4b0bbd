"""The guard: tries untrusted schemas, and validates events by them, in a process that can be killed.

Owner: the catalogue. Thread: any, one request at a time; callers wait without holding the interpreter's lock. ``close``
may be called at any time and does not wait for a request in progress.

The process is started by the first request that needs it, which takes about half a second. It is replaced when it had
to be killed; its schemas are then compiled again from the sources of their trial.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.confined import ChildGoneError, Confined
from clacks_monitor.core.messages import Message
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.guard import serialization
from clacks_monitor.forms.sources import SourceSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.forms.guard.serialization import PlainValue
    from clacks_monitor.forms.vocabulary import ElementInfo

__all__ = ["CHECK_S", "COMPILE_S", "MEMORY", "SchemaGuard", "Trial"]

COMPILE_S: Final = 2.0
"""Processor time for reading one schema, for compiling it, and for its first form, each."""
CHECK_S: Final = 0.5
"""Processor time for validating one small event."""
SECONDS_PER_BYTE: Final = 2e-6
"""Processor time that each byte of an event adds to that."""
FAIR_BYTES: Final = 1_000_000
"""A larger event may take too long even with a schema that is fine for all others."""
MEMORY: Final = 256 * 1024 * 1024
"""Address space of the process, in bytes."""
_KEPT: Final = 200
"""The most compiled schemas of one process; then it is replaced."""
_MODULE: Final = "clacks_monitor.forms.guard.worker"

_REMEDY: Final = Message("simplify it or remove the file")


@dataclass(frozen=True, slots=True)
class Trial:
    """The result of trying a schema.

    With a ``problem`` it cannot be used at all, with a ``form_problem`` events are validated by it but there is no
    form. ``costly`` says that a limit of time or memory was reached.
    """

    sources: SourceSet
    documentation: str = ""
    problem: ValidationIssue | None = None
    form_problem: ValidationIssue | None = None
    vocabulary: ElementInfo | None = None
    costly: bool = False


class SchemaGuard:
    """One worker process, and the numbers of the schemas that it has compiled."""

    def __init__(self, memory: int = MEMORY) -> None:
        self._memory = memory
        self._lock = threading.Lock()
        self._child: Confined | None = None
        self._known: set[int] = set()
        self._closed = threading.Event()

    @property
    def pid(self) -> int | None:
        """The worker's process id, None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def stop(self) -> None:
        """End the worker and start no other, without waiting; a waiting caller gets a ChildGoneError that says so."""
        self._closed.set()
        child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """Stop, and wait until the worker has ended."""
        self.stop()
        with self._lock:
            self._discard()

    # -- trying ------------------------------------------------------------------------------------------------------

    def try_schema(
        self, path: Path, folders: Sequence[Path], refused: Callable[[SourceSet], ValidationIssue | None]
    ) -> Trial:
        """Read a schema with its documents, compile it and make a form; never raises because of its content.

        ``refused`` returns why these documents were refused before, or None.
        """
        with self._lock:
            self._drop_dead()
            nothing = SourceSet((), {})
            try:
                plain, problem = self._ask(("read", str(path), tuple(map(str, folders))), COMPILE_S)
            except ChildGoneError as gone:
                return Trial(nothing, problem=_too_much(Message("reading the schema"), gone), costly=not gone.closed)
            sources = serialization.unpack_sources(plain)
            if problem is not None:
                return Trial(sources, problem=serialization.unpack_problem(problem))
            if (known := refused(sources)) is not None:
                return Trial(sources, problem=known)
            return self._compiled(path.stem, sources, plain)

    def _compiled(self, name: str, sources: SourceSet, plain: PlainValue) -> Trial:
        try:
            problem, documentation = self._ask(("compile", 0, name, plain), COMPILE_S)
        except ChildGoneError as gone:
            return Trial(sources, problem=_too_much(Message("compiling the schema"), gone), costly=not gone.closed)
        if problem is not None:
            return Trial(sources, documentation, serialization.unpack_problem(problem))
        try:
            form_problem, vocabulary = self._ask(("form", 0, name), COMPILE_S)
        except ChildGoneError as gone:
            return Trial(sources, documentation, form_problem=_too_much(Message("creating a form"), gone))
        return Trial(
            sources,
            documentation,
            None,
            serialization.unpack_problem(form_problem),
            serialization.unpack_element(vocabulary),
        )

    # -- checking ----------------------------------------------------------------------------------------------------

    def first_problem(self, number: int, name: str, sources: SourceSet, xml: bytes) -> str | None:
        """Return the first problem of an event's element, or None. Raises ChildGoneError."""
        with self._with_schema(number, name, sources):
            found = self._ask(("first", number, xml), _seconds(xml))
        return None if found is None else serialization.unpack_text(found)

    def problems(
        self, number: int, name: str, sources: SourceSet, xml: bytes, *, second: bool
    ) -> list[tuple[tuple[int, ...], ValidationIssue]]:
        """Return all problems found by one validator, each with the path of child indexes to its element.

        Raises ChildGoneError.
        """
        with self._with_schema(number, name, sources):
            validator, seconds = ("xmlschema", _seconds(xml) * 4) if second else ("libxml2", _seconds(xml))
            found = self._ask(("all", number, xml, validator), seconds)
        pairs = [(place, serialization.unpack_problem(problem)) for place, problem in found]
        return [(place, problem) for place, problem in pairs if problem is not None]

    @contextlib.contextmanager
    def _with_schema(self, number: int, name: str, sources: SourceSet) -> Iterator[None]:
        with self._lock:
            self._drop_dead()
            if number not in self._known:
                if len(self._known) >= _KEPT:
                    self._discard()
                self._ask(("compile", number, name, serialization.pack_sources(sources)), COMPILE_S * 2)
                self._known.add(number)
            yield

    # -- under the lock ----------------------------------------------------------------------------------------------

    def _ask(self, request: tuple[Any, ...], seconds: float) -> PlainValue:
        if self._closed.is_set():
            raise ChildGoneError(slow=False, closed=True)
        try:
            if self._child is None:
                self._child = Confined(_MODULE, self._memory)
            if self._closed.is_set():  # while it was being started
                self._child.kill()
            return self._child.ask(request, seconds)
        except ChildGoneError:
            self._discard()
            raise
        except OSError as error:
            self._discard()
            raise ChildGoneError(slow=False) from error

    def _drop_dead(self) -> None:
        """Discard a worker that was killed by another program: the next request did not cause it."""
        if self._child is not None and not self._child.alive:
            self._discard()

    def _discard(self) -> None:
        self._known.clear()
        if self._child is not None:
            self._child.close()
            self._child = None


def _seconds(xml: bytes) -> float:
    return CHECK_S + len(xml) * SECONDS_PER_BYTE


def _too_much(work: str, gone: ChildGoneError) -> ValidationIssue:
    if gone.closed:
        return ValidationIssue(Message("not read: program closing"))
    if gone.slow:
        return ValidationIssue(Message("{0} takes more than {1} seconds: {2}", work, f"{COMPILE_S:g}", _REMEDY))
    return ValidationIssue(Message("{0} needs more than {1} MB of memory: {2}", work, MEMORY // (1024 * 1024), _REMEDY))
