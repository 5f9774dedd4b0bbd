"""An open form whose schema is changed, broken or removed: a line says so, and offers to read it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.gui.compose.window import ComposeWindow
from tests.helpers.compose_schemas import KINDS, session_with_schemas
from tests.helpers.compose_widgets import leaf_row, shown, type_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MORE = KINDS.replace('name="Message" type', 'name="Added" type="xs:string"/> <xs:element name="Message" type')


@pytest.fixture
def window(tmp_path: Path, theme: Theme) -> Iterator[ComposeWindow]:
    session = session_with_schemas(tmp_path)
    with shown(ComposeWindow(session, theme)) as made:
        yield made
    session.close()


@pytest.fixture
def write(window: ComposeWindow, tmp_path: Path) -> Callable[[str | None], None]:
    """Write the schema of Kinds, None removes it, as another program does while the form is open."""

    def save(text: str | None) -> None:
        path = tmp_path / "schemas" / "Kinds.xsd"
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
        window.composing.catalogue.refresh()
        window.refresh_types()

    return save


def _compose(window: ComposeWindow, qtbot: QtBot) -> None:
    window.compose_new("Kinds")
    qtbot.waitUntil(lambda: window.draft.form is not None)


def test_nothing_is_said_of_a_schema_that_is_as_it_was(
    window: ComposeWindow, write: Callable[[str | None], None], qtbot: QtBot
) -> None:
    _compose(window, qtbot)
    assert not window.schema_banner.isVisible()
    window.composing.catalogue.refresh()
    window.refresh_types()
    assert not window.schema_banner.isVisible()
    write(KINDS.replace("Colour", "Paint"))
    window.compose_new("Shapes")
    qtbot.waitUntil(lambda: window.draft.type_name == "Shapes")
    assert not window.schema_banner.isVisible()


def test_a_schema_that_breaks_is_named_and_the_form_stays(
    window: ComposeWindow, write: Callable[[str | None], None], qtbot: QtBot
) -> None:
    _compose(window, qtbot)
    write(KINDS.replace("xs:byte", "xs:bite"))
    banner = window.schema_banner
    assert banner.isVisible()
    assert banner.note.text().startswith("Kinds.xsd: line 4")
    assert banner.note.text().endswith("The form is as it was before.")
    assert not banner.button.isVisible()
    write(KINDS)
    assert banner.note.text() == "The schema of Kinds has changed."


def test_a_changed_schema_is_read_again_and_what_was_typed_stays(
    window: ComposeWindow, write: Callable[[str | None], None], qtbot: QtBot
) -> None:
    _compose(window, qtbot)
    type_into(window, "Message", "hello")
    write(MORE)
    assert window.schema_banner.note.text() == "The schema of Kinds has changed."
    window.schema_banner.button.click()
    qtbot.waitUntil(lambda: not window.schema_banner.isVisible() and window.draft.form is not None)
    assert leaf_row(window, "Message").editor.text() == "hello"
    assert window.draft.changes.unsent
    assert len(window.drafts.all()) == 1
    assert window.draft.form is not None
    assert window.draft.form.find("Added") is not None


def test_a_schema_that_goes_is_named(window: ComposeWindow, write: Callable[[str | None], None], qtbot: QtBot) -> None:
    _compose(window, qtbot)
    write(None)
    assert window.schema_banner.note.text() == "No schema defines Kinds any longer. The form is as it was."


def test_an_event_of_a_broken_schema_gets_its_form_when_the_schema_is_whole(
    window: ComposeWindow, write: Callable[[str | None], None], qtbot: QtBot
) -> None:
    _compose(window, qtbot)
    body = window.draft.body
    write(KINDS.replace("xs:byte", "xs:bite"))
    window.compose_from(body)
    qtbot.waitUntil(lambda: window.draft.form is None and window.draft.type_name == "Kinds")
    assert window.schema_banner.note.text().startswith("Kinds.xsd: line 4")
    write(KINDS)
    assert window.schema_banner.note.text() == "The schema of Kinds can be used now."
    window.schema_banner.button.click()
    qtbot.waitUntil(lambda: window.draft.form is not None)
    assert not window.schema_banner.isVisible()
