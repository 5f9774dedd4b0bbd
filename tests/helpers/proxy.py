"""A TCP proxy that can cut its connections: a network that fails, without a broker that does."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Proxy:
    """Forwards each connection to ``target``; use running_proxy()."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._wake, self._woken = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._server, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="proxy")
        self._thread.start()

    def cut(self) -> None:
        """Break every connection that there is now."""
        self._wake.send(b"c")

    def close(self) -> None:
        """End."""
        self._wake.send(b"q")
        self._thread.join()
        for sock in (self._server, self._wake, self._woken):
            sock.close()
        self._selector.close()

    def _run(self) -> None:
        while True:
            for key, _mask in self._selector.select():
                sock = key.fileobj
                assert isinstance(sock, socket.socket)
                if sock is self._server:
                    self._accept()
                elif sock is self._woken:
                    order = sock.recv(1)
                    for one in list(self._pairs):
                        self._drop(one)
                    if order == b"q":
                        return
                elif sock in self._pairs:
                    self._forward(sock)

    def _accept(self) -> None:
        near, _address = self._server.accept()
        far = socket.create_connection(self._target)
        for one, other in ((near, far), (far, near)):
            self._pairs[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _forward(self, sock: socket.socket) -> None:
        try:
            data = sock.recv(65536)
            if data:
                self._pairs[sock].sendall(data)
                return
        except OSError:
            pass
        self._drop(sock)

    def _drop(self, sock: socket.socket) -> None:
        other = self._pairs.pop(sock, None)
        if other is None:
            return
        self._pairs.pop(other, None)
        for one in (sock, other):
            self._selector.unregister(one)
            one.close()


@contextlib.contextmanager
def running_proxy(port: int) -> Iterator[Proxy]:
    """Run a proxy to a port of this machine."""
    proxy = Proxy(("127.0.0.1", port))
    try:
        yield proxy
    finally:
        proxy.close()
