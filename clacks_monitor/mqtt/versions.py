"""The versions of MQTT, and which is tried next. Pure; any thread."""

from __future__ import annotations

from typing import Final

from paho.mqtt.client import MQTTv5, MQTTv31, MQTTv311

from clacks_monitor.core.connection import MqttVersion

PAHO: Final = {MqttVersion.V5: MQTTv5, MqttVersion.V3_1_1: MQTTv311, MqttVersion.V3_1: MQTTv31}

_OLDER: Final = {MqttVersion.V5: MqttVersion.V3_1_1, MqttVersion.V3_1_1: MqttVersion.V3_1}


def first(wanted: MqttVersion) -> MqttVersion:
    """Return the version to try first."""
    return MqttVersion.V5 if wanted is MqttVersion.AUTO else wanted


def next_older(tried: MqttVersion, wanted: MqttVersion) -> MqttVersion | None:
    """Return the version to try when a broker does not know that one, None when there is none."""
    return _OLDER.get(tried) if wanted is MqttVersion.AUTO else None
