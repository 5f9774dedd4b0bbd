"""The names that scripts import: there, and light."""

from __future__ import annotations

import subprocess
import sys

from lxml import etree

import clacks_monitor
from clacks_monitor.core.event import EVENT_NAMESPACE


def test_event_maker_builds_an_event() -> None:
    e = clacks_monitor.EventMaker()
    event = e.Event(e.PhoneStatus(e.CallerId("012345"), kind="x"))
    expected = (
        f'<Event xmlns="{EVENT_NAMESPACE}"><PhoneStatus kind="x"><CallerId>012345</CallerId></PhoneStatus></Event>'
    )
    assert etree.tostring(event).decode() == expected


def test_no_public_name_loads_qt() -> None:
    code = (
        "import sys, clacks_monitor as c; c.EventMaker, c.AMQPEventConsumer, c.AMQPServiceProxy;"
        "sys.exit(any(m.startswith(('PySide6', 'clacks_monitor.gui')) for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
