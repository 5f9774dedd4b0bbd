"""The schema that a new event type begins with: it can be used as it is, and replaces nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import Catalogue
from clacks_monitor.forms.opening import new_form
from clacks_monitor.session.receiving.new_schema import begin_schema, why_not_a_type

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["DoorOpened", "Tür", "a", "Door-Opened.2", "x" * 80])
def test_the_schema_can_be_used_as_it_is(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "schemas"
    assert why_not_a_type(name, known=False) == ""
    assert begin_schema(folder, name) == folder / f"{name}.xsd"
    catalogue = Catalogue([folder], own=[folder])
    kind = catalogue.get(name)
    assert kind is not None
    assert kind.problem is None
    assert [field.label for field in new_form(catalogue, name).root.walk()][:1] == [name]
    assert catalogue.key_fields(name) == ("Id", "Count")
    catalogue.close()


@pytest.mark.parametrize("name", ["", "1st", "a b", "a/b", "../a", "a:b", "-a", ".a", "<a>", "x" * 81, "a\n"])
def test_a_name_that_no_element_can_have_is_refused(name: str) -> None:
    assert why_not_a_type(name, known=False).startswith(f"{name}: not the name of an XML element.")


def test_a_name_that_is_taken_is_refused() -> None:
    assert why_not_a_type("PhoneStatus", known=True) == "PhoneStatus is already an event type."


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "DoorOpened.xsd").write_text("mine")
    with pytest.raises(FileExistsError):
        begin_schema(tmp_path, "DoorOpened")
    assert (tmp_path / "DoorOpened.xsd").read_text() == "mine"
