"""Sphinx's settings for the manual: `make docs` writes build/docs/index.html.

The window shows the same pages without Sphinx, so they keep to Markdown that both understand: headings, lists, tables,
code, pictures, links, and notes between `:::{note}` and `:::`. On a dark background NAME-dark.png takes the place of a
picture NAME.png, where there is one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.transforms.post_transforms import SphinxPostTransform

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from clacks_monitor import __version__  # noqa: E402 - found by the line above

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "Clacks Event Monitor"
author = "The Clacks Event Monitor authors"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4
html_theme = "furo"
html_title = f"{project} {release}"
html_favicon = "../resources/icons/clacks.svg"
html_show_sphinx = False
# Pygments does not know all of XQuery 3.1, such as a default of an external variable; tests compile what is printed.
suppress_warnings = ["misc.highlighting_failure"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"


class DarkPictures(SphinxPostTransform):
    """Puts the dark picture beside each that has one; the theme shows the one that fits."""

    default_priority = 1

    def run(self, **_options: object) -> None:
        """Add the dark pictures of one page."""
        folder = Path(self.env.doc2path(self.env.docname)).parent
        for image in list(self.document.findall(nodes.image)):
            light = image["uri"]
            dark = light.removesuffix(".png") + "-dark.png"
            places = (folder, Path(self.env.srcdir))
            if not light.endswith(".png") or not any((place / dark).exists() for place in places):
                continue
            other = image.deepcopy()
            other["uri"], other["candidates"] = dark, {"*": dark}
            self.env.images.add_file(self.env.docname, dark)
            image["classes"].append("only-light")
            other["classes"].append("only-dark")
            image.parent.insert(image.parent.index(image) + 1, other)


def name_files_outside(app: Sphinx, docname: str, source: list[str]) -> None:
    """Name files of the project that are not pages, instead of linking to them: the pages are read without them."""
    folder = Path(app.env.doc2path(docname)).parent

    def name(match: re.Match[str]) -> str:
        target = (folder / match[2]).resolve()
        return match[0] if target.is_relative_to(app.srcdir) else f"`{target.relative_to(ROOT)}`"

    source[0] = re.sub(r"\[([^\]]+)\]\((\.\./[^)#]+)\)", name, source[0])


def setup(app: Sphinx) -> None:
    """Register what is above, and a language that Pygments has no lexer for."""
    app.add_post_transform(DarkPictures)
    app.connect("source-read", name_files_outside)
    app.add_lexer("mermaid", TextLexer)  # diagrams, shown as their text
