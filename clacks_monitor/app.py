"""The command line and the composition root: the only module that imports all packages.

Without a command it opens the window. A package is imported when a command needs it, so that each starts fast.
"""

from __future__ import annotations

import argparse
import gc
import os
import stat
import sys
import threading
from contextlib import ExitStack, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from clacks_monitor import __version__
from clacks_monitor.cli.address import read_address, tls_files
from clacks_monitor.cli.arguments import (
    EXIT_FILE,
    EXIT_USAGE,
    EXITS_HELP,
    Parser,
    add_tls,
    not_negative,
    size,
    store_address,
)
from clacks_monitor.cli.commands import COMMANDS, add_parser
from clacks_monitor.core.connection import AMQP, MQTT, AddressError
from clacks_monitor.core.driver_on_demand import DriverOnDemand
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.ports import Ports
from clacks_monitor.core.storage_errors import StoreNotAvailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType
    from typing import NoReturn, Self

    from clacks_monitor.cli.address import Address
    from clacks_monitor.core.archives import Archives
    from clacks_monitor.session.captures.capture_use import OpenedCapture, Unreadable
    from clacks_monitor.session.session import Session


_DRIVERS = (DriverOnDemand(AMQP, "clacks_monitor.amqp"), DriverOnDemand(MQTT, "clacks_monitor.mqtt"))

_WITHOUT_PORTS = frozenset({"schemas", "broker"})
"""Commands that neither connect to a bus nor open a capture."""

NO_DISPLAY = """\
There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).
The same monitor works on the command line:

  clacks-monitor listen amqp://user@host/org.clacks --xquery "./*:Event/*:PhoneStatus"
  clacks-monitor send amqp://user@host/org.clacks PhoneStatus CallerId=012345 ReceiverId=12343424 Status=busy

and for a look without a bus of your own:

  clacks-monitor broker & clacks-monitor simulate amqp://127.0.0.1 & clacks-monitor listen amqp://127.0.0.1
"""


NO_QT = """\
The window needs Qt, which is not installed; install it by: pip install "clacks-monitor[gui]"
The commands work without it: clacks-monitor --help
"""
NO_LIBRARY = """\
The window needs the system's library {0}, which is not installed; on Debian and Ubuntu this installs all that Qt needs:
apt-get install libegl1 libgl1 libgssapi-krb5-2 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 \
libxcb-xkb1 libdbus-1-3 libfontconfig1 libglib2.0-0
The commands work without it: clacks-monitor --help
"""
NO_SYSTEM_LIBRARY = """\
The program needs the system's library {0}, which is not installed; {1}
"""
_PACKAGES = {
    "libsasl2.so.2": "libsasl2-2",
    "libsqlite3.so.0": "libsqlite3-0",
    "libssl.so.3": "libssl3",
    "libcrypto.so.3": "libssl3",
    "libuuid.so.1": "libuuid1",
    "libffi.so.8": "libffi8",
}
"""Debian's packages of the libraries that the window and the commands need."""


