"""Regular expressions: what elementpath's translation does not check or do.

Owner: xquery. Thread: any.
"""

from __future__ import annotations

import re

from clacks_monitor.xquery.errors import QueryError


def prepared(pattern: str, *, extended: bool) -> str:
    """A pattern ready for translation; raises FORX0002.

    Flag x: white space outside character classes is removed here, as F&O 3.1 section 5.6.2 has
    it; Python's own flag would also take `#` for a comment.
    """
    if extended:
        pattern = _without_space(pattern)
    return _checked(pattern)


def _without_space(pattern: str) -> str:
    out, depth, escaped = [], 0, False
    for character in pattern:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
        elif character in " \t\n\r" and depth <= 0:
            continue
        out.append(character)
    return "".join(out)


def _checked(pattern: str) -> str:
    if "(?" in pattern and re.search(r"(?<!\\)\(\?(?!:)", pattern):
        raise QueryError("FORX0002", f"'{pattern}' is no regular expression: '(?' is not allowed.")
    return pattern
