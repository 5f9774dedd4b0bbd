"""Templates: events with a name and notes, in folders, to compose from.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QWidget,
)

from clacks_monitor.gui.compose.errands import Errands
from clacks_monitor.gui.compose.template_tree import PAGE, Found, TemplateTree
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.ui.ui_compose_templates import Ui_TemplatesPane
from clacks_monitor.gui.ui.ui_dialog_template import Ui_TemplateDialog
from clacks_monitor.session.sending.templates import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Thread

    from clacks_monitor.session.sending.composing import Composing

NAMED = 5
"""So many files that cannot be read are named."""


def after(action: Callable[[], str], composing: Composing) -> Found:
    """Do something to the templates, and return what there is then."""
    problem = action()
    templates, folders = composing.templates.all(), composing.templates.folders()
    return Found(problem, templates, folders, [(path.name, why) for path, why in composing.templates.broken().items()])


def _nothing() -> str:
    """Do nothing: only look."""
    return ""


class TemplateDialog(QDialog):
    """Asks for a template's name, folder and notes."""

    def __init__(self, template: Template, folders: Sequence[tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_TemplateDialog().setupUi(self)
        self._template = template
        self.name = child(self, QLineEdit, "name")
        self.folder = child(self, QComboBox, "folder")
        self.notes = child(self, QPlainTextEdit, "notes")
        buttons = child(self, QDialogButtonBox, "buttons")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._save = buttons.button(QDialogButtonBox.StandardButton.Save)
        self.name.textChanged.connect(self._show_whether)
        self.name.setText(template.name)
        self.folder.addItems(["", *("/".join(folder) for folder in folders)])
        self.folder.setEditText("/".join(template.folder))
        self.notes.setPlainText(template.notes)
        self.name.selectAll()

    def _show_whether(self, name: str) -> None:
        self._save.setEnabled(bool(name.strip()))

    def template(self) -> Template:
        """Return what was entered."""
        folder = tuple(part.strip() for part in self.folder.currentText().split("/") if part.strip())
        return replace(
            self._template, name=self.name.text().strip(), folder=folder, notes=self.notes.toPlainText().strip()
        )


class TemplatesPane(QWidget):
    """``wanted`` carries the event of a template to compose from."""

    wanted = Signal(bytes)

    def __init__(
        self, composing: Composing, current: Callable[[], tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """Take ``current`` as the way to ask for the name and the text of the event that is composed now."""
        super().__init__(parent)
        Ui_TemplatesPane().setupUi(self)
        self._composing = composing
        self._current = current
        self._errands = Errands("templates", self)
        self._folders: Sequence[tuple[str, ...]] = ()
        self.tree = child(self, QTreeWidget, "tree")
        self.message = child(self, PlainLabel, "message")
        self.templates = TemplateTree(self.tree)
        self.templates.activated.connect(self._open)
        self.templates.chosen_changed.connect(self._show_buttons)
        self._of_one: list[QPushButton] = []
        for name, slot, one in (
            ("openButton", self._open, True),
            ("saveButton", self.save_current, False),
            ("editButton", self._edit, True),
            ("replaceButton", self._replace, True),
            ("deleteButton", self._delete, True),
            ("undoButton", self._undo, False),
            ("importButton", self._import, False),
            ("exportButton", self._export, True),
        ):
            button = child(self, QPushButton, name)
            button.clicked.connect(slot)
            if one:
                self._of_one.append(button)
        child(self, QPushButton, "undoButton").setEnabled(False)
        self.reload()

    def reload(self) -> None:
        """Show the templates as they are on disk, when they have been read."""
        if not self._errands.busy:
            self._do(_nothing)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._errands.busy

    def stop(self) -> list[Thread]:
        """Take nothing more; return the thread as long as it is about: it ends when all that waits is done."""
        return self._errands.stop()

    def _do(self, action: Callable[[], str]) -> None:
        """Do something to the templates, and show them when it is done."""
        self._errands.do(partial(after, action, self._composing), self._done)

    def _done(self, found: object) -> None:
        if isinstance(found, Found):
            self._folders = found.folders[:PAGE]
            self.templates.show_found(found)
            broken = [f"{name}: {translated(why)}" for name, why in found.broken[:NAMED]]
            if (unnamed := len(found.broken) - NAMED) > 0:
                broken.append(self.tr("%Ln more file(s) cannot be read.", "", unnamed))
            self.message.setText(translated(found.problem) or "\n".join(broken))
            self._show_buttons()

    def _show_buttons(self) -> None:
        one = self.templates.chosen() is not None
        for button in self._of_one:
            button.setEnabled(one)

    def _open(self) -> None:
        template = self.templates.chosen()
        if template is not None:
            self.wanted.emit(template.xml.encode())

    def save_current(self) -> None:
        """Ask for a name and save the event that is composed now."""
        name, text = self._current()
        self._ask(Template(name, text, folder=self.templates.chosen_folder()), None)

    def _edit(self) -> None:
        template = self.templates.chosen()
        if template is not None:
            self._ask(template, template)

    def _ask(self, template: Template, replacing: Template | None) -> None:
        dialog = TemplateDialog(template, self._folders, self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._do(partial(self._composing.templates.save, dialog.template(), replacing=replacing))
        dialog.deleteLater()

    def _replace(self) -> None:
        template = self.templates.chosen()
        if template is not None:
            text = self._current()[1]
            self._do(partial(self._composing.templates.save, replace(template, xml=text), replacing=template))

    def _delete(self) -> None:
        template = self.templates.chosen()
        if template is not None:
            self._do(partial(self._composing.templates.delete, template))
            child(self, QPushButton, "undoButton").setEnabled(True)

    def _undo(self) -> None:
        self._do(self._composing.templates.undo_delete)

    def _import(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(
            self, self.tr("Import templates"), "", self.tr("Templates and events (*.json *.xml);;All files (*)")
        )
        folder = self.templates.chosen_folder()

        def take_over() -> str:
            problems = [translated(self._composing.templates.import_file(Path(name), folder)) for name in names]
            return "\n".join(filter(None, problems))

        if names:
            self._do(take_over)

    def _export(self) -> None:
        template = self.templates.chosen()
        if template is None:
            return
        name, _filter = QFileDialog.getSaveFileName(
            self,
            self.tr("Export template"),
            f"{template.name}.json",
            self.tr("Template with notes (*.json);;Plain XML (*.xml)"),
        )
        if name:
            self._do(partial(self._composing.templates.export, template, Path(name)))
