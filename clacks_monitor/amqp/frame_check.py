"""Checks the frames of a broker before the engine reads them: whether a frame may come now, and how many have come.

The engine accepts a second OPEN, sessions and links that were not asked for, and millions of frames without content;
each costs memory or time. Of a transfer only eleven bytes are read here.

Owner: ``Transport``. Thread: the connection's.
"""

from __future__ import annotations

import struct
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop, Timer

MAX_FRAME: Final = 128 * 1024
"""Bytes of the largest frame that is accepted; the client's OPEN announces it."""

MAX_LOGIN_FRAME: Final = 8 * 1024
MAX_LOGIN_FRAMES: Final = 16
"""Size and number of the frames of a login (SASL): offers, challenges, the outcome."""

SPARE_ATTACHES: Final = 64
"""How many more links a broker may attach than the client has: late answers to links that were closed."""

BURST: Final = 10_000
PER_SECOND: Final = 1_000
PER_FRAME: Final = 4
"""How many frames without an event a broker may send: at once, each second, and for each frame that it has received."""

UNFINISHED_S: Final = 60.0
"""How long a broker may take for one frame, seconds."""

MAX_SIDES, MAX_ENDED = 15, 8
"""How many sessions there may be at a time besides the main one, and how many of those that the broker has ended."""

_OPEN, _BEGIN, _ATTACH, _FLOW, _TRANSFER, _DISPOSITION, _DETACH, _END, _CLOSE = range(0x10, 0x19)
_HEADER: Final = struct.Struct(">IBBH")
_HEADER_BYTES: Final = 8
_SMALL_CODE: Final = 11
"""Bytes up to the performative's code in the usual form: header, descriptor, its type, its number."""
_LONG_CODE: Final = 18
"""The same with a code of eight bytes."""
_AMQP, _SASL = 0, 3
_ONE_BYTE: Final = 0x53
"""The type of a performative's code in the usual form."""
_PLAIN_OFFSET: Final = 2
_MAGIC: Final = b"AMQP"


class _Phase(Enum):
    """What may come next."""

    GREETING = auto()
    LOGIN = auto()
    OPEN = auto()
    BEGIN = auto()
    SESSION = auto()
    OVER = auto()


