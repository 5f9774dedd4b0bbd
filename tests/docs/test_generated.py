"""The pages that are made from the program say what the program is now."""

from __future__ import annotations

import pytest

from tests.docs.pages import DOCS
from tools.manual_pages import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "make manual-pages"
