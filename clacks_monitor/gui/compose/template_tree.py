"""The tree of templates by folder; of very many only the first are shown, and more on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.session.sending.templates import Template

PAGE = 500
"""So many templates are listed before one has to ask for more, and so many folders offered."""


@dataclass(frozen=True, slots=True)
class Found:
    """The templates as they are on disk; ``problem`` says why what was done before could not be."""

    problem: str
    templates: Sequence[Template]
    folders: Sequence[tuple[str, ...]]
    broken: Sequence[tuple[str, str]]


class _TemplateItem(QTreeWidgetItem):
    def __init__(self, template: Template) -> None:
        super().__init__([template.name, one_line(template.notes)])
        self.template = template
        self.setToolTip(1, plain_tip(template.notes))


class _MoreItem(QTreeWidgetItem):
    pass


class TemplateTree(QObject):
    """Shows templates in ``tree``; ``chosen_changed`` comes when another is selected."""

    activated = Signal()
    chosen_changed = Signal()

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        self._found = Found("", (), (), ())
        self._limit = PAGE
        tree.setColumnWidth(0, 280)
        EmptyHint(tree, self.tr("No templates yet. “Save this event” stores the current event under a name."))
        tree.itemActivated.connect(self._on_activated)
        tree.currentItemChanged.connect(self.chosen_changed)

    def show_found(self, found: Found) -> None:
        """Show these templates; the one that is selected stays selected."""
        chosen, self._found = self.chosen(), found
        self._tree.clear()
        folders: dict[tuple[str, ...], QTreeWidgetItem] = {}
        for folder in found.folders[:PAGE]:
            self._folder_item(folder, folders)
        for template in found.templates[: self._limit]:
            item = _TemplateItem(template)
            self._add(self._folder_item(template.folder, folders), item)
            if chosen is not None and (template.name, template.folder) == (chosen.name, chosen.folder):
                self._tree.setCurrentItem(item)
        self._tree.expandAll()
        if (left := len(found.templates) - self._limit) > 0:
            self._tree.addTopLevelItem(_MoreItem([self.tr("%Ln more template(s)…", "", left)]))

    def _folder_item(
        self, folder: tuple[str, ...], known: dict[tuple[str, ...], QTreeWidgetItem]
    ) -> QTreeWidgetItem | None:
        if not folder:
            return None
        if folder not in known:
            item = QTreeWidgetItem([folder[-1]])
            self._add(self._folder_item(folder[:-1], known), item)
            known[folder] = item
        return known[folder]

    def _add(self, parent: QTreeWidgetItem | None, item: QTreeWidgetItem) -> None:
        if parent is None:
            self._tree.addTopLevelItem(item)
        else:
            parent.addChild(item)

    @Slot(QTreeWidgetItem)
    def _on_activated(self, item: QTreeWidgetItem) -> None:
        if isinstance(item, _MoreItem):
            self._limit += PAGE
            self.show_found(self._found)
        else:
            self.activated.emit()

    def chosen(self) -> Template | None:
        """Return the template that is selected."""
        item = self._tree.currentItem()
        return item.template if isinstance(item, _TemplateItem) else None

    def chosen_folder(self) -> tuple[str, ...]:
        """Return the folder that is selected, or that the selected template is in."""
        template = self.chosen()
        if template is not None:
            return template.folder
        names: list[str] = []
        item: QTreeWidgetItem | None = self._tree.currentItem()
        while item is not None:
            names.insert(0, item.text(0))
            item = item.parent()
        return tuple(names)
