"""An editor for bytes, in hexadecimal or base64: as text, or taken from a file.

Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from clacks_monitor.forms import Kind
from clacks_monitor.gui.compose.editors.plain import MultilineEditor
from clacks_monitor.gui.kit.labels import PlainLabel

MAX_BYTES = 4 * 1024 * 1024
"""A larger file is no event: brokers and receivers refuse it."""


def encode(data: bytes, kind: Kind) -> str:
    """Write bytes as the kind wants them."""
    return data.hex().upper() if kind is Kind.HEX else base64.b64encode(data).decode("ascii")


def decode(text: str, kind: Kind) -> bytes | None:
    """Read bytes; None when the text is none."""
    plain = "".join(text.split())
    try:
        return bytes.fromhex(plain) if kind is Kind.HEX else base64.b64decode(plain, validate=True)
    except (ValueError, binascii.Error):
        return None


class BinaryEditor(MultilineEditor):
    """Edits bytes."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent, code=True)
        self._kind = kind
        self.area.setLineWrapMode(self.area.LineWrapMode.WidgetWidth)
        self.load_button = QPushButton(self.tr("From file…"), self)
        self.save_button = QPushButton(self.tr("Save to file…"), self)
        self.size_label = PlainLabel(self)
        row = QHBoxLayout()
        row.addWidget(self.load_button)
        row.addWidget(self.save_button)
        row.addWidget(self.size_label)
        row.addStretch()
        self.column.addLayout(row)
        self.load_button.clicked.connect(self._ask_load)
        self.save_button.clicked.connect(self._ask_save)
        self.area.textChanged.connect(self._count)
        self._count()

    @override
    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._count()

    def _count(self) -> None:
        data = decode(self.text(), self._kind)
        self.size_label.setText("" if data is None else self.tr("%Ln byte(s)", "", len(data)))
        self.save_button.setEnabled(bool(data))

    def _ask_load(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(self, self.tr("Load bytes from a file"))
        if name:
            self.load(Path(name))

    def load(self, path: Path) -> None:
        """Take over the bytes of a file; what is wrong with it is said beside the buttons."""
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            self.size_label.setText(self.tr("The file cannot be read: {0}").format(error.strerror))
            return
        if len(data) > MAX_BYTES:
            self.size_label.setText(self.tr("The file is larger than 4 MB"))
            return
        self.change(encode(data, self._kind))

    def _ask_save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(self, self.tr("Save the bytes to a file"))
        data = decode(self.text(), self._kind)
        if name and data is not None:
            try:
                Path(name).write_bytes(data)
            except OSError as error:
                self.size_label.setText(self.tr("The file cannot be written: {0}").format(error.strerror))
