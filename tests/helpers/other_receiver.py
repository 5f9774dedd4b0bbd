"""An application that receives beside the monitor, and the publisher of what it receives."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from proton.reactor import AtLeastOnce, LinkOption
from proton.utils import BlockingConnection

from clacks_monitor.core.connection import from_url
from tests.helpers.broker_client import filters
from tests.helpers.recorder import connection

EVENTS = 10_000


class OtherReceiver:
    """An application's receiver at an address; it counts what it gets."""

    def __init__(self, url: str, address: str) -> None:
        self._url = url.rsplit("/", 1)[0]
        self._address = address
        self._got: list[object] = []
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._receive, name="other receiver", daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    def _receive(self) -> None:
        made = BlockingConnection(self._url, timeout=30)
        try:
            options: list[LinkOption] = (
                [AtLeastOnce()] if self._address.startswith("/") else [AtLeastOnce(), filters(None)]
            )
            receiver = made.create_receiver(self._address, credit=500, options=options)
            self._ready.set()
            while len(self._got) < EVENTS:
                properties: Any = receiver.receive().properties
                self._got.append(properties["n"])
                receiver.accept()
        finally:
            made.close()

    def wait(self) -> list[object]:
        """Return the numbers of the events that it got."""
        self._thread.join(60)
        return self._got


def publish(url: str, domain: str) -> None:
    """Publish the events, with a number each."""
    settings, password = from_url(url)
    with connection(replace(settings, domain=domain), password=password, receiving=False) as (made, recorder):
        for number in range(EVENTS):
            made.send(b"<a/>", properties={"n": number})
        recorder.wait(lambda: len(recorder.results) == EVENTS, "the outcomes")
