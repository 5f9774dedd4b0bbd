"""A message as it comes from a broker, without objects of paho. Values; any thread."""

from __future__ import annotations

from typing import NamedTuple


class Publication(NamedTuple):
    """A message. ``retain`` is whether the broker had kept it, ``dup`` whether it may have come before.

    ``user`` and ``content_type`` are properties of MQTT 5; ``cut`` is the size of a payload that was too large to be
    kept, else 0. ``number`` is what one with QoS 1 is confirmed by.
    """

    topic: str
    payload: bytes
    qos: int
    retain: bool
    dup: bool
    user: tuple[tuple[str, str], ...] = ()
    content_type: str = ""
    cut: int = 0
    number: int = 0
