"""A child process that can be killed, for work whose time and memory depend on data from outside.

Role: requests go down a pipe, answers come back. The child arms an alarm of processor time whose default action ends
it: that works inside C code too, needs no cooperation of the parent, and does not depend on the load of the machine.
Its address space is limited. Frames in both directions: four bytes of length, then ``marshal`` data - plain values
only, so that the parent never unpickles what a child sends.

``Confined`` is the parent's side, ``Requests`` the child's; ``serve`` is the child's loop where each request gets one
answer and has its time with it. Owner: the maker of a ``Confined``, which also closes it. Thread: any, one request at a
time; ``kill`` may be called while another thread waits for an answer, which then raises ChildGoneError.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["ChildGoneError", "Confined", "Requests", "limit_time", "out_of_memory", "serve"]

Plain = Any
"""A value that ``marshal`` can write: numbers, texts, bytes, and tuples, lists and dictionaries of them."""
HEADER: Final = struct.Struct("!I")
START_S: Final = 30.0
"""Wall time that the child may take to start."""
PATIENCE: Final = 20
"""Wall time allowed, as a multiple of processor time: other programs may keep the machine busy."""
OUT_OF_MEMORY: Final = 77
"""Exit status of a child that met its limit of memory."""
RECURSION: Final = 20_000
"""Frames of Python that a child may nest, unless it asks for more."""
_ALL_BUT: Final = 0.9
"""An allocation that fails is seldom small: above this part of the limit, it has failed for its size."""


class ChildGoneError(Exception):
    """The child ended or had to be ended; ``slow`` says that it was for the time it took, ``closed`` by its owner.

    ``killed`` says that it was killed from outside, as the system does when memory is short; it is ``slow`` too.
    """

    def __init__(self, *, slow: bool, closed: bool = False, killed: bool = False) -> None:
        super().__init__("closed" if closed else "too slow" if slow else "too large")
        self.slow = slow
        self.closed = closed
        self.killed = killed


class Confined:
    """One child that runs ``main(memory)`` of a module, which makes ``Requests``. ``memory`` is in bytes.

    With a ``descriptor``, an open file that the child inherits, that is ``main(memory, descriptor)``.
    """

    def __init__(self, module: str, memory: int, descriptor: int | None = None) -> None:
        arguments = f"{memory}" if descriptor is None else f"{memory}, {descriptor}"
        boot = f"import sys; sys.path[:] = {sys.path!r}; from {module} import main; main({arguments})"
        self._process = subprocess.Popen(  # our own interpreter, our own module
            [sys.executable, "-I", "-c", boot],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
            pass_fds=() if descriptor is None else (descriptor,),
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("The child has no pipes.")  # Popen was asked for both
        self._requests, self._answers = self._process.stdin, self._process.stdout
        os.set_blocking(self._requests.fileno(), False)
        self._readable, self._writable = select.poll(), select.poll()
        self._readable.register(self._answers, select.POLLIN)
        self._writable.register(self._requests, select.POLLOUT)
        self._end = weakref.finalize(self, _end, self._process)
        self._ready = False
        self._ending = threading.Lock()
        self._closed = False

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def fileno(self) -> int:
        """The descriptor that can be read when an answer begins: a thread may wait for several children by it."""
        return self._answers.fileno()

    @property
    def alive(self) -> bool:
        """Whether the child can be asked: it may have been ended from outside."""
        return self._process.poll() is None

    def ask(self, request: tuple[Any, ...], seconds: float) -> Plain:
        """Return the answer of a child that serves (``serve``): it may take so many seconds of processor time.

        Raises ChildGoneError; the child cannot be used afterwards.
        """
        self.send((float(seconds), *request), seconds)
        return self.receive(seconds)

    def send(self, value: tuple[Any, ...], seconds: float) -> None:
        """Send a request; the child may be busy for so many seconds of processor time before it reads it all."""
        if not self._ready:
            self._read_frame(time.monotonic() + START_S)
            self._ready = True
        body = marshal.dumps(value)
        data = memoryview(HEADER.pack(len(body)) + body)
        until = time.monotonic() + seconds * PATIENCE
        while data:
            try:
                data = data[os.write(self._requests.fileno(), data) :]
            except BlockingIOError:
                left = until - time.monotonic()
                if left <= 0 or not self._writable.poll(left * 1000):
                    raise self._gone() from None
            except OSError:
                raise self._gone() from None

    def receive(self, seconds: float) -> Plain:
        """Return the next answer, which may take so many seconds of processor time."""
        return self._read_frame(time.monotonic() + seconds * PATIENCE)

    def kill(self) -> None:
        """End the child at once; a thread that waits for it gets ChildGoneError. Any thread, any number of times."""
        with self._ending:
            self._closed = True
            self._process.kill()

    def close(self) -> None:
        """End the child and release its process and descriptors. Not to be called during a request."""
        self.kill()
        self._end()

    def _read_frame(self, until: float) -> Plain:
        (length,) = HEADER.unpack(self._read(HEADER.size, until))
        return marshal.loads(self._read(length, until))  # noqa: S302 - plain values

    def _read(self, size: int, until: float) -> bytes:
        parts: list[bytes] = []
        while size:
            left = until - time.monotonic()
            ready = left > 0 and self._readable.poll(left * 1000)
            part = os.read(self._answers.fileno(), min(size, 1 << 20)) if ready else b""
            if not part:
                raise self._gone()
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _gone(self) -> ChildGoneError:
        """Wait until it has ended, and determine why."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)  # its pipe closes a moment before it can be waited for
        closed = self._closed
        killed = self._process.poll() == -signal.SIGKILL and not closed
        self._process.kill()
        ended = self._process.wait()
        return ChildGoneError(slow=ended in {-signal.SIGPROF, -signal.SIGKILL}, closed=closed, killed=killed)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a child, closed by its owner or garbage-collected; it has no state that a kill could damage."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


