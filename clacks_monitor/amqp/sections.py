"""The sections of an AMQP 1.0 message (OASIS standard, part 3.2). Thread: any."""

from __future__ import annotations

from typing import Final

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.values import Reader

HEADER: Final = 0x70
ANNOTATIONS: Final = 0x72
"""Message annotations: what a broker adds to a message."""

PROPERTIES, APPLICATION_PROPERTIES, DATA, SEQUENCE, VALUE = 0x73, 0x74, 0x75, 0x76, 0x77
SECTIONS: Final = range(0x70, 0x79)
SHORT_DESCRIPTOR: Final = b"\x00\x53"
"""How a section begins whose descriptor is a number of one byte, as usual: that number and the value follow."""

_NUMBERS: Final = {
    "amqp:header:list": HEADER,
    "amqp:delivery-annotations:map": 0x71,
    "amqp:message-annotations:map": ANNOTATIONS,
    "amqp:properties:list": PROPERTIES,
    "amqp:application-properties:map": APPLICATION_PROPERTIES,
    "amqp:data:binary": DATA,
    "amqp:amqp-sequence:list": SEQUENCE,
    "amqp:amqp-value:*": VALUE,
    "amqp:footer:map": 0x78,
}


def section_at(data: bytes, at: int) -> tuple[int, int]:
    """Return the number of the section at ``at``, 0 for an unknown one, and the position of its value.

    Raises CodecError where no section begins.
    """
    if data[at : at + 2] == SHORT_DESCRIPTOR and at + 3 < len(data):
        return data[at + 2], at + 3
    if data[at] != 0:
        raise CodecError(f"at byte {at} a section was expected")
    descriptor, start = Reader(data).read(at + 1)
    if start >= len(data):
        raise CodecError("the message ends behind a descriptor")
    if isinstance(descriptor, str):
        descriptor = _NUMBERS.get(descriptor)
    if not isinstance(descriptor, int) or isinstance(descriptor, bool):
        return 0, start
    return descriptor, start
