"""A bus command imports the library of its URL's protocol only, and only when it connects."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from clacks_monitor.app import load_ports
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import from_url
import clacks_monitor.api
ports = load_ports()
settings, _password = from_url(sys.argv[1], protocols=ports.protocols)
driver = ports.bus(settings)
def libraries():
    return ",".join(sorted({"proton", "paho"} & set(sys.modules)))
print("before:", libraries())
driver.connect(settings, BusListener(), password=lambda: None).close()
print("after:", libraries())
"""


@pytest.mark.parametrize(("url", "library"), [("amqp://localhost", "proton"), ("mqtt://localhost", "paho")])
def test_only_the_library_of_the_url_is_imported(url: str, library: str) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, url], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split("\n")[:2] == ["before: ", f"after: {library}"]