def build_parser(commands: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of the command line, with these commands."""
    parser = Parser(
        prog="clacks-monitor",
        usage="%(prog)s [OPTION ...] [FILE.capture]\n       %(prog)s COMMAND [OPTION ...] ...",
        description="Watch, filter and send events on an AMQP bus. Without a command a window opens, with FILE in it.",
        epilog=EXITS_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    named = list(commands)
    add = parser.add_argument
    if not named:
        add("file", nargs="?", type=Path)  # with commands, argparse would take their names for it
    add("--version", action="version", version=f"%(prog)s {__version__}")
    add("--demo", action="store_true", help="open the window on a demonstration bus of its own")
    add("--connect", metavar="URL", help="open the window connected to this bus")
    add_tls(parser)
    add(
        "--capture",
        metavar="FILE",
        type=store_address,
        help="record into this file, and show what is in it already; an archive (a URL) is shown only",
    )
    add("--config", metavar="FOLDER", type=Path, help="keep settings, profiles and captures in this folder")
    add("--language", choices=("en", "de"), help="language of the window (default: the system's)")
    add("--theme", choices=("system", "light", "dark"), default="system", help="colours of the window")
    add("--size", metavar="WIDTHxHEIGHT", type=size, help="size of the window in pixels")
    add("--screenshot", metavar="FILE.png", type=Path, help="save a picture of the window and exit")
    add("--after", metavar="SECONDS", type=not_negative, default=5.0, help="how long to wait before --screenshot (5)")
    parser.set_defaults(command=None)
    if not named:
        return parser
    subparsers = parser.add_subparsers(prog=parser.prog, title="commands", metavar="COMMAND", dest="command")
    for command in named:
        add_parser(command, subparsers)
    return parser


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; only the command that is named is imported, and none for the window."""
    named = [command for command in COMMANDS if command in argv]
    if not named and not {"-h", "--help"} & set(argv) and not _is_misspelt_command(argv[:1]):
        parser = build_parser(())
        args, unknown = parser.parse_known_args(argv)
        if args.file is not None and args.capture is not None:
            parser.error(f"{args.file} is opened already, so --capture cannot name another one.")
        if not unknown:
            return args
    return build_parser(named or COMMANDS).parse_args(argv)


def _is_misspelt_command(first: Sequence[str]) -> bool:
    """Return whether the command line begins with what is neither an option nor the name of a file."""
    return any(
        not name.startswith("-") and ("://" in name or not (Path(name).suffix or os.sep in name)) for name in first
    )


def program() -> NoReturn:
    """Run the program, and end the process with its exit status.

    Threads that could not be ended (a keyring or a name server that does not answer) are left behind: the interpreter
    would let them run into its own end.
    """
    status = main()
    if threading.active_count() > 1:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)
    sys.exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    args = _parse(sys.argv[1:] if argv is None else argv)
    return _window(args) if args.command is None else _command(args)


def _command(args: argparse.Namespace) -> int:
    """Run a command; it ends without a message at Ctrl+C, and when the reader of its output has ended."""
    try:
        run = import_module(f"clacks_monitor.cli.{args.command}").run
        status: int = run(args) if args.command in _WITHOUT_PORTS else run(args, load_ports())
        sys.stdout.flush()
    except BrokenPipeError:
        # Flushing the rest must not fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 0
    except ImportError as error:
        sys.stderr.write(_why_no_start(error))
        return 1
    return status


def _has_display() -> bool:
    offscreen = os.environ.get("QT_QPA_PLATFORM", "") in {"offscreen", "minimal", "vnc"}
    other = sys.platform in {"win32", "darwin"}
    return offscreen or other or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _why_no_qt(error: ImportError) -> str:
    """Return what to install for the window. Raises the error again when it is not about Qt."""
    if isinstance(error, ModuleNotFoundError):
        if (error.name or "").partition(".")[0] != "PySide6":
            raise error
        return NO_QT
    return NO_LIBRARY.format(_library(error))


def _why_no_start(error: ImportError) -> str:
    """Return which library to install. Raises the error again when it is not about a library of the system."""
    library = _library(error)
    package = _PACKAGES.get(library)
    remedy = f"on Debian and Ubuntu: apt-get install {package}" if package else "install the package that contains it."
    return NO_SYSTEM_LIBRARY.format(library, remedy)


def _library(error: ImportError) -> str:
    """Return the shared library that is missing. Raises the error again when it is about something else."""
    library = str(error).partition(":")[0]
    if isinstance(error, ModuleNotFoundError) or not library.startswith("lib"):
        raise error
    return library


