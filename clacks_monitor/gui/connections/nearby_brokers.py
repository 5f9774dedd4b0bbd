"""Looks for brokers: on the usual ports of this computer, and in the DNS of its domain (SRV records).

What is found is only offered. Owner: the connection dialog. Thread: the window's; nothing in here waits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QAbstractSocket, QDnsLookup, QHostAddress, QHostInfo, QTcpSocket

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.core.connection import BusProtocol

PATIENCE_MS: Final = 3_000
"""After so many milliseconds, what has not answered is given up."""

MOST_HOSTS: Final = 8
"""Hosts of one service that are offered, those that come first in its order."""

LOCALHOST: Final = "localhost"
_HOST: Final = re.compile(r"(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}\.?)*")
_LABEL: Final = 63


@dataclass(frozen=True, slots=True)
class FoundBroker:
    """A broker that was found: its hosts and ports, in their order; ``domain`` is that of the DNS, "" for local."""

    protocol: str
    secure: bool
    hosts: tuple[tuple[str, int], ...]
    domain: str = ""


def local_domain() -> str:
    """Return the DNS domain of this computer, "" when it has none."""
    return QHostInfo.localDomainName()


class NearbyBrokers(QObject):
    """One search. ``found`` carries a FoundBroker; ``finished`` comes once, at the latest after PATIENCE_MS."""

    found = Signal(object)
    finished = Signal()

    def __init__(
        self,
        protocols: Sequence[BusProtocol],
        parent: QObject | None = None,
        *,
        domain: str | None = None,
        nameserver: tuple[str, int] | None = None,
    ) -> None:
        """``nameserver`` (address and port) is asked instead of the system's."""
        super().__init__(parent)
        self._protocols = protocols
        self._domain = local_domain() if domain is None else domain
        self._nameserver = nameserver
        self._open: dict[QTcpSocket | QDnsLookup, tuple[str, bool]] = {}
        self._timer = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._timer.timeout.connect(self.stop)
        self._done = False

    def start(self) -> None:
        """Begin to look; once."""
        self._timer.start()
        for protocol in self._protocols:
            for secure, port in ((False, protocol.port), (True, protocol.tls_port)):
                self._try_port(protocol.name, port, secure=secure)
            plain, secured = protocol.schemes
            for service in (plain, secured, *protocol.services) if _is_host(self._domain) else ():
                self._ask(f"_{service}._tcp.{self._domain}", protocol.name, secure=service == secured)
        self._check_end()

    @Slot()
    def stop(self) -> None:
        """Look no further."""
        for source in list(self._open):
            self._give_up(source)
        self._check_end()

    def _try_port(self, protocol: str, port: int, *, secure: bool) -> None:
        socket = QTcpSocket(self)
        self._open[socket] = protocol, secure
        socket.connected.connect(self._connected)
        socket.errorOccurred.connect(self._refused)
        socket.connectToHost(LOCALHOST, port)

    def _ask(self, name: str, protocol: str, *, secure: bool) -> None:
        lookup = QDnsLookup(QDnsLookup.Type.SRV, name, self)
        if self._nameserver is not None:
            address, port = self._nameserver
            lookup.setNameserver(QHostAddress(address), port)
        self._open[lookup] = protocol, secure
        lookup.finished.connect(self._answered)
        lookup.lookup()

    @Slot()
    def _connected(self) -> None:
        socket = self.sender()
        if isinstance(socket, QTcpSocket) and socket in self._open:
            protocol, secure = self._open[socket]
            self.found.emit(FoundBroker(protocol, secure, ((LOCALHOST, socket.peerPort()),)))
            self._give_up(socket)
            self._check_end()

    @Slot(QAbstractSocket.SocketError)
    def _refused(self, _error: QAbstractSocket.SocketError) -> None:
        socket = self.sender()
        if isinstance(socket, QTcpSocket):
            self._give_up(socket)
            self._check_end()

    @Slot()
    def _answered(self) -> None:
        lookup = self.sender()
        if not isinstance(lookup, QDnsLookup) or lookup not in self._open:
            return
        protocol, secure = self._open[lookup]
        records = ((one.target(), one.port(), one.priority(), one.weight()) for one in lookup.serviceRecords())
        hosts = hosts_of(records)
        if lookup.error() is QDnsLookup.Error.NoError and hosts:
            self.found.emit(FoundBroker(protocol, secure, hosts, self._domain))
        self._give_up(lookup)
        self._check_end()

    def _give_up(self, source: QTcpSocket | QDnsLookup) -> None:
        if self._open.pop(source, None) is not None:
            source.abort()
            source.deleteLater()

    def _check_end(self) -> None:
        if not self._open and not self._done:
            self._done = True
            self._timer.stop()
            self.finished.emit()


def hosts_of(records: Iterable[tuple[str, int, int, int]]) -> tuple[tuple[str, int], ...]:
    """Return hosts and ports of SRV records (target, port, priority, weight) in their order, without unusable ones.

    Heavier ones come first among those of one priority; a target that is not a host name is left out, and so is ".".
    """
    ordered = sorted(records, key=lambda record: (record[2], -record[3], record[0]))
    found = ((target.rstrip("."), port) for target, port, _priority, _weight in ordered)
    usable = dict.fromkeys((host, port) for host, port in found if 0 < port < 65_536 and _is_host(host))
    return tuple(usable)[:MOST_HOSTS]


def _is_host(name: str) -> bool:
    """Return whether a name from outside is one of the DNS: letters, digits, hyphens, of bounded length."""
    return bool(_HOST.fullmatch(name)) and all(0 < len(label) <= _LABEL for label in name.split("."))