class FrameCheck:
    """Checks the input of one connection. ``links`` is how many links the client has made.

    ``sessions`` is how many sessions it has begun after the first.

    ``unfinished`` is the number of the frame that has come in part, None when none has.
    """

    def __init__(self, host: str, clock: Clock) -> None:
        self.links = self.sessions = 0
        self._host, self._clock = host, clock
        self._began = clock.monotonic()
        self._phase = _Phase.GREETING
        self._partial = b""
        self._left = 0
        self._frames = 0
        self._login_frames = 0
        self._attaches = self._begins = 0
        self._empty = 0

    @property
    def unfinished(self) -> int | None:
        """The number of the frame of which only a part has come."""
        return self._frames + bool(self._partial) if self._left or self._partial else None

    def look(self, data: memoryview, sent: int) -> tuple[int, Failure | None]:
        """Check the next input; return how many bytes of it the engine may have, and why it may not have the rest.

        ``sent`` is how many frames the client has sent.
        """
        if self._phase is _Phase.OVER and not self._left:
            return 0, None
        empty = self._empty
        taken, why = self._frames_of(data)
        if why is None and self._empty != empty and self._empty > self._allowed(sent):
            why = self._refusal(Message("{0} sends too many frames without events.", self._host))
        return taken, why

    def late(self) -> Failure:
        """Return why a connection ends whose broker does not finish a frame."""
        message = Message("{0} did not finish a frame within {1:g} s.", self._host, UNFINISHED_S)
        return Failure(FailureKind.NETWORK, message)

    def _allowed(self, sent: int) -> float:
        return BURST + PER_SECOND * (self._clock.monotonic() - self._began) + PER_FRAME * sent

    def _frames_of(self, data: memoryview) -> tuple[int, Failure | None]:
        at, end = 0, len(data)
        if self._left >= end:
            self._left -= end
            return end, None
        if self._left:
            at, self._left = self._left, 0
        elif self._partial:
            # The first bytes of a frame, already passed on, are checked together with those that follow.
            at = -len(self._partial)
        while at < end and self._phase is not _Phase.OVER:
            at = self._transfers(data, at) if at >= 0 else at
            if at >= end:
                break
            head = self._partial + bytes(data[max(0, at) : at + _LONG_CODE])
            step, why = self._frame(head)
            if why is not None:
                return max(0, at), why
            if not step:
                self._partial = head
                return end, None
            self._partial = b""
            at += step
        self._left = max(0, at - end)
        return min(at, end), None

    def _transfers(self, data: memoryview, at: int) -> int:
        """Return the position behind the transfers in their usual form that start at ``at``."""
        if self._phase is not _Phase.SESSION:
            return at
        last, unpack = len(data) - _SMALL_CODE, _HEADER.unpack_from
        while at <= last:
            size, offset, kind, _channel = unpack(data, at)
            if not (
                data[at + 10] == _TRANSFER
                and data[at + 9] == _ONE_BYTE
                and not data[at + 8]
                and offset == _PLAIN_OFFSET
                and not kind
                and _SMALL_CODE < size <= MAX_FRAME
            ):
                break
            self._frames += 1
            at += size
        return at

    def _frame(self, head: bytes) -> tuple[int, Failure | None]:
        """Return the length of the frame with these first bytes, 0 when it is not known yet; or why it is refused."""
        if len(head) < _HEADER_BYTES:
            return 0, None
        if head.startswith(_MAGIC):
            return _HEADER_BYTES, self._greeting(head[4] or _AMQP)
        if self._phase is _Phase.GREETING:
            # This is not AMQP: the engine reports that, and gets no more than these bytes.
            self._phase = _Phase.OVER
            return len(head), None
        size, offset, kind, _channel = _HEADER.unpack_from(head)
        why = self._misfit(size, offset, kind)
        if why is None and self._phase is not _Phase.LOGIN and size > _HEADER_BYTES:
            code = _code_of(head)
            if code is None:
                return 0, None
            why = self._performative(code)
        elif size == _HEADER_BYTES:
            self._empty += 1
        self._frames += 1
        self._login_frames += self._phase is _Phase.LOGIN
        return size, why

    def _greeting(self, protocol: int) -> Failure | None:
        """Handle the header of a protocol; each may come once, that of the login first."""
        if protocol == _SASL and self._phase is _Phase.GREETING:
            self._phase = _Phase.LOGIN
        elif self._phase is _Phase.GREETING or (self._phase is _Phase.LOGIN and protocol == _AMQP):
            self._phase = _Phase.OPEN
        else:
            return self._refusal(Message("{0} restarts the protocol within a connection.", self._host))
        return None

    def _misfit(self, size: int, offset: int, kind: int) -> Failure | None:
        login = self._phase is _Phase.LOGIN
        limit = MAX_LOGIN_FRAME if login else MAX_FRAME
        if size > limit:
            message = Message(
                "{0} sends a frame of {1:,} bytes; no more than {2:,} are accepted.", self._host, size, limit
            )
            return self._refusal(message)
        if size < _HEADER_BYTES or offset != _PLAIN_OFFSET or kind != login:
            return self._refusal(Message("{0} sends frames that are not valid in AMQP 1.0.", self._host))
        if login and self._login_frames >= MAX_LOGIN_FRAMES:
            message = Message("{0} does not finish the login.", self._host)
            return Failure(FailureKind.LOGIN, message)
        return None

    def _performative(self, code: int) -> Failure | None:
        following = {(_Phase.OPEN, _OPEN): _Phase.BEGIN, (_Phase.BEGIN, _BEGIN): _Phase.SESSION}
        if code == _CLOSE:
            self._phase = _Phase.OVER
        elif self._phase is _Phase.SESSION:
            return self._in_session(code)
        elif (self._phase, code) in following:
            self._phase = following[self._phase, code]
        else:
            return self._refusal(Message("{0} does not open the connection as AMQP 1.0 requires.", self._host))
        return None

    def _in_session(self, code: int) -> Failure | None:
        if code == _ATTACH:
            self._attaches += 1
            if self._attaches > self.links + SPARE_ATTACHES:
                return self._refusal(Message("{0} attaches links that were not requested.", self._host))
        elif code in {_FLOW, _DISPOSITION, _DETACH}:
            self._empty += 1
        elif code == _BEGIN and self._begins < self.sessions:
            self._begins += 1
        elif code == _BEGIN:
            return self._refusal(Message("{0} opens sessions that were not requested.", self._host))
        elif code == _OPEN:
            return self._refusal(Message("{0} opens the connection a second time.", self._host))
        elif code not in {_TRANSFER, _END}:
            return self._refusal(Message("{0} sends frames that are not valid in AMQP 1.0.", self._host))
        return None

    @staticmethod
    def _refusal(message: str) -> Failure:
        return Failure(FailureKind.REFUSED, message)


class FrameDeadline:
    """Ends a connection whose broker begins a frame and does not finish it: heartbeats cannot come in between."""

    def __init__(self, loop: Loop, check: FrameCheck, abort: Callable[[Failure], None]) -> None:
        self._loop, self._check, self._abort = loop, check, abort
        self._timer: Timer | None = None

    def watch(self) -> None:
        """Give a frame that has come in part UNFINISHED_S seconds."""
        frame = self._check.unfinished
        if frame is not None and self._timer is None:
            self._timer = self._loop.later(UNFINISHED_S, lambda: self._expired(frame))

    def cancel(self) -> None:
        """End nothing any more: the connection has ended."""
        if self._timer is not None:
            self._timer.cancel()

    def _expired(self, frame: int) -> None:
        self._timer = None
        if self._check.unfinished == frame:
            self._abort(self._check.late())
        else:
            self.watch()


def _code_of(head: bytes) -> int | None:
    """Return a frame's performative, -1 for anything else, None when more bytes are needed."""
    if len(head) < _SMALL_CODE:
        return None
    if head[8:10] == bytes((0, _ONE_BYTE)):
        return head[10]
    if head[8:10] == b"\x00\x80":
        return None if len(head) < _LONG_CODE else int.from_bytes(head[10:_LONG_CODE], "big")
    return -1
