"""Answers a Prometheus server's requests for a recorder's metrics: GET /metrics. Threads: of its own."""

from __future__ import annotations

import threading
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from typing_extensions import override

from clacks_monitor.core.ending import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket
    from types import TracebackType

PATH = "/metrics"
_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SLOWEST_S = 5.0
"""Seconds that a client gets for its request."""
_GOODBYE_S = 2.0


class _Handler(BaseHTTPRequestHandler):
    timeout = _SLOWEST_S

    def __init__(
        self, text: Callable[[], str], request: socket, client: tuple[str, int], server: ThreadingHTTPServer
    ) -> None:
        self._text = text
        super().__init__(request, client, server)

    def do_GET(self) -> None:
        """Answer the one path that there is."""
        if self.path != PATH:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content = self._text().encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", _TYPE)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


class MetricsServer:
    """A context in which metrics are served. Raises OSError where the address cannot be used."""

    def __init__(self, host: str, port: int, text: Callable[[], str]) -> None:
        self._server = ThreadingHTTPServer((host, port), partial(_Handler, text))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="metrics", daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        wait_for([self._thread], _GOODBYE_S)
