"""Texts as PostgreSQL takes them: it stores any character but NUL. Pure.

NUL becomes DLE and "@", DLE itself two of them: so all texts come back as they were.
"""

from __future__ import annotations

import re
from typing import Final

_DLE = "\x10"
_STORED = str.maketrans({"\x00": f"{_DLE}@", _DLE: _DLE * 2})
_READ = re.compile("\x10([@\x10])")
_ODD = re.compile("[\x00\x10]")
_SPECIAL = re.compile("[\x00\x10\\\\\t\n\r]")
_COPIED = str.maketrans(
    {"\x00": f"{_DLE}@", _DLE: _DLE * 2, "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"},
)
NULL: Final = "\\N"


def stored(text: str) -> str:
    """Return ``text`` as a column holds it."""
    return text.translate(_STORED) if _ODD.search(text) else text


def read(text: str) -> str:
    """Return the text that stored() made ``text`` of."""
    return _READ.sub(lambda found: _DLE if found[1] == _DLE else "\x00", text) if _DLE in text else text


def copied(text: str) -> str:
    """Return ``text`` as a column of a block for COPY in its text format."""
    return text.translate(_COPIED) if _SPECIAL.search(text) else text


def copied_or_null(text: str | None) -> str:
    """Return the same for a column that may be NULL."""
    return NULL if text is None else copied(text)
