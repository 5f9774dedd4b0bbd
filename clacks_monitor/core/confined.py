"""A child process that can be killed, for work whose time and memory depend on what strangers sent.

Role: requests go down a pipe, answers come back; before each request the child arms an alarm of processor time whose
default action ends it, which works inside of C code too, needs nothing on the other side, and is not misled by a busy
machine. Its address space is limited. Frames in both directions: four bytes of length, then ``marshal`` data - plain
values only, so that the parent never unpickles what a child sends.

Owner: the maker of a ``Confined``, which also closes it. Thread: any, one request at a time; ``close`` may be called
while another thread waits for an answer, which then raises ChildGoneError.
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
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ChildGoneError", "Confined", "out_of_memory", "serve"]

HEADER: Final = struct.Struct("!I")
START_S: Final = 30.0
"""Wall time that the child may take to start."""
PATIENCE: Final = 20
"""Wall time allowed, as a multiple of processor time: the machine may be busy with others."""
OUT_OF_MEMORY: Final = 77
"""Exit status of a child that met its limit of memory."""
_RECURSION: Final = 20_000
_ALL_BUT: Final = 0.9
"""An allocation that fails is seldom small: with more than this part of the room in use, it has failed for its size."""


class ChildGoneError(Exception):
    """The child ended or had to be ended; ``slow`` says that it was for the time it took, ``closed`` by its owner."""

    def __init__(self, *, slow: bool, closed: bool = False) -> None:
        super().__init__("closed" if closed else "too slow" if slow else "too large")
        self.slow = slow
        self.closed = closed


def read_until(descriptor: int, size: int, until: float) -> bytes | None:
    """Read ``size`` bytes from a pipe; None when it ends, or when the monotonic clock passes ``until`` (seconds)."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    parts: list[bytes] = []
    while size:
        left = until - time.monotonic()
        ready = left > 0 and poll.poll(left * 1000)
        part = os.read(descriptor, min(size, 1 << 20)) if ready else b""
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class Confined:
    """One child that runs ``main(memory)`` of a module, which calls ``serve``. ``memory`` is in bytes."""

    def __init__(self, module: str, memory: int) -> None:
        boot = f"import sys; sys.path[:] = {sys.path!r}; from {module} import main; main({memory})"
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            [sys.executable, "-I", "-c", boot],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("The child has no pipes.")  # Popen was asked for both
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._end = weakref.finalize(self, _end, self._process)
        self._ready = False
        self._ending = threading.Lock()
        self._closed = False

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the child can be asked: it may have been ended from outside."""
        return self._process.poll() is None

    def ask(self, request: tuple[Any, ...], seconds: float) -> Any:  # noqa: ANN401 - any plain value
        """Return the answer to a request that may take so many seconds of processor time.

        Raises ChildGoneError; the child is of no use afterwards.
        """
        if not self._ready:
            self._receive(START_S)
            self._ready = True
        self._send((float(seconds), *request), seconds * PATIENCE)
        return self._receive(seconds * PATIENCE)

    def kill(self) -> None:
        """End the child at once; who waits for it gets ChildGoneError. Any thread, any number of times."""
        with self._ending:
            self._closed = True
            self._process.kill()

    def close(self) -> None:
        """End the child; afterwards there is no process and no descriptor left of it. Not while it is asked."""
        self.kill()
        self._end()

    def _send(self, value: tuple[Any, ...], seconds: float) -> None:
        body = marshal.dumps(value)
        data = memoryview(HEADER.pack(len(body)) + body)
        until = time.monotonic() + seconds
        descriptor = self._requests.fileno()
        os.set_blocking(descriptor, False)
        poll = select.poll()
        poll.register(descriptor, select.POLLOUT)
        while data:
            left = until - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise self._gone()
            try:
                data = data[os.write(descriptor, data) :]
            except BlockingIOError:
                continue
            except OSError:
                raise self._gone() from None

    def _receive(self, seconds: float) -> Any:  # noqa: ANN401 - as ask
        until = time.monotonic() + seconds
        (length,) = HEADER.unpack(self._read(HEADER.size, until))
        return marshal.loads(self._read(length, until))  # noqa: S302 - plain values

    def _read(self, size: int, until: float) -> bytes:
        data = read_until(self._answers.fileno(), size, until)
        if data is None:
            raise self._gone()
        return data

    def _gone(self) -> ChildGoneError:
        """Make sure that it is dead, and find out from what."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)  # its pipe closes a moment before it can be waited for
        closed = self._closed
        self._process.kill()
        ended = self._process.wait()
        return ChildGoneError(slow=ended in {-signal.SIGPROF, -signal.SIGKILL}, closed=closed)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a child, closed by its owner or forgotten; it has nothing that a kill could hurt."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def serve(memory: int, answer: Callable[[tuple[Any, ...]], Any]) -> None:
    """In the child: answer requests until the pipe ends; called when everything is imported. ``memory`` in bytes.

    MemoryError ends the process: what is left of the room is not enough to say so.
    """
    _confine(memory)
    requests, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that prints can get between the frames
    gc.freeze()
    _write(answers, True)  # noqa: FBT003 - the frame that says that it is ready
    with contextlib.suppress(OSError, EOFError):
        while header := requests.read(HEADER.size):
            seconds, *request = marshal.loads(requests.read(HEADER.unpack(header)[0]))  # noqa: S302 - from our parent
            signal.setitimer(signal.ITIMER_PROF, seconds)
            try:
                found = answer(tuple(request))
            except MemoryError:
                os._exit(OUT_OF_MEMORY)
            signal.setitimer(signal.ITIMER_PROF, 0)
            _write(answers, found)


def out_of_memory() -> bool:
    """In the child: whether the limit of memory was met. Libraries of C report that as all kinds of errors, or none."""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - beside resource
            peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmPeak:"))
    except (OSError, ValueError, StopIteration):
        return False
    return peak > limit * _ALL_BUT


def _write(stream: Any, value: Any) -> None:  # noqa: ANN401 - any plain value
    data = marshal.dumps(value)
    stream.write(HEADER.pack(len(data)) + data)
    stream.flush()


def _confine(memory: int) -> None:
    """Give up what the work has no business with, before it is read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    sys.setrecursionlimit(_RECURSION)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
