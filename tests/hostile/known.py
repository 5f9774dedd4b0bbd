"""Cases that are known to fail today, and why: the one list of them.

A case that is listed has to fail; when it holds, its line goes.
"""

from __future__ import annotations

from fnmatch import fnmatch

KNOWN: dict[str, str] = {}
"""Pattern of a case's name -> what is wrong today."""


def reason(key: str) -> str:
    """Return why a case is known to fail, "" for one that has to hold."""
    return next((why for pattern, why in KNOWN.items() if fnmatch(key, pattern)), "")
