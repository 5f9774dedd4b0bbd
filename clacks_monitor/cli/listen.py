"""``clacks-monitor listen``: prints events as they come, and records them with ``--capture``.

Events are recorded as those of the window are. Thread: main, which also prints.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.cli.archive_tail import ArchiveTail
from clacks_monitor.cli.arguments import EXIT_FILE, EXIT_USAGE
from clacks_monitor.cli.bus import complain, exit_of_error, read_url
from clacks_monitor.cli.interrupts import stopping
from clacks_monitor.cli.merged_printing import MergedPrinter
from clacks_monitor.cli.printing import Printer
from clacks_monitor.cli.receiver import Receiver
from clacks_monitor.config import ProfileStore
from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.messages import counted, printable
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.suggestions import did_you_mean
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.view.query_suggestions import examined
from clacks_monitor.session.view.query_vocabulary import vocabulary_of
from clacks_monitor.xquery import QueryError

if TYPE_CHECKING:
    import argparse

    from clacks_monitor.core.ports import Ports


def run(args: argparse.Namespace, ports: Ports) -> int:
    """Listen; return 0 when the count is reached or the user stops it."""
    if args.from_archive and args.url is not None and names_archive(args.url):
        args.from_archive.append(args.url)
        args.url = None
    if (args.url is None) is (not args.from_archive):
        complain("Name either the bus to listen to, or by --from-archive an archive.")
        return EXIT_USAGE
    folders = Folders.below(args.config) if args.config else Folders.of_user()
    return _follow(args, ports, folders) if args.from_archive else _listen(args, ports, folders)


def _listen(args: argparse.Namespace, ports: Ports, folders: Folders) -> int:
    """Print what a bus delivers."""
    address = read_url(args, ports)
    query = _query(args, folders)
    if address is None or query is None:
        return EXIT_USAGE

    if args.xquery:
        _warn(query, folders)
    settings, password = address
    printer = Printer(args.format, args.count, once=args.once)
    try:
        receiver = Receiver(
            ports,
            replace(settings, subscription=query, consumes=args.consume),
            password,
            printer,
            folders,
            capture=args.capture,
        )
    except QueryError as error:
        complain(f"The filter cannot be read: {error}")
        return EXIT_USAGE
    except OSError as error:
        complain(str(error))
        return exit_of_error(error)
    with stopping(printer.stop), receiver:
        status = printer.run()
    printer.finish()
    if receiver.lost:
        complain(f"{counted(receiver.lost, 'event')} received, but not in {args.capture}.")
        return status or EXIT_FILE
    return status


def _warn(query: str, folders: Folders) -> None:
    """Warn of what no event can have by the schemas; the query is used all the same."""
    catalogue = Catalogue([assets.folder("schemas"), folders.schemas])
    found = examined(query, vocabulary_of(catalogue.vocabulary()))
    for warning in found.warnings:
        never = "The filter cannot match: " if warning.never else "Check the filter: "
        complain(f"{never}{printable(warning.reason)}")
    if found.remedy is not None:
        complain(f"You may mean: {printable(found.remedy.query)}")


def _follow(args: argparse.Namespace, ports: Ports, folders: Folders) -> int:
    """Print what is appended to archives."""
    if args.capture is not None or args.consume:
        complain("--capture and --consume are for a bus, and not for an archive.")
        return EXIT_USAGE
    query = _query(args, folders)
    if query is None:
        return EXIT_USAGE
    if args.xquery:
        _warn(query, folders)
    printer = Printer(args.format, args.count, once=args.once)
    urls: list[str] = args.from_archive
    if len(set(urls)) < len(urls):
        complain("An archive is named twice.")
        return EXIT_USAGE
    with ExitStack() as stack:
        stack.enter_context(stopping(printer.stop))
        merged = printer if len(urls) == 1 else stack.enter_context(MergedPrinter(printer))
        try:
            for url in urls:
                stack.enter_context(ArchiveTail(ports, url, query, merged, once=args.once))
        except QueryError as error:
            complain(f"The filter cannot be read: {error}")
            return EXIT_USAGE
        except OSError as error:
            complain(str(error))
            return exit_of_error(error)
        return printer.run()


def _query(args: argparse.Namespace, folders: Folders) -> str | None:
    """Return the query to listen with; None after a message when the profile does not exist."""
    if args.profile is None:
        return args.xquery or ""
    profiles = ProfileStore(folders.profiles)
    try:
        profiles.install_examples()
    except StorageError as error:
        complain(f"The example profiles cannot be installed: {error}")
    profile = profiles.by_name(args.profile)
    if profile is None:
        names = [profile.name for profile in profiles.all()]
        meant = did_you_mean(args.profile, names)
        complain(f"There is no profile {args.profile}.{meant} There are: {', '.join(names)}.")
        return None
    return profile.query
