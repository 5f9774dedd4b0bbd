"""The manual pages and the completions of bash, zsh and fish, made from the parsers of the command line."""

from __future__ import annotations

import argparse
import gzip
from typing import TYPE_CHECKING

import shtab
from argparse_manpage.manpage import Manpage

from clacks_monitor import __version__
from clacks_monitor.app import build_parser

if TYPE_CHECKING:
    from pathlib import Path

COMPLETIONS = {
    "bash": "bash-completion/completions/clacks-monitor",
    "zsh": "zsh/vendor-completions/_clacks-monitor",
    "fish": "fish/vendor_completions.d/clacks-monitor.fish",
}


def subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the commands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _page(parser: argparse.ArgumentParser, name: str, summary: str) -> str:
    data = {
        "project_name": "Clacks Event Monitor",
        "version": __version__,
        "manual_title": "Clacks Event Monitor",
        "description": summary,
    }
    # Its usage names the program with all that can follow; a page has one name.
    parser.prog = name
    return str(Manpage(parser, _data=data, format="single-commands-section"))


def write(share: Path) -> None:
    """Write all of them below a folder such as /usr/share."""
    parser = build_parser()
    for shell, path in COMPLETIONS.items():
        target = share / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(shtab.complete(build_parser(), shell=shell), encoding="utf-8")
    folder = share / "man" / "man1"
    folder.mkdir(parents=True)
    for name, text in pages(parser).items():
        (folder / f"{name}.1.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def pages(parser: argparse.ArgumentParser) -> dict[str, str]:
    """Return the pages by name: one of the program, one of each command."""
    found = {"clacks-monitor": _page(parser, "clacks-monitor", "watch, filter and send events on an AMQP bus")}
    for command, inner in subparsers(parser).items():
        name = f"clacks-monitor-{command}"
        first = (inner.description or command).partition(". ")[0].partition(".\n")[0].replace("\n", " ")
        found[name] = _page(inner, name, first[:1].lower() + first[1:].rstrip("."))
    return found
