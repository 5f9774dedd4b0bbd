"""GOsa's wrapping of events in JSON: ``{"sender_id": "...", "content": "<Event ..."[, "proxied_by": "..."]}``.

Payloads come from strangers. What is read is an object of simple values, so that neither depth nor the number of values
can use up memory, and its content byte for byte. Pure; any thread.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS: Final = 50
"""Members of a wrapping that are read; GOsa writes two or three."""
MAX_ID: Final = 200
"""Characters of an id that are kept; GOsa's have 36."""

SMALL: Final = 64 * 1024
"""Characters of a payload that is read at once; what is wrong with it, or is nested in it, is found afterwards."""

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NESTED: Final = frozenset({tuple, list})
_read: Final = json.JSONDecoder().raw_decode
_read_pairs: Final = json.JSONDecoder(object_pairs_hook=tuple).raw_decode


class UnwrapError(ValueError):
    """A payload is not wrapped as GOsa does it; the text says why."""


class Wrapped(NamedTuple):
    """The content of a payload, as bytes in UTF-8, and the ids of its sender and of the proxy that relayed it."""

    content: bytes
    sender_id: str = ""
    proxied_by: str = ""


def wrap(content: bytes, sender_id: str) -> bytes:
    """Return the payload for an event. Raises UnwrapError when it is not text in UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise UnwrapError(Message("Only text in UTF-8 can be wrapped in JSON; this is not.")) from None
    return json.dumps({"sender_id": sender_id, "content": text}).encode("ascii")


def unwrap(payload: bytes) -> Wrapped:
    """Return what a payload holds. Raises UnwrapError."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnwrapError(Message("The payload is not UTF-8 (byte {0:,}).", error.start)) from None
    found = _small(text)
    members = dict(found)
    if not members or len(members) < len(found):
        members = {}
        for name, value in found or _members(text):
            if name in members:
                raise UnwrapError(Message("The payload has the member {0} twice.", one_line(name, MAX_ID)))
            members[name] = value
    content = members.get("content")
    if not isinstance(content, str):
        raise UnwrapError(Message("The payload has no text named content."))
    try:
        body = content.encode("utf-8")
    except UnicodeEncodeError:
        raise UnwrapError(Message("The content has half of a character (a lone surrogate).")) from None
    return Wrapped(body, _id(members.get("sender_id")), _id(members.get("proxied_by")))


_known_id: Final = lru_cache(maxsize=4096)(one_line)


def _id(value: object) -> str:
    """Return an id as it can be shown; members of a site send again and again."""
    if not value or not isinstance(value, str):
        return ""
    return _known_id(value, MAX_ID) if len(value) <= MAX_ID else one_line(value, MAX_ID)


def _small(text: str) -> tuple[tuple[str, object], ...]:
    """Return the members of a small payload that is as it should be, else none."""
    if len(text) > SMALL:
        return ()
    try:
        found, end = _read_pairs(text)
    except (ValueError, RecursionError):
        return ()
    if type(found) is not tuple or len(found) > MAX_MEMBERS or end < len(text):
        return ()
    for _name, value in found:
        if type(value) is not str and type(value) in _NESTED:
            return ()
    return found


def _members(text: str) -> Iterator[tuple[str, object]]:
    """Yield the members of an object of simple values, which is all that ``text`` holds. Raises UnwrapError."""
    at = _after(text, 0)
    if text[at : at + 1] != "{":
        raise UnwrapError(Message("The payload is not a JSON object."))
    at = _after(text, at + 1)
    count = 0
    while text[at : at + 1] != "}" or count:
        count += 1
        if count > MAX_MEMBERS:
            raise UnwrapError(Message("The payload has more than {0} members.", MAX_MEMBERS))
        name, at = _value(text, at)
        if not isinstance(name, str) or text[at : at + 1] != ":":
            raise _not_json(at)
        value, at = _value(text, _after(text, at + 1))
        yield name, value
        if text[at : at + 1] == "}":
            break
        if text[at : at + 1] != ",":
            raise _not_json(at)
        at = _after(text, at + 1)
    if _after(text, at + 1) != len(text):
        raise _not_json(at + 1)


def _value(text: str, at: int) -> tuple[object, int]:
    """Return a value that holds no other, and the place behind it and the blanks that follow."""
    if text[at : at + 1] in {"{", "["}:
        raise UnwrapError(Message("The payload has a list or an object in it (character {0:,}).", at))
    try:
        value, end = _read(text, at)
    except ValueError:  # also a number of thousands of digits
        raise _not_json(at) from None
    return value, _after(text, end)


def _after(text: str, at: int) -> int:
    """Return the place of the next character that is not blank."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _not_json(at: int) -> UnwrapError:
    return UnwrapError(Message("The payload is not valid JSON (character {0:,}).", at))