def _window(args: argparse.Namespace) -> int:
    if not _has_display():
        sys.stderr.write(NO_DISPLAY)
        return 1
    address: Address | None = None
    if args.connect:
        try:
            address = _address_of_window(args)
        except AddressError as error:
            sys.stderr.write(f"{error}\n")
            return EXIT_USAGE
    capture = args.capture
    if args.file is not None:
        capture = args.file.absolute()
        try:
            is_file = stat.S_ISREG(capture.stat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            is_file = False
        except OSError as error:  # in a folder that this user may not look into
            sys.stderr.write(f"{args.file} cannot be opened: {error.strerror}.\n")
            return EXIT_FILE
        if not is_file:
            sys.stderr.write(f"There is no capture {args.file}.\n")
            return EXIT_FILE
    gc.disable()  # nothing that start-up makes is garbage; the window turns it on again
    try:
        from clacks_monitor.gui.application import Options, run  # Qt, which no command needs
    except ImportError as error:
        sys.stderr.write(_why_no_qt(error))
        return 1

    folders = Folders.below(args.config) if args.config else Folders.of_user()
    options = Options(
        state=folders.state,
        language=args.language,
        theme=args.theme,
        size=args.size,
        screenshot=args.screenshot,
        after_s=args.after,
        demo=args.demo,
        awaits=bool(args.demo or args.connect or capture),
        opens=(address[0].id,) if address else (),
    )
    with SessionBuilder(folders, capture, address) as source:
        return run(source, options)


def _address_of_window(args: argparse.Namespace) -> Address:
    """Return what --connect means, with the options for TLS. Raises AddressError.

    The drivers are not loaded for that, which takes 70 ms or more before the first frame.
    """
    return read_address(args.connect, (AMQP, MQTT), tls_files(args))


def load_ports() -> Ports:
    """Return the implementations of the ports: captures are imported at once, a bus when it is used."""
    from clacks_monitor import captures  # after the window's first frame, and for few commands

    return Ports(buses=_DRIVERS, files=captures, load_archives=load_archives, durable_buses=_DRIVERS)


def load_archives() -> Archives:
    """Import what opens archives. Raises StoreNotAvailableError where psycopg is not installed."""
    try:
        return cast("Archives", import_module("clacks_monitor.archive"))
    except ImportError as error:
        raise StoreNotAvailableError(
            "An archive is opened by psycopg, which is not installed or cannot be loaded"
            f' ({error}). Install it by: pip install "clacks-monitor[archive]"'
        ) from error


def build_session(
    folders: Folders,
    *,
    wake: Callable[[], None],
    language: str = "en",
    capture: Path | OpenedCapture | Unreadable | None = None,
) -> Session:
    """Return a session with the implementations of its ports, which are chosen here."""
    from clacks_monitor.session.composition import build  # after the window's first frame

    return build(folders, ports=load_ports(), wake=wake, language=language, capture=capture)


class SessionBuilder:
    """Builds the session of the window, with what the command line names. A context: the demonstration ends."""

    def __init__(self, folders: Folders, capture: Path | str | None, address: Address | None) -> None:
        self._folders, self._address = folders, address
        self._named = capture
        self._capture: Path | OpenedCapture | Unreadable | None = None if isinstance(capture, str) else capture
        self._prepared = False
        self._lacks: ImportError | None = None
        self._running = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._running.close()

    def prepare(self) -> None:
        """Import what a session needs, and open the capture. Any thread."""
        if self._prepared:
            return
        self._prepared = True
        try:
            from clacks_monitor.session.composition import preload  # after the window's first frame

            for driver in _DRIVERS:
                driver.load()
            self._capture = preload(load_ports(), self._named, self._running)
        except ImportError as error:
            self._lacks = error

    def build(self, wake: Callable[[], None], language: str) -> Session:
        """Return a session that wakes the window by ``wake``. Raises ImportError: a system library is missing."""
        if self._lacks is not None:
            raise ImportError(_why_no_start(self._lacks).rstrip()) from self._lacks
        session = build_session(self._folders, wake=wake, language=language, capture=self._capture)
        for problem in session.problems:
            sys.stderr.write(f"{problem}\n")
        if self._address is not None:
            session.connections.add_for_this_run(*self._address)
        return session

    def demonstrate(self) -> str:
        """Start the demonstration; return its URL when it runs. Any thread."""
        from clacks_monitor.testbed.demonstration import Demo  # only loaded where it is needed

        return self._running.enter_context(Demo()).url
