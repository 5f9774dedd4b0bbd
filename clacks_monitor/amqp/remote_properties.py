"""Reads the properties and error conditions of the remote peer, which is not trusted.

proton converts nested values by recursion, so a few kilobytes of nested lists would raise RecursionError; and it reads
the details of every error, which are not needed here. Thread: the connection's.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

from cproton import ffi, lib
from proton import Array, Described, ProtonException, symbol

from clacks_monitor.core.untrusted import MAX_LINE, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from proton import Connection, Terminus

    from clacks_monitor.amqp.pointers import Pointer

MAX_BYTES: Final = 4 * MAX_LINE
MAX_PROPERTIES: Final = 100
"""How much of a text is read, in bytes, and how many properties of a broker."""


def properties(connection: Connection) -> dict[str, object]:
    """Return the connection properties of the peer, with bounded texts; unreadable ones count as none."""
    found = _read(lambda: connection.remote_properties)
    return {one_line(str(key)): _plain(value) for key, value in itertools.islice(found.items(), MAX_PROPERTIES)}


def raw_property(connection: Connection, name: str) -> object:
    """Return one of the peer's connection properties as it is, of any type and length; None when it is not there."""
    return _read(lambda: connection.remote_properties).get(symbol(name))


def _plain(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    return value if isinstance(value, int | float) else one_line(repr(value))


def filter_descriptors(terminus: Terminus) -> list[object]:
    """Return the descriptors in a terminus's filter map; an unreadable one counts as empty."""
    data = terminus.filter
    data.rewind()
    found = _read(data.get_object) if data.next() else {}
    return [value.descriptor for value in found.values() if isinstance(value, Described)]


def filters(terminus: Terminus) -> tuple[tuple[str, str], ...]:
    """Return name and value of each filter in a terminus's filter map; an unreadable map counts as empty."""
    data = terminus.filter
    data.rewind()
    found = _read(data.get_object) if data.next() else {}
    values = ((key, one.value if isinstance(one, Described) else one) for key, one in found.items())
    return tuple((one_line(str(key)), str(_plain(value))) for key, value in itertools.islice(values, MAX_PROPERTIES))


def offered_capabilities(connection: Connection) -> tuple[str, ...]:
    """Return the capabilities that the peer offers for the connection; unreadable ones count as none."""
    return _symbols(lambda: connection.remote_offered_capabilities)


def terminus_capabilities(terminus: Terminus) -> tuple[str, ...]:
    """Return the capabilities of a terminus; unreadable ones count as none."""
    data = terminus.capabilities
    data.rewind()
    return _symbols(data.get_object) if data.next() else ()


def _symbols(value: Callable[[], Any]) -> tuple[str, ...]:
    try:
        found = value()
    except (ProtonException, ValueError, TypeError, KeyError, RecursionError):
        return ()
    if isinstance(found, str):
        return (one_line(found),)
    items = found.elements if isinstance(found, Array) else found if isinstance(found, list) else []
    return tuple(one_line(str(item)) for item in itertools.islice(items, MAX_PROPERTIES))


def reason(condition: Pointer) -> tuple[str, str]:
    """Return name and description of an error (pn_condition_t), fit to be shown; "" for what is not given."""
    if not lib.pn_condition_is_set(condition):
        return "", ""
    return text(lib.pn_condition_get_name(condition)), text(lib.pn_condition_get_description(condition))


def text(pointer: Pointer) -> str:
    """Return a text of the engine (char *), whatever its bytes are, as one line of bounded length; "" for none."""
    if pointer == ffi.NULL:
        return ""
    return one_line(bytes(ffi.string(pointer, MAX_BYTES)).decode("utf-8", "backslashreplace"))


def _read(value: Callable[[], Any]) -> Mapping[Any, Any]:
    try:
        found = value()
    except (ProtonException, ValueError, TypeError, KeyError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
