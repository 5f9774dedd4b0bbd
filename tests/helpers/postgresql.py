"""PostgreSQL from Debian's package, for tests: a cluster of its own on a socket in a temporary folder.

The server refuses to run as root; root's tests run it as the user nobody.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_VERSIONS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "lc_messages": "C",
    "logging_collector": "off",
    "max_wal_size": "2GB",
    "wal_level": "replica",
    "hot_standby": "on",
}
OWNER = "owner"
"""The login that owns the cluster: a superuser."""


def installed() -> bool:
    """Return whether a server is there."""
    return bool(_VERSIONS)


def _unprivileged() -> dict[str, Any]:
    """Return arguments of a process that runs without root's rights."""
    if os.geteuid():
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Cluster:
    """One server; use running_cluster()."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: dict[str, str] = {}
        """Settings beside those of every test."""
        self._data = folder / "data"
        self.templates: set[str] = set()
        """Databases to copy that were made."""

    def url(self, database: str = "postgres", user: str = OWNER) -> str:
        """Return the URL of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(_VERSIONS[-1].with_name(program)), *arguments]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=self.folder, env=self._environment, **self._user
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout[-500:]}{done.stderr[-500:]}")

    @property
    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8"}

    @property
    def _user(self) -> dict[str, Any]:
        return _unprivileged()

    def make(self) -> None:
        """Make the cluster's files."""
        options = ("--locale=C.UTF-8", "--encoding=UTF8", "--auth-local=trust", f"--username={OWNER}", "--no-sync")
        self._run("initdb", "--pgdata", str(self._data), *options)
        (self._data / "pg_hba.conf").write_text(
            f"local all guarded scram-sha-256\nlocal all {OWNER} trust\nlocal all all trust\n"
            "local replication all trust\nhostssl all all 127.0.0.1/32 trust\n"
        )

    def copy(self, primary: Cluster) -> None:
        """Make this a standby server of another cluster, which follows it by streaming replication."""
        self._run(
            "pg_basebackup", "-D", str(self._data), "-h", str(primary.folder), "-U", OWNER, "-R", "-X", "stream",
            "--no-sync", "-c", "fast",
        )  # fmt: skip

    def use_tls(self, port: int, certificate: Path, key: Path) -> None:
        """Take connections over TLS at a port of 127.0.0.1, from the next start on."""
        names = {"ssl_cert_file": certificate, "ssl_key_file": key}
        for name, path in names.items():
            copied = self.folder / path.name
            shutil.copyfile(path, copied)
            copied.chmod(0o600)
            if not os.geteuid():
                shutil.chown(copied, "nobody")
            self.settings[name] = str(copied)
        self.settings |= {"ssl": "on", "listen_addresses": "127.0.0.1", "port": str(port)}

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        settings = {"unix_socket_directories": str(self.folder), **_SETTINGS, **self.settings}
        options = " ".join(f"-c {key}={shlex.quote(value)}" for key, value in settings.items())
        self._run("pg_ctl", "start", "--wait", "-D", str(self._data), "-l", str(self.folder / "log"), "-o", options)

    def stop(self) -> None:
        """End the server at once. Repeatable."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--wait", "-D", str(self._data), "--mode=immediate")

    @property
    def pid(self) -> int:
        """The number of the server's first process."""
        return int((self._data / "postmaster.pid").read_text().partition("\n")[0])


@contextlib.contextmanager
def running_cluster(prepare: Callable[[Cluster], None] = Cluster.make) -> Iterator[Cluster]:
    """Run PostgreSQL in a temporary folder, with a short name: a socket's path has at most 107 characters."""
    with tempfile.TemporaryDirectory(prefix="clacks-pg-") as folder:
        if not os.geteuid():
            shutil.chown(folder, "nobody")
        cluster = Cluster(Path(folder))
        try:
            prepare(cluster)
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
