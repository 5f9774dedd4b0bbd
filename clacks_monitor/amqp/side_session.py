"""A further AMQP session of a connection, for links of which the broker may refuse one by ending their session.

RabbitMQ 4 does so: in one session with all others, the subscription would end with a send to a missing exchange.

Owner: of the links in it. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from proton import Link, Receiver, Sender, Session

    from clacks_monitor.amqp.dialects.dialect import Dialect
    from clacks_monitor.amqp.link_session import LinkOwner, LinkSession
    from clacks_monitor.networking.failure import Failure
    from clacks_monitor.networking.round_trips import RoundTrips


class LinkMaker(Protocol):
    """Makes links: a LinkSession, or a SideSession of it, where these are described."""

    @property
    def is_open(self) -> bool:
        """Whether links can be made."""

    @property
    def outgoing_bytes(self) -> int:
        """How many bytes of messages wait to be written."""

    @property
    def round_trips(self) -> RoundTrips:
        """The round trips of the connection."""

    def receiver(self, owner: LinkOwner, name: str = "") -> Receiver:
        """Return a new receiving link."""

    def sender(self, owner: LinkOwner, name: str = "") -> Sender:
        """Return a new sending link."""

    def drop(self, link: Link) -> object:
        """Close a link."""

    def overrun(self) -> None:
        """End the connection."""


def apart(session: LinkSession, dialect: Dialect) -> LinkMaker:
    """Return what makes links that may be refused without harm to others."""
    return SideSession(session) if dialect.ends_sessions else session


class SideSession:
    """Is begun with its first link and free for others after its last; a broker that ends it detaches all its links.

    Where the broker permits no further sessions, its links are in the main one. ``session`` is None until it is begun.
    """

    def __init__(self, main: LinkSession) -> None:
        self.session: Session | None = None
        self._main = main
        self._links: list[Link] = []

    @property
    def is_open(self) -> bool:
        """Whether the connection is open."""
        return self._main.is_open

    @property
    def outgoing_bytes(self) -> int:
        """How many bytes of messages wait to be written."""
        return self._main.outgoing_bytes if self.session is None else int(self.session.outgoing_bytes)

    @property
    def round_trips(self) -> RoundTrips:
        """The round trips of the connection."""
        return self._main.round_trips

    def receiver(self, owner: LinkOwner, name: str = "") -> Receiver:
        """Return a new receiving link, to be set up and opened by its owner."""
        return self._main.receiver(owner, name, self)

    def sender(self, owner: LinkOwner, name: str = "") -> Sender:
        """Return a new sending link, to be set up and opened by its owner."""
        return self._main.sender(owner, name, self)

    def drop(self, link: Link) -> object:
        """Close a link; its owner is not notified of anything more."""
        return self._main.drop(link)

    def overrun(self) -> None:
        """End the connection: the broker sends more, or larger, messages than it was asked for."""
        self._main.overrun()

    def joined(self, link: Link) -> None:
        """Note that a link is in the session."""
        self._links.append(link)

    def left(self, link: Link) -> None:
        """Note that a link is closed; give the session back after the last one."""
        if link in self._links:
            self._links.remove(link)
            if not self._links and self.session is not None:
                self._main.further.give_back(self.session)
                self.session = None

    def ended(self, reason: Failure) -> None:
        """Detach all links: the broker has ended the session."""
        self.session = None
        links, self._links = self._links, []
        owners = [self._main.drop(link) for link in links]
        for owner in owners:
            if owner is not None:
                owner.detached(reason)
