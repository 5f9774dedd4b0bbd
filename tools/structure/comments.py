"""The comments that switch a lint rule off, and those of them that do not say why."""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING

from tools.structure.source import Module, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOQA = re.compile(r"#\s*(?:(?:ruff|flake8):\s*)?noqa\b(?P<codes>:\s*[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*)?(?P<rest>.*)")
_REASON = re.compile(r"[^\w#]*\w")


def noqa(modules: Sequence[Module]) -> list[Place]:
    """Return every ``noqa`` comment; the same text inside a string is not one."""
    return [
        Place(module.path, token.start[0], found[0])
        for module in modules
        if "noqa" in module.text
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline)
        if token.type == tokenize.COMMENT and (found := _NOQA.search(token.string))
    ]


def without_reason(places: Sequence[Place]) -> list[Place]:
    """Return the ``noqa`` comments with nothing after the rules that they switch off."""
    return [place for place in places if (found := _NOQA.match(place.what)) and not _REASON.match(found["rest"])]
