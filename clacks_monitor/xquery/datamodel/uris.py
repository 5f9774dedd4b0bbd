"""URIs: resolving against a base, and what counts as one.

Owner: xquery. Thread: any. Nothing is ever fetched: a URI here is a name.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_BAD = re.compile(r"%(?![0-9A-Fa-f]{2})|[\x00-\x20<>\"{}|\\^`]")


def is_absolute(uri: str) -> bool:
    """Whether a URI has a scheme."""
    return _SCHEME.match(uri) is not None


def is_valid(uri: str) -> bool:
    """Whether a text can be a URI reference: no bad escapes, spaces or doubled fragments."""
    if _BAD.search(uri) or uri.count("#") > 1 or uri.startswith(":"):
        return False
    try:
        urlsplit(uri)
    except ValueError:
        return False
    return True


def resolve(uri: str, base: str | None) -> str | None:
    """The absolute form of a URI, or None when there is no base to resolve it against."""
    if is_absolute(uri):
        return uri
    if base is None or not is_absolute(base):
        return None
    scheme = base.split(":", 1)[0]
    # urljoin only knows some schemes; the rule is the same for all hierarchical ones.
    joined = urljoin("http:" + base.split(":", 1)[1], uri)
    return scheme + joined[4:]
