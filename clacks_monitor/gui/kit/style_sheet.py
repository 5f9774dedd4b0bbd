"""The style sheet of the window: what a palette cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from clacks_monitor import assets
from clacks_monitor.gui.kit.colours import disabled_text
from clacks_monitor.gui.kit.contrast import blend

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.colours import Colours


def style_sheet(colours: Colours) -> str:
    """Return tooltips, check boxes, menus, flat scroll bars, and headings whose text stands over that of the cells.

    No text is markup, not even in the labels of Qt's own dialogs: a file's name would do.
    """
    return (
        f"QToolTip {{ color: {colours.text}; background: {colours.raised}; border: 1px solid {colours.line};"
        " padding: 4px; qproperty-textFormat: PlainText; }"
        "QLabel { qproperty-textFormat: PlainText; }"
        "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }"
        + headings(colours)
        + _scroll_bars(colours)
        + _menus(colours)
        + "QTreeView::indicator, QCheckBox::indicator { width: 13px; height: 13px; border-radius: 2px;"
        f" border: 1px solid {colours.muted}; background: {colours.base}; }}"
        "QTreeView::indicator:checked, QCheckBox::indicator:checked {"
        f" background: {colours.accent}; border-color: {colours.accent}; image: {_check_mark()}; }}"
        f"QCheckBox::indicator:focus {{ border-color: {colours.accent}; }}"
    )


def _scroll_bars(colours: Colours) -> str:
    """Return flat scroll bars: the gradients of the style cost more than all else that a live table paints."""
    window, muted = QColor(colours.window), QColor(colours.muted)
    handle, held = blend(window, muted, 0.75).name(), muted.name()
    return (
        f"QScrollBar {{ background: {colours.window}; border: 0; }}"
        "QScrollBar:vertical { width: 12px; } QScrollBar:horizontal { height: 12px; }"
        f"QScrollBar::handle {{ background: {handle}; border-radius: 3px; margin: 2px; }}"
        f"QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {held}; }}"
        "QScrollBar::handle:vertical { min-height: 28px; } QScrollBar::handle:horizontal { min-width: 28px; }"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: none; }"
    )


def _menus(colours: Colours) -> str:
    """Return menus whose boxes can be seen: the style draws their frames darker than the window, whatever is behind."""
    faint, check = disabled_text(colours).name(), _check_mark()
    return (
        "QMenu::item { padding: 4px 22px 4px 8px; }"
        f"QMenu::item:selected {{ color: {colours.accent_text}; background: {colours.accent}; }}"
        f"QMenu::item:disabled {{ color: {faint}; background: transparent; }}"
        f"QMenu::separator {{ height: 1px; margin: 3px 0; background: {colours.line}; }}"
        "QMenu::icon { margin-left: 4px; padding: 1px; border: 1px solid transparent; border-radius: 3px; }"
        f"QMenu::icon:checked {{ border-color: {colours.muted}; }}"
        "QMenu::indicator { width: 11px; height: 11px; margin-left: 6px; border-radius: 2px;"
        f" border: 1px solid {colours.muted}; background: {colours.base}; }}"
        f"QMenu::indicator:checked {{ background: {colours.accent}; image: {check}; }}"
        f"QMenu::indicator:disabled {{ border-color: {faint}; }}"
        f"QMenu::indicator:checked:disabled {{ background: {faint}; }}"
        "QMenu::indicator:exclusive { width: 7px; height: 7px; margin: 3px 3px 3px 9px; border: 0; border-radius: 3px;"
        " background: transparent; image: none; }"
        f"QMenu::indicator:exclusive:checked {{ background: {colours.text}; }}"
    )


def _check_mark() -> str:
    """Return the file of the tick, in quotes: without them, an apostrophe in a folder's name would end the sheet."""
    path = assets.path("resources", "icons", "check-white.svg").as_posix()
    quoted = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'url("{quoted}")'


def headings(colours: Colours) -> str:
    """Return how the headings of tables look."""
    return (
        f"QHeaderView {{ background: {colours.window}; }}"
        f"QHeaderView::section {{ color: {colours.muted}; background: {colours.window}; border: 0; padding: 3px 8px;"
        f" border-right: 1px solid {colours.line}; border-bottom: 1px solid {colours.line}; }}"
        "QHeaderView::section:last { border-right: 0; }"
    )
