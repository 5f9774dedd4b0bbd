"""What a peer says of itself, its links and its reasons, read with care: it is nobody's friend until it has proved it.

proton turns nested values into Python's by recursion, so a few kilobytes of brackets would raise RecursionError; and
it reads the details of every error, which nobody here asks for. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cproton
from proton import Described, ProtonException

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from proton import Connection, Terminus


def properties(engine: Connection) -> dict[str, object]:
    """Return what the peer says that it is; nonsense counts as nothing said."""
    found = _read(lambda: engine.remote_properties)
    return {str(key): value for key, value in found.items()}


def filter_descriptors(terminus: Terminus) -> list[object]:
    """Return the descriptors in a terminus's filter map; nonsense counts as no filter."""
    data = terminus.filter
    data.rewind()
    found = _read(data.get_object) if data.next() else {}
    return [value.descriptor for value in found.values() if isinstance(value, Described)]


def reason(condition: Any) -> tuple[str, str]:  # noqa: ANN401 - the engine's own type
    """Return name and description of an error (pn_condition_t), "" for what is not given."""
    if not cproton.pn_condition_is_set(condition):
        return "", ""
    return cproton.pn_condition_get_name(condition) or "", cproton.pn_condition_get_description(condition) or ""


def _read(value: Callable[[], Any]) -> Mapping[Any, Any]:
    try:
        found = value()
    except (ProtonException, ValueError, TypeError, KeyError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
