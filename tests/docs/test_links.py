"""Every link and anchor of the manual leads somewhere, and no picture is left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import DOCS, PAGES, ROOT, anchors, links

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_anchors_lead_somewhere(page: Path) -> None:
    broken = []
    for _picture, target in links(page):
        if "://" in target:
            continue
        name, _hash, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        if not found.exists() or (anchor and anchor not in anchors(found)):
            broken.append(target)
    assert not broken


def test_every_picture_is_on_a_page() -> None:
    shown = {(page.parent / target).resolve() for page in PAGES for picture, target in links(page) if picture}
    dark = {path.with_name(path.name.removesuffix(".png") + "-dark.png") for path in shown}
    assert {path.resolve() for path in DOCS.rglob("*.png")} <= shown | dark


def test_every_page_is_reached_from_the_first() -> None:
    listed = [word for name in ("index.md", "brokers.md") for word in (DOCS / name).read_text(encoding="utf-8").split()]
    pages = {str(page.relative_to(DOCS).with_suffix("")) for page in DOCS.rglob("*.md")}
    assert pages - set(listed) == {"index"}
