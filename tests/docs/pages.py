"""The pages of the manual: their fenced blocks, headings, links and pictures."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
_FENCED = re.compile(r"^( *)(```+|:::+)\{?([\w-]*)\}?[^\n]*\n(.*?)^ *\2$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^( *)```.*?^ *```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,4} +(.+?) *$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block: its page, the line it begins at, its language, its text."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(*languages: str, pages: list[Path] | None = None) -> list[Block]:
    """Return the blocks of these languages."""
    found = []
    for page in PAGES if pages is None else pages:
        text = page.read_text(encoding="utf-8")
        for match in _FENCED.finditer(text):
            if match[2].startswith("`") and match[3] in languages:
                line = text.count("\n", 0, match.start()) + 1
                found.append(Block(page, line, match[3], textwrap.dedent(match[4])))
    return found


def slug(heading: str) -> str:
    """Return the anchor of a heading, as GitHub, MyST and the window form it."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page."""
    text = _CODE.sub(lambda match: match[0] if "\n" not in match[0] else "", page.read_text(encoding="utf-8"))
    return {slug(heading) for heading in _HEADING.findall(text)}


def links(page: Path) -> list[tuple[bool, str]]:
    """Return (is a picture, target) of every link of a page, outside of code."""
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    return [(bool(mark), target) for mark, target in _LINK.findall(text)]
