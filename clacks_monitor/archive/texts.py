"""Texts as PostgreSQL takes them: it stores any character but NUL. Pure.

NUL becomes DLE and "@", DLE itself two of them: so all texts come back as they were.
"""

from __future__ import annotations

import re

_DLE = "\x10"
_STORED = str.maketrans({"\x00": f"{_DLE}@", _DLE: _DLE * 2})
_READ = re.compile("\x10([@\x10])")
_ODD = re.compile("[\x00\x10]")


def stored(text: str) -> str:
    """Return ``text`` as a column holds it."""
    return text.translate(_STORED) if _ODD.search(text) else text


def read(text: str) -> str:
    """Return the text that stored() made ``text`` of."""
    return _READ.sub(lambda found: _DLE if found[1] == _DLE else "\x00", text) if _DLE in text else text
