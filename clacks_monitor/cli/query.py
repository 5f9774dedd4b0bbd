"""``clacks-monitor query``: asks a capture or an archive by XQuery, and prints the answer. Thread: main."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.cli.arguments import EXIT_FAILED, EXIT_FILE, EXIT_USAGE
from clacks_monitor.cli.bus import complain, exit_of_error
from clacks_monitor.cli.interrupts import stopping
from clacks_monitor.cli.moments import moment_of
from clacks_monitor.cli.passwords import ask_password
from clacks_monitor.cli.progress_line import ProgressLine
from clacks_monitor.cli.results import printer_of
from clacks_monitor.core.confined import ChildGoneError
from clacks_monitor.core.messages import printable
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import BEGIN_OF_TIME, END_OF_TIME
from clacks_monitor.session.questions import (
    Asking,
    Ending,
    EndKind,
    EventSelection,
    Question,
    QuestionLimits,
    Request,
    ResultForm,
    compile_question,
)
from clacks_monitor.session.questions.ending import EndedError, of_child
from clacks_monitor.xquery.errors import QueryError

if TYPE_CHECKING:
    import argparse

    from clacks_monitor.core.ports import Ports

_EXITS = {EndKind.ERROR: EXIT_USAGE, EndKind.STORE: EXIT_FILE, EndKind.CANCELLED: 0}


def run(args: argparse.Namespace, ports: Ports) -> int:
    """Ask and print; return the exit status."""
    try:
        question = compile_question(_text(args))
        parameters = _parameters(question, args.parameters)
        password = _Password()
        with ports.open_readonly(args.store, password) as store, store.reader() as reader:
            selection = _selection(args, reader.time_span()[0])
            location = ports.location(store.address, password.given)
    except QueryError as error:
        complain(f"The query cannot be read: {error}")
        return EXIT_USAGE
    except StorageError as error:
        complain(str(error))
        return exit_of_error(error)
    except OSError as error:
        complain(f"{args.file} cannot be read: {error.strerror}.")
        return EXIT_FILE
    except ValueError as error:
        complain(str(error))
        return EXIT_USAGE
    form = ResultForm.TEXT if args.format == "xml" else ResultForm.ROWS
    limits = QuestionLimits(seconds=args.seconds, rows=args.rows, workers=args.workers)
    asking = Asking(location, Request(question, selection, parameters, form, limits))
    return _explain(asking) if args.explain else _print(asking, args.format)


class _Password:
    """Asks for the password of an archive once, and keeps it for the worker processes."""

    def __init__(self) -> None:
        self.given: str | None = None

    def __call__(self, url: str) -> str | None:
        self.given = ask_password(url)
        return self.given


def _text(args: argparse.Namespace) -> str:
    if (args.xquery is None) is (args.file is None):
        raise ValueError("Name the query, or by --file a file that it is in.")
    if args.xquery is not None:
        return str(args.xquery)
    if args.file == "-":
        return sys.stdin.read()
    return Path(args.file).read_text(encoding="utf-8")


def _parameters(question: Question, given: list[str]) -> dict[str, str]:
    """Return the values of parameters. Raises ValueError where one is unknown or missing."""
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise ValueError(f"{text} is not of the form NAME=VALUE.")
        found[name.removeprefix("$")] = value
    known = [parameter.name for parameter in question.parameters]
    for name in found:
        if name not in known:
            raise ValueError(f"The query declares no external variable ${name}.")
    missing = [p.name for p in question.parameters if p.required and p.name not in found]
    if missing:
        raise ValueError(f"The query needs a value: --set {missing[0]}=...")
    return found


def _selection(args: argparse.Namespace, first_ns: int) -> EventSelection:
    types = frozenset(args.type) if args.type else None
    return EventSelection(
        types,
        moment_of(args.start, first_ns) or BEGIN_OF_TIME,
        moment_of(args.end, first_ns) or END_OF_TIME,
    )


def _explain(asking: Asking) -> int:
    """Print how the question would be answered."""
    try:
        with stopping(asking.cancel):
            for sentence in asking.explain():
                sys.stdout.write(f"{printable(sentence)}\n")
    except EndedError as error:
        return _status(error.how)
    except ChildGoneError as error:
        return _status(of_child(error))
    return 0


def _print(asking: Asking, style: str) -> int:
    printer = printer_of(style)
    progress = ProgressLine()
    with stopping(asking.cancel):
        for found in asking.run():
            if found.rows:
                progress.clear()
                printer.rows(found.rows)
            progress.show(found.done, found.total)
        progress.clear()
        printer.finish()
    return _status(asking.ending)


def _status(ending: Ending | None) -> int:
    if ending is None or ending.complete:
        return 0
    if ending.kind is EndKind.CANCELLED:
        return 0
    place = f" (line {ending.line}, column {ending.column})" if ending.line is not None and ending.code else ""
    code = f"{ending.code}: " if ending.kind is EndKind.ERROR else ""
    complain(f"{code}{ending.message}{place if ending.kind is EndKind.ERROR else ''}")
    return _EXITS.get(ending.kind, EXIT_FAILED)
