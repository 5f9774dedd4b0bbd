"""The choice of a driver by the protocol of a connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest

from clacks_monitor.core.connection import AMQP, AddressError, BusProtocol, from_url
from clacks_monitor.core.ports import Ports

if TYPE_CHECKING:
    from clacks_monitor.core.bus import BusDriver
    from clacks_monitor.core.capture_files import CaptureFiles

MQTT = BusProtocol("mqtt", 1883, 8883)


@dataclass(frozen=True)
class Driver:
    protocol: BusProtocol


DRIVERS = cast("tuple[BusDriver, ...]", (Driver(AMQP), Driver(MQTT)))
FILES = cast("CaptureFiles", None)


def test_a_protocol_whose_brokers_keep_nothing_cannot_be_recorded() -> None:
    settings, _password = from_url("mqtt://h", protocols=(MQTT,))
    with pytest.raises(AddressError, match="A recorder cannot use mqtt"):
        Ports(DRIVERS, FILES).durable_bus(settings)


@pytest.mark.parametrize("url", ["amqp://h", "amqps://h", "mqtt://h", "mqtts://h"])
def test_a_connection_gets_the_driver_of_its_protocol(url: str) -> None:
    ports = Ports(DRIVERS, FILES)
    settings, _password = from_url(url, protocols=ports.protocols)
    assert url.startswith(ports.bus(settings).protocol.name)


def test_a_protocol_without_a_driver_is_an_error_that_names_it() -> None:
    settings, _password = from_url("mqtt://h", protocols=(MQTT,))
    with pytest.raises(AddressError, match="mqtt"):
        Ports(DRIVERS[:1], FILES).bus(settings)
