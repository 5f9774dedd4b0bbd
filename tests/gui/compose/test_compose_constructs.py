"""Every construct of XML Schema as widgets: the fullest event of each of our own schemas opens and is edited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import ValidationIssue, ValueField
from clacks_monitor.gui.compose.form_view import FormView
from clacks_monitor.gui.compose.value_row import ValueRow
from tests.conformance.forms import load
from tests.helpers.compose_widgets import complete, shown
from tests.helpers.instances import maximal_instance

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

SCHEMAS = Path(__file__).parents[2] / "conformance" / "schemas"
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.mark.parametrize("name", sorted(path.stem for path in SCHEMAS.glob("*.xsd")))
def test_the_fullest_event_opens_and_is_edited(name: str, theme: Theme) -> None:
    schema = load(SCHEMAS / f"{name}.xsd", [SCHEMAS])
    assert not isinstance(schema, ValidationIssue)
    components = schema.components()
    assert not isinstance(components, ValidationIssue)
    qname = next(q for q in components.element_names() if (spec := components.element(q)) and not spec.abstract)
    form = maximal_instance(schema, qname)
    with shown(FormView(theme)) as view:
        view.set_form(form, all_problems=True)
        complete(view)
        view.show_problems({problem.path: problem.text for problem in form.problems()})
        rows = [row for row in view.context.rows() if isinstance(row, ValueRow)]
        assert [row.leaf.value for row in rows] == [row.editor.text() for row in rows]
        before = form.to_xml()
        row = next((row for row in rows if row.leaf.fixed is None), None)
        if row is not None:
            row.editor.edited.emit("{{uuid}}")
            assert b"{{uuid}}" in form.to_xml()
            form.edits.undo()
            assert row.editor.text() == row.leaf.value
        assert form.to_xml() == before
        last = [field for field in form.root.walk() if field.path][-1:]
        assert all(view.go_to(field.path) for field in last)
        assert all(isinstance(field, ValueField) is isinstance(view.context.row_of(field), ValueRow) for field in last)
        view.context.builder.remove_rest()
