"""The manual's pages as Markdown that Qt shows: directives of the web pages replaced, and the event types of this site.

Any thread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clacks_monitor.forms.vocabulary import ElementInfo

CHEAT_SHEET = "filter-cheat-sheet.md"
_TREE = re.compile(r"```\{toctree\}\n(?P<options>(?::[^\n]*\n)*)\n(?P<pages>[^`]*)```")
_DIRECTIVE = re.compile(r"```\{[^\n]*\n.*?^```", re.DOTALL | re.MULTILINE)
_NOTE = re.compile(r"^:::\{(\w+)\}\n(.*?)^:::$", re.DOTALL | re.MULTILINE)
_OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+(?:examples/|[A-Z])[^)]*\)")
_CAPTION = re.compile(r":caption: (.*)")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#])")
MAX_NAME = 100
MAX_FIELDS = 6
MAX_TYPES = 200


def folder() -> Path:
    """Return the folder of the manual."""
    return assets.folder("docs")


def names() -> list[str]:
    """Return the names of all pages, relative to the folder."""
    return sorted(str(path.relative_to(folder())) for path in folder().rglob("*.md"))


def source(name: str) -> str:
    """Return a page as it is written; raises OSError when there is none."""
    return (folder() / name).read_text(encoding="utf-8")


def title(name: str) -> str:
    """Return the heading of a page."""
    return source(name).partition("\n")[0].removeprefix("# ").strip()


def prepared(name: str) -> str:
    """Return a page in Markdown without directives."""
    text = _TREE.sub(_contents, source(name))
    text = _DIRECTIVE.sub("(This part is in the web pages of the manual: `make docs`.)", text)
    text = _NOTE.sub(lambda match: "\n".join(f"> {line}" for line in match[2].splitlines()), text)
    return _OUTSIDE.sub(r"`\1`", text)


def _contents(match: re.Match[str]) -> str:
    caption = _CAPTION.search(match["options"])
    pages = [f"- [{title(f'{page}.md')}]({page}.md)" for page in match["pages"].split()]
    return "\n".join([f"**{caption[1]}**\n" if caption else "", *pages, ""])


def slug(heading: str) -> str:
    """Return the anchor of a heading, as the web pages have it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def found(text: str) -> list[tuple[str, str]]:
    """Return (page, a line) of each page that contains a text, whatever its case."""
    wanted = text.casefold()
    hits = []
    for name in names():
        line = next((line for line in source(name).splitlines() if wanted in line.casefold()), None)
        if line is not None:
            hits.append((name, line.strip()))
    return hits


def escaped(text: str) -> str:
    """Return a foreign text as Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\1", one_line(text, MAX_NAME))


def event_types(vocabulary: Iterable[ElementInfo]) -> str:
    """Return a section with the event types of this site, each with a query and its fields."""
    rows = sorted({_row(kind) for kind in vocabulary})
    if not rows:
        return ""
    return "\n".join(["## Event types of this site\n", "| query | fields |", "|---|---|", *rows[:MAX_TYPES], ""])


def _row(kind: ElementInfo) -> str:
    fields = [child.name for child in kind.children] + [f"@{attribute.name}" for attribute in kind.attributes]
    more = ", …" if len(fields) > MAX_FIELDS else ""
    listed = ", ".join(escaped(field) for field in fields[:MAX_FIELDS])
    return f"| ./\\*:Event/\\*:{escaped(kind.name)} | {listed}{more} |"
