"""Debian's mosquitto for tests: own ports, own folder, with a password file, an ACL, and perhaps TLS."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
from typing import TYPE_CHECKING

from tests.helpers.rabbitmq import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM, PASSWORDS = "/usr/sbin/mosquitto", "mosquitto_passwd"
USER, PASSWORD = "monitor", "correct horse"
READER = "reader"
"""A user who may read the domain's bus only, as GOsa's ordinary users."""
DOMAIN = "org.clacks"
ACL = f"""\
topic readwrite {DOMAIN}/#
topic read $SYS/#
user {USER}
topic readwrite #
topic read $SYS/#
user {READER}
topic read {DOMAIN}/bus
"""


def missing() -> str:
    """Return why mosquitto cannot be run, "" when it can."""
    there = os.access(PROGRAM, os.X_OK) and shutil.which(PASSWORDS)
    return "" if there else "mosquitto is not installed: apt-get install mosquitto"


class Mosquitto:
    """One server: ``port`` takes logins by password and anonymous clients, ``tls_port`` is 0 without certificates.

    ``more`` are further lines of its configuration.
    """

    def __init__(
        self, folder: Path, *, anonymous: bool = True, tls: tuple[Path, Path, Path] | None = None, more: str = ""
    ) -> None:
        self.port, tls_port = free_ports(2)
        self.tls_port = tls_port if tls else 0
        self._configuration = folder / "mosquitto.conf"
        passwords, acl = folder / "passwords", folder / "acl"
        passwords.touch()
        for user in (USER, READER):
            subprocess.run([PASSWORDS, "-b", str(passwords), user, PASSWORD], check=True, capture_output=True)
        acl.write_text(ACL)
        lines = [
            f"listener {self.port} 127.0.0.1",
            f"allow_anonymous {'true' if anonymous else 'false'}",
            f"password_file {passwords}",
            f"acl_file {acl}",
            f"user {'root' if os.getuid() == 0 else ''}".rstrip(),
            "log_dest stdout",
            more,
        ]
        if tls is not None:
            authority, certificate, key = tls
            lines += [
                f"listener {tls_port} 127.0.0.1",
                f"cafile {authority}",
                f"certfile {certificate}",
                f"keyfile {key}",
                "require_certificate true",
            ]
        self._configuration.write_text("\n".join(lines) + "\n")
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, *, user: str = USER, query: str = "") -> str:
        """Return the URL to connect to, with user and password."""
        login = f"{user}:{PASSWORD.replace(' ', '%20')}@" if user else ""
        return f"mqtt://{login}127.0.0.1:{self.port}/{DOMAIN}{query}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self._process = process = subprocess.Popen(
            [PROGRAM, "-c", str(self._configuration)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        while not _listens(self.port):
            if process.poll() is not None:
                raise RuntimeError("mosquitto did not start")

    def kill(self) -> None:
        """End it at once; clients get no goodbye. Repeatable."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in good order: it saves what it keeps. Repeatable."""
        self._end(signal.SIGTERM)

    def restart(self) -> None:
        """Start it again at the same port."""
        self.kill()
        self.start()

    def pause(self) -> None:
        """Let it do nothing until resume()."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _end(self, number: int) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.send_signal(number)
            process.wait()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextlib.contextmanager
def running_mosquitto(
    folder: Path, *, anonymous: bool = True, tls: tuple[Path, Path, Path] | None = None, more: str = ""
) -> Iterator[Mosquitto]:
    """Run a server."""
    server = Mosquitto(folder, anonymous=anonymous, tls=tls, more=more)
    server.start()
    try:
        yield server
    finally:
        server.kill()
