"""Shows an archive at work: a server of PostgreSQL, a recorder, a simulated office, and the window on the archive.

    python -m tools.demo_archive

Everything is in temporary folders, and ends with the window. Needs Debian's postgresql.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import ExitStack

import psycopg

from clacks_monitor import archive
from clacks_monitor.testbed.demonstration import Demo
from tests.helpers.postgresql import installed, running_cluster

DATABASE = "events"
LOGINS = {"recorder": "clacks_recorder", "monitor": "clacks_monitor"}
ENDING_S = 10.0


def main() -> int:
    """Run until the window is closed; return its exit status."""
    if not installed():
        sys.stderr.write("PostgreSQL's server is not installed: apt-get install postgresql\n")
        return 1
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))  # so that nothing outlives it
    with ExitStack() as running:
        cluster = running.enter_context(running_cluster())
        with psycopg.connect(cluster.url(), autocommit=True) as db:
            db.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
        archive.init(cluster.url(DATABASE))
        with psycopg.connect(cluster.url(), autocommit=True) as db:
            for login, role in LOGINS.items():
                db.execute(f"CREATE ROLE {login} LOGIN IN ROLE {role}")
        bus = running.enter_context(Demo()).url
        recorder = subprocess.Popen([*_PROGRAM, "record", cluster.url(DATABASE, "recorder"), bus])
        running.callback(recorder.wait, ENDING_S)
        running.callback(recorder.terminate)
        url = cluster.url(DATABASE, "monitor")
        sys.stdout.write(f"The archive: {url}\nThe bus:     {bus}\n")
        sys.stdout.flush()
        return subprocess.run([*_PROGRAM, "--capture", url], check=False).returncode


_PROGRAM = [sys.executable, "-m", "clacks_monitor"]

if __name__ == "__main__":
    sys.exit(main())
