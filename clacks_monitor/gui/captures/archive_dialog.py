"""Asks for an archive, by its URL or field by field, and opens it. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core.archive_url import ArchiveUrl, parse_archive_url
from clacks_monitor.core.storage_errors import (
    StorageError,
    StoreRefusedError,
    StoreUnreachableError,
    StoreUntrustedError,
)
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.notes import Note, Tone

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.gui.kit.latest_task import Wanted
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.captures.archive_opening import ArchiveOpening

_WIDTH = 560
_EXAMPLE = "postgresql://anna@db.example/events"
translate = QCoreApplication.translate


def _tls_texts() -> dict[str, str]:
    return {
        "": translate("ArchiveDialog", "Automatic: verified, unless the server is this computer"),
        "verify-full": translate("ArchiveDialog", "Certificate and host name are verified"),
        "verify-ca": translate("ArchiveDialog", "Certificate is verified, host name is not"),
        "require": translate("ArchiveDialog", "Encrypted, nothing is verified"),
        "disable": translate("ArchiveDialog", "No TLS"),
    }


class ArchiveDialog(QDialog):
    """``opened`` carries the path under which the archive is offered; the dialog is closed then."""

    opened = Signal(object)

    def __init__(
        self, archives: ArchiveOpening, recent: list[str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._archives = archives
        self._parts = ArchiveUrl()
        self._filling = False
        self._task = LatestTask("open archive", self)
        self._task.done.connect(self._opened)
        self.setWindowTitle(self.tr("Open archive"))
        self.setMinimumWidth(_WIDTH)
        self.url = QComboBox(self)
        self.url.setEditable(True)
        self.url.addItems(recent)
        self.host, self.port, self.database = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.user, self.ca_file, self.password = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.tls, self.remember = QComboBox(self), QCheckBox(self.tr("&Save it in the system keyring"), self)
        self.problems = {name: Note(theme, Tone.BAD, self) for name in ("url", "host", "user", "tls")}
        self.state = Note(theme, Tone.WAITING, self)
        self.buttons = QDialogButtonBox(self)
        self.open_button = self.buttons.addButton(self.tr("&Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._set_up()
        self.url.setCurrentText(recent[0] if recent else "")
        self._read_url(self.url.currentText())
        self.url.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        browse = QPushButton(self.tr("&Browse…"), self)
        browse.clicked.connect(self._browse)
        self._add(form, self.tr("&Archive:"), self.url, self.url, problem="url")
        self._add(form, self.tr("&Host:"), self.host, self.host, self._label(self.tr("Po&rt:"), self.port), self.port)
        self._add(form, self.tr("&Database:"), self.database, self.database, problem="host")
        self._add(form, self.tr("&User:"), self.user, self.user)
        self._add(form, self.tr("&Password:"), self.password, self.password)
        self._add(form, "", None, self.remember, problem="user")
        self._add(form, self.tr("&TLS:"), self.tls, self.tls)
        self._add(form, self.tr("&CA certificates:"), self.ca_file, self.ca_file, browse, problem="tls")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self.state)
        column.addStretch(1)
        column.addWidget(self.buttons)

    def _label(self, text: str, buddy: QWidget) -> PlainLabel:
        label = PlainLabel(self, text)
        label.setBuddy(buddy)
        return label

    def _add(self, form: QFormLayout, text: str, buddy: QWidget | None, *fields: QWidget, problem: str = "") -> None:
        """Add a row of fields, and below it the place of what is wrong with it."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for field in fields:
            row.addWidget(field, 0 if isinstance(field, QPushButton | PlainLabel) or field is self.port else 1)
        if buddy is None:
            form.addRow("", row)
        else:
            form.addRow(self._label(text, buddy), row)
        if problem:
            self.problems[problem].setVisible(False)
            form.addRow("", self.problems[problem])

    def _set_up(self) -> None:
        for mode, text in _tls_texts().items():
            self.tls.addItem(text, mode)
        line = self.url.lineEdit()
        if line is not None:
            line.setPlaceholderText(_EXAMPLE)
        self.url.setAccessibleName(self.tr("URL of the archive"))
        self.port.setMaximumWidth(80)
        self.port.setPlaceholderText("5432")
        self.ca_file.setPlaceholderText(self.tr("CA certificates: system default"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("from .pgpass, a service file or the keyring if empty"))
        self.state.setVisible(False)
        self.url.editTextChanged.connect(self._read_url)
        for field in (self.host, self.port, self.database, self.user, self.ca_file):
            field.textEdited.connect(self._write_url)
        self.tls.activated.connect(self._write_url)
        self.password.textChanged.connect(self._show_keyring)
        self.buttons.accepted.connect(self._open)
        self.buttons.rejected.connect(self.reject)
        self._show_keyring()

    @Slot()
    def _show_keyring(self) -> None:
        self.remember.setEnabled(bool(self.password.text()))

    # -- the URL and its parts -------------------------------------------------------------------------------------

    @Slot(str)
    def _read_url(self, text: str) -> None:
        """Show the parts of the URL in their fields."""
        self._show_problem("", "")
        found = parse_archive_url(text.strip())
        self.open_button.setEnabled(bool(text.strip()))
        if found is None or self._filling:
            return
        self._parts = found
        for field, value in (
            (self.host, found.host),
            (self.port, found.port),
            (self.database, found.database),
            (self.user, found.user),
            (self.ca_file, found.ca_file),
        ):
            field.setText(value)
        if found.tls and self.tls.findData(found.tls) < 0:
            self.tls.addItem(found.tls, found.tls)
        self.tls.setCurrentIndex(self.tls.findData(found.tls))

    @Slot()
    def _write_url(self) -> None:
        """Make the URL of what stands in the fields."""
        self._parts = replace(
            self._parts,
            host=self.host.text().strip(),
            port=self.port.text().strip(),
            database=self.database.text().strip(),
            user=self.user.text().strip(),
            tls=str(self.tls.currentData() or ""),
            ca_file=self.ca_file.text().strip(),
        )
        self._filling = True
        self.url.setEditText(str(self._parts))
        self._filling = False

    @Slot()
    def _browse(self) -> None:
        kind = self.tr("Certificates (*.pem *.crt *.cer);;All files (*)")
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("CA certificates"), self.ca_file.text(), kind)
        if path:
            self.ca_file.setText(path)
            self._write_url()

    # -- opening ---------------------------------------------------------------------------------------------------

    @Slot()
    def _open(self) -> None:
        """Open the archive on a thread; the dialog stays, and says why not."""
        self._show_problem("", "")
        url, password, remember = self.url.currentText().strip(), self.password.text(), self.remember.isChecked()
        self.open_button.setEnabled(False)
        self.state.set_text(self.tr("Connecting…"))
        self.state.setVisible(True)
        self._task.ask(partial(self._try, self._archives, url, password, remember))

    @staticmethod
    def _try(archives: ArchiveOpening, url: str, password: str, remember: bool, wanted: Wanted) -> Path | StorageError:
        """Open it, not on the window's thread; one that is not wanted any more by then is closed again."""
        try:
            path = archives.offer(url, password, remember=remember)
        except StorageError as error:
            return error
        try:
            wanted()
        except BaseException:
            archives.refuse(path)
            raise
        return path

    @Slot(object)
    def _opened(self, found: Path | StorageError) -> None:
        self.state.setVisible(False)
        self.open_button.setEnabled(True)
        if isinstance(found, StorageError):
            self._show_problem(_place_of(found), str(found))
        else:
            self.accept()
            self.opened.emit(found)

    def _show_problem(self, place: str, text: str) -> None:
        """Show what is wrong beside its field, and nothing elsewhere."""
        for name, note in self.problems.items():
            note.set_text(text if name == place else "")
            note.setVisible(name == place)
        fields: dict[str, QWidget] = {"url": self.url, "host": self.host, "user": self.password, "tls": self.tls}
        if place:
            fields[place].setFocus()

    @override
    def done(self, result: int) -> None:
        self._task.give_up()
        super().done(result)


def _place_of(error: StorageError) -> str:
    """Return the field that an error is about."""
    if isinstance(error, StoreUntrustedError):
        return "tls"
    if isinstance(error, StoreRefusedError):
        return "user"
    return "host" if isinstance(error, StoreUnreachableError) else "url"
