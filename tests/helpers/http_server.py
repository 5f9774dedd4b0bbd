"""HTTP servers on this computer: one that answers as it is told, and one that does whatever a test plays."""

from __future__ import annotations

import contextlib
import queue
import socket
import ssl
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Received:
    """A request as the server got it; the names of headers are in lower case."""

    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answers."""

    status: int = 200
    body: bytes = b"ok"
    headers: tuple[tuple[str, str], ...] = ()


class HookServer:
    """Answers posts: with ``answers`` as long as there are some, then with 200. ``received`` holds what it got."""

    def __init__(self, port: int, tls: bool) -> None:
        self.received: queue.SimpleQueue[Received] = queue.SimpleQueue()
        self.answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self.port = port
        self.url = f"{'https' if tls else 'http'}://localhost:{port}/hooks/secret-path?token=secret-query"

    def next(self) -> Received:
        return self.received.get(timeout=60)


@contextlib.contextmanager
def hook_server(certificate: tuple[Path, Path] | None = None) -> Iterator[HookServer]:
    """Run a server, with TLS where there is a certificate and its key."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            hooks.received.put(Received(self.path, headers, body))
            try:
                answer = hooks.answers.get_nowait()
            except queue.Empty:
                answer = Answer()
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Be silent."""

    class Server(ThreadingHTTPServer):
        block_on_close = True
        daemon_threads = False

        @override
        def handle_error(self, request: object, client_address: object) -> None:
            """Be silent: clients that refuse a certificate hang up."""

    server = Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    hooks = HookServer(server.server_address[1], certificate is not None)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield hooks
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def playing(play: Callable[[socket.socket], object]) -> Iterator[str]:
    """Accept connections one after the other, and let ``play`` answer each; it gets errors when the client is gone."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def run() -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _address = server.accept()
                    with client, contextlib.suppress(OSError):
                        play(client)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/hook"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