class Requests:
    """In the child: the requests of its parent, and the way back. Making it confines the process.

    ``file_bytes`` bounds each file that it writes: a database may need some for its locks.
    """

    def __init__(self, memory: int, recursion: int = RECURSION, *, file_bytes: int = 0) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        sys.setrecursionlimit(recursion)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
        self._requests, self._answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # output of print() must not mix with the frames

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield the requests until the pipe ends; the first one when everything is imported."""
        gc.freeze()
        self.answer("ready")
        while header := self._requests.read(HEADER.size):
            yield marshal.loads(self._requests.read(HEADER.unpack(header)[0]))  # noqa: S302 - from the parent

    def answer(self, value: Plain) -> None:
        """Send an answer. Raises OSError when the parent has ended."""
        data = marshal.dumps(value)
        self._answers.write(HEADER.pack(len(data)) + data)
        self._answers.flush()


def limit_time(seconds: float) -> None:
    """In the child: end the process when it has used so many more seconds of processor time; 0 for never."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def serve(memory: int, answer: Callable[[tuple[Any, ...]], Any]) -> None:
    """In the child: answer requests, each with its own time, until the pipe ends. ``memory`` in bytes.

    MemoryError ends the process: what is left is not enough to report it.
    """
    requests = Requests(memory)
    with contextlib.suppress(OSError, EOFError):
        for seconds, *request in requests:
            limit_time(seconds)
            try:
                found = answer(tuple(request))
            except MemoryError:
                os._exit(OUT_OF_MEMORY)
            limit_time(0)
            requests.answer(found)


def out_of_memory() -> bool:
    """In the child: whether the limit of memory was met, which libraries in C report in many ways, or not at all."""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        peak = next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmPeak:"))
    except (OSError, ValueError, StopIteration):
        return False
    return peak > limit * _ALL_BUT
