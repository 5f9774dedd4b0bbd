"""Checks events by their schemas, for the embedded broker's agent.

Owner: ``Agent``. Thread: the agent's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.forms import Catalogue
from clacks_monitor.testbed.broker import EventCheck

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class SchemaCheck:
    """Checks events by the built-in schemas and those of further folders, as the files are at the time."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._catalogue = Catalogue([assets.folder("schemas"), *folders])

    def __call__(self, event: bytes) -> EventCheck:
        """Return the event's name, or everything that is not valid."""
        self._catalogue.refresh()
        problems = tuple(str(problem) for problem in self._catalogue.validator.validate(event))
        if problems:
            return EventCheck("", problems)
        root = etree.fromstring(event, hardened_parser())
        return EventCheck(etree.QName(next(root.iterchildren(etree.Element))).localname)
