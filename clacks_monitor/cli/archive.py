"""``clacks-monitor archive``: makes, migrates, checks and shortens an archive. Thread: main."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from clacks_monitor.cli.arguments import (
    EXIT_FAILED,
    EXIT_USAGE,
)
from clacks_monitor.cli.bus import complain, exit_of_error
from clacks_monitor.cli.passwords import ask_password
from clacks_monitor.core.messages import counted, printable
from clacks_monitor.core.moments import moment_from
from clacks_monitor.core.storage_errors import (
    StorageError,
)

if TYPE_CHECKING:
    import argparse

    from clacks_monitor.core.archives import Archives
    from clacks_monitor.core.ports import Ports


def run(args: argparse.Namespace, ports: Ports) -> int:
    """Carry out the action; return the exit status."""
    before = _moment(args.time or "")
    if (args.action == "drop-before") != (args.time is not None) or (args.time is not None and before is None):
        complain('archive drop-before URL TIME needs a time, such as "2026-11-24" or "90d"; the other actions none.')
        return EXIT_USAGE
    try:
        archives = ports.load_archives()
        if before is not None:
            return _drop_before(archives, args.url, before)
        if args.action == "init":
            return _init(archives, args.url, args.partition or 0)
        return _check(archives, args.url) if args.action == "check" else _migrate(archives, args.url)
    except StorageError as error:
        complain(str(error))
        return exit_of_error(error)


def _moment(text: str) -> int | None:
    """Return the time that a text names, "90d" being so long ago; None for what names none."""
    now = time.time_ns()
    return moment_from(text, now, now) or moment_from(f"-{text}", now, now)


def _print(text: str) -> None:
    sys.stdout.write(f"{printable(text)}\n")


def _init(archives: Archives, url: str, partition: int) -> int:
    archives.init(url, ask_password, partition=partition)
    _print("The archive is made. Let logins read and mark by: GRANT clacks_monitor TO login")
    _print("and let the recorder's login record by: GRANT clacks_recorder TO login")
    return 0


def _migrate(archives: Archives, url: str) -> int:
    before, after = archives.migrate(url, ask_password)
    if before == after:
        _print(f"The archive has the newest format already: {after}.")
    else:
        _print(f"The archive was brought from format {before} to {after}.")
    return 0


def _check(archives: Archives, url: str) -> int:
    found = archives.check(url, ask_password)
    for text in found.facts:
        _print(text)
    for text in found.problems:
        _print(f"PROBLEM: {text}")
    return EXIT_FAILED if found.problems else 0


def _drop_before(archives: Archives, url: str, before: int) -> int:
    count = archives.drop_before(url, before, ask_password)
    if count:
        _print(f"{counted(count, 'entry', 'entries')} dropped.")
    else:
        _print("Nothing was dropped: every partition holds entries at or after that time.")
    return 0
