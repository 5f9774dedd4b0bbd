"""Both languages are complete, compiled, and what the window shows."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit

from clacks_monitor import assets
from clacks_monitor.core.messages import Message
from clacks_monitor.gui.captures.recovery_dialog import RecoveryDialog
from clacks_monitor.gui.kit.translation import documentation, translated
from clacks_monitor.session.notices import JobResult
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.query import compile_query

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated_and_compiled(tool: ModuleType) -> None:
    """When this fails: run `make translations`, and translate what it names in resources/translations/*.ts."""
    assert tool.problems() == []


def test_translations_keep_placeholders_and_access_keys(tool: ModuleType) -> None:
    from xml.etree import ElementTree as ET

    wrong = []
    for message in ET.parse(tool.FOLDER / "clacks_monitor_de.ts").getroot().iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        for form in forms:
            marks = r"%\d|%L?n|\{\d*[^}]*\}"
            if sorted(re.findall(marks, source)) != sorted(re.findall(marks, form)):
                wrong.append((source, form))
            if ("&" in source.replace("&&", "")) != ("&" in form.replace("&&", "")):
                wrong.append((source, form))
    assert wrong == []


@pytest.mark.usefixtures("german")
def test_the_window_speaks_german(open_window: Callable[[FakeSession], MainWindow], session: FakeSession) -> None:
    session.connect_office()
    window = open_window(session)
    session.push(1500)
    window.bridge.deliver()
    window.refresh.refresh()
    shown = {label.text() for label in window.findChildren(QLabel)}
    shown |= {button.text() for button in window.findChildren(QAbstractButton)}
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert menus == ["Datei", "Bearbeiten", "Ansicht", "Filter", "Profile", "Verbindung", "Ereignis", "Hilfe"]
    assert {"Kein Ereignis ausgewählt", "Wie empfangen", "kein Filter", "Pause"} <= shown
    assert window.frame.status.counters["received"].accessibleDescription() == "1.500 empfangen"
    assert window.panes.model.headerData(2, window.panes.table.horizontalHeader().orientation()) == "Zusammenfassung"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("1 == 2", "Erwartet: ein Ausdruck, gefunden: „= 2“. Zum Vergleichen ein = schreiben."),
        ("f:x", "Das Präfix „f“ ist nicht deklariert."),
        ("lokal(1, 2)", "Unbekannte Funktion: lokal (2 Argumente)."),
        ("xs:integer('busy')", "„busy“ ist kein gültiger Wert für xs:integer."),
        ("xs:boolean('ja')", "„ja“ ist kein gültiger Wert für xs:boolean. Schreibweise: true oder false."),
        ("concat('a')", "Unbekannte Funktion: concat (1 Argument). Möglich: mindestens 2 Argumente."),
        ("x" * 500_000, "Die Abfrage hat mehr als 100.000 Zeichen."),
    ],
    ids=lambda text: text[:20],
)
def test_the_errors_of_queries_are_german(query: str, shown: str) -> None:
    try:
        reason = compile_query(query).matches(b"<Event/>").reason
    except QueryError as error:
        reason = error.reason
    assert translated(reason) == shown


@pytest.mark.usefixtures("german")
def test_the_documentation_of_the_schemas_is_german(tool: ModuleType) -> None:
    texts = tool.documentation()
    assert len(texts) > 90
    assert [text for text in texts if documentation(text) == text] == []
    assert documentation("Of a site's own schema.") == "Of a site's own schema."
    assert documentation("") == ""


def test_no_text_hides_from_the_translator_inside_an_f_string(tool: ModuleType) -> None:
    """The tool that collects the texts does not look into f-strings: what stands only there would stay English."""
    known = {source for _context, source in tool._texts(tool.FOLDER / "clacks_monitor_de.ts")}
    hidden = []
    for path in (ROOT / "clacks_monitor" / "gui").rglob("*.py"):
        texts = [
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.JoinedStr)
        ]
        for call in (part for text in texts for part in ast.walk(text) if isinstance(part, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            words = {word.value for word in call.args if isinstance(word, ast.Constant)}
            if name in {"tr", "translate"} and not words & known:
                hidden.append(f"{path.name}:{call.lineno}")
    assert hidden == []


@pytest.mark.usefixtures("german")
def test_what_packages_below_say_is_translated_where_it_is_shown(window: MainWindow, tmp_path: Path) -> None:
    notes = (Message("Only the summary was recovered. Events: {0:,}.", 739), "as it is")
    dialog = RecoveryDialog(JobResult((tmp_path / "a.capture",), 1, (), notes), window)
    listed = dialog.findChildren(QPlainTextEdit)[0].toPlainText().splitlines()
    assert listed == ["Nur die Zusammenfassung wurde wiederhergestellt. Ereignisse: 739.", "as it is"]


def test_numbers_in_texts_are_grouped() -> None:
    """`%Ln` writes 12,345 as the language does; `%n` would write 12345."""
    wrong = [
        path.name
        for path in (ROOT / "clacks_monitor" / "gui").rglob("*.py")
        if re.search(r"%n\b", path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_saving_has_one_word_in_german() -> None:
    text = assets.path("resources", "translations", "clacks_monitor_de.ts").read_text(encoding="utf-8")
    translated = re.findall(r"<(?:translation|numerusform)>(.*?)</", text)
    assert len(translated) > 1_000
    assert [words for words in translated if re.search(r"\b(ge)?sicher(n|t)\b", words, re.IGNORECASE)] == []
