"""The sessions of a connection besides its main one: begun when needed, used again, and ended late.

Owner: ``LinkSession``. Thread: the connection's.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

from cproton import ffi, lib

from clacks_monitor.amqp import remote_properties
from clacks_monitor.amqp.dialects import refusals
from clacks_monitor.amqp.frame_check import MAX_ENDED, MAX_SIDES
from clacks_monitor.amqp.pointers import Pointer, pointer_of
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from proton import Link, Session

    from clacks_monitor.amqp.engine import Engine
    from clacks_monitor.amqp.frame_check import FrameCheck
    from clacks_monitor.networking.failure import Failure


class Side(Protocol):
    """The user of a further session: a SideSession. ``session`` is None until it is needed."""

    session: Session | None

    def joined(self, link: Link) -> None:
        """Note that a link is in the session."""

    def left(self, link: Link) -> None:
        """Note that a link is closed."""

    def ended(self, reason: Failure) -> None:
        """Detach all links: the broker has ended the session."""


class FurtherSessions:
    """Those in use by their users, those free for the next one, and those that the broker has ended.

    A session that the broker has ended is not ended here at once: its channel would be used for the next session, while
    RabbitMQ 4.0 may still take what comes on the channel for the ended session, and ignore it.
    """

    def __init__(self, engine: Engine, check: FrameCheck, host: str, main: Session) -> None:
        self._engine, self._check, self._host, self._main = engine, check, host, main
        self._used: dict[int, Side] = {}
        self._free: dict[int, Session] = {}
        self._ended: deque[Session] = deque()

    def session_of(self, side: Side | None) -> Session | None:
        """Return the session of a user, which is begun if necessary; None where the broker permits no more."""
        if side is None or side.session is not None:
            return None if side is None else side.session
        if self._free:
            _key, session = self._free.popitem()
        elif len(self._used) + len(self._ended) < min(self._engine.transport.remote_channel_max, MAX_SIDES + MAX_ENDED):
            session = self._engine.connection.session()
            self._check.sessions += 1
            session.open()
        else:
            return None
        self._used[_key_of(pointer_of(session))] = side
        side.session = session
        return session

    def give_back(self, session: Session) -> None:
        """Keep a session without links for the next user."""
        key = _key_of(pointer_of(session))
        if self._used.pop(key, None) is not None:
            self._free[key] = session

    def on_end(self, event: Pointer) -> None:
        """Handle that the broker has ended a session, one of these or the main one."""
        pointer = lib.pn_event_session(event)
        name, text = remote_properties.reason(lib.pn_session_remote_condition(pointer))
        reason = refusals.of_condition(name, text, Message("{0} ended the session", self._host))
        if pointer == pointer_of(self._main):
            self._engine.session_ended(reason)
        else:
            self._end(_key_of(pointer), reason)

    def _end(self, key: int, reason: Failure) -> None:
        side = self._used.pop(key, None)
        session = self._free.pop(key, None) if side is None else side.session
        if session is not None:
            self._ended.append(session)
        if len(self._ended) > MAX_ENDED:
            oldest = self._ended.popleft()
            oldest.close()
            oldest.free()
        if side is not None:
            side.ended(reason)

    def clear(self) -> None:
        """Forget all: the connection is gone."""
        self._used.clear()
        self._free.clear()
        self._ended.clear()


def _key_of(pointer: Pointer) -> int:
    return int(ffi.cast("intptr_t", pointer))
