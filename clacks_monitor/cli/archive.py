"""``clacks-monitor archive``: makes, migrates, checks and shortens an archive, and declares fields. Thread: main."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING

from clacks_monitor.cli.arguments import (
    EXIT_FAILED,
    EXIT_USAGE,
)
from clacks_monitor.cli.bus import complain, exit_of_error
from clacks_monitor.cli.interrupts import stopping
from clacks_monitor.cli.passwords import ask_password
from clacks_monitor.cli.progress_line import ProgressLine
from clacks_monitor.core.messages import counted, printable
from clacks_monitor.core.moments import moment_from
from clacks_monitor.core.storage_errors import (
    StorageError,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from clacks_monitor.core.archives import Archives
    from clacks_monitor.core.ports import Ports


_FORMS = {
    "init": "URL",
    "migrate": "URL",
    "check": "URL",
    "drop-before": "URL TIME",
    "index add": "URL TYPE FIELD",
    "index list": "URL",
    "index drop": "URL TYPE FIELD",
}
"""The arguments of each action."""


def run(args: argparse.Namespace, ports: Ports) -> int:
    """Carry out the action; return the exit status."""
    action, arguments = args.action, list(args.arguments)
    if action == "index":
        action = f"index {arguments.pop(0)}"
    problem = _problem(action, arguments)
    if problem:
        complain(problem)
        return EXIT_USAGE
    try:
        return _carry_out(ports.load_archives(), action, arguments, args.partition or 0)
    except StorageError as error:
        complain(str(error))
        return exit_of_error(error)


def _problem(action: str, arguments: list[str]) -> str:
    """Return what is wrong with the arguments of an action."""
    form = _FORMS.get(action)
    if form is None:
        known = ", ".join(name for name in _FORMS if name.startswith("index "))
        return f"There is no archive {action}. There are: {known}."
    if len(arguments) != len(form.split()):
        return f"It is: archive {action} {form}."
    if action == "drop-before" and _moment(arguments[1]) is None:
        return 'archive drop-before URL TIME needs a time, such as "2026-11-24" or "90d".'
    return ""


def _carry_out(archives: Archives, action: str, arguments: list[str], partition: int) -> int:
    actions: dict[str, Callable[..., int]] = {
        "init": lambda url: _init(archives, url, partition),
        "migrate": lambda url: _migrate(archives, url),
        "check": lambda url: _check(archives, url),
        "drop-before": lambda url, text: _drop_before(archives, url, _moment(text) or 0),
        "index add": lambda url, kind, name: _add_field(archives, url, kind, name),
        "index list": lambda url: _list_fields(archives, url),
        "index drop": lambda url, kind, name: _drop_field(archives, url, kind, name),
    }
    return actions[action](*arguments)


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


def _list_fields(archives: Archives, url: str) -> int:
    found = archives.indexed_fields(url, ask_password)
    for field in found:
        rest = f": {counted(field.left, 'entry is', 'entries are')} not in the index yet" if field.left else ""
        _print(f"{field.type} {field.name}{rest}")
    if not found:
        _print("No field is declared.")
    return 0


def _add_field(archives: Archives, url: str, kind: str, name: str) -> int:
    stopped = threading.Event()
    line = ProgressLine()

    def progress(done: int, total: int) -> bool:
        line.show(done, total)
        return not stopped.is_set()

    with stopping(stopped.set):
        left = archives.add_field(url, kind, name, ask_password, progress=progress)
    line.clear()
    if left:
        _print(f"{counted(left, 'entry is', 'entries are')} not in the index yet: archive index add goes on with them.")
        return EXIT_FAILED
    _print(f"The archive finds {kind} by {name}.")
    return 0


def _drop_field(archives: Archives, url: str, kind: str, name: str) -> int:
    archives.drop_field(url, kind, name, ask_password)
    _print(f"The archive does not find {kind} by {name} any more.")
    return 0
