"""The modules that Designer's forms are compiled to: they are committed, so they must be what the forms say now."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tools import designer_forms

if TYPE_CHECKING:
    from pathlib import Path

FORMS = sorted(designer_forms.FORMS.glob("*.ui"))


def _form(content: str, folder: Path) -> Path:
    path = folder / "odd.ui"
    path.write_text(f'<ui version="4.0"><class>Odd</class>{content}</ui>', "utf-8")
    return path


def test_the_modules_are_what_the_forms_compile_to() -> None:
    assert designer_forms.stale() == []


def test_a_module_that_was_edited_or_has_no_form_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(designer_forms, "MODULES", tmp_path / "ui")
    designer_forms.write()
    assert designer_forms.stale() == []
    edited, extra = tmp_path / "ui" / "ui_main_window.py", tmp_path / "ui" / "gone.py"
    edited.write_text(edited.read_text("utf-8") + "# edited\n", "utf-8")
    extra.write_text("", "utf-8")
    assert designer_forms.stale() == [extra, edited]
    designer_forms.write()
    assert designer_forms.stale() == []
    assert not extra.exists()


def test_only_the_classes_that_are_used_are_imported(tmp_path: Path) -> None:
    title = '<property name="windowTitle"><string>Odd</string></property>'
    text = designer_forms.compiled(_form(f'<widget class="QDialog" name="Odd">{title}</widget>', tmp_path))
    assert "from PySide6.QtCore import (\n    QCoreApplication,\n)\n" in text
    assert "QtGui" not in text
    assert "QtWidgets" not in text


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.stem))
def test_labels_show_plain_text(form: Path) -> None:
    widgets = ET.parse(form).getroot().iter("widget")
    assert [widget.get("name") for widget in widgets if widget.get("class") == "QLabel"] == []


def test_a_form_that_is_not_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        designer_forms.compiled(_form('<widget class="QDialog"', tmp_path))
