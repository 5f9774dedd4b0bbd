"""The MQTT client: connections, receiving, sending.

``MqttConnection`` is the interface to the rest of the program. Each connection has a thread of its own, on which its
callbacks run. Objects of paho do not leave this package.

What a broker may send is bounded: packets of control of 1 MB, payloads of 100 MB (``packet_stream``; a larger one is
shown with its size only), and some seconds for each step.
"""

from clacks_monitor.core.connection import MQTT
from clacks_monitor.mqtt.connection import MqttConnection, connect
from clacks_monitor.mqtt.durable_connection import connect_durably
from clacks_monitor.mqtt.probe import probe

__all__ = ["MqttConnection", "connect", "connect_durably", "probe", "protocol"]

protocol = MQTT
