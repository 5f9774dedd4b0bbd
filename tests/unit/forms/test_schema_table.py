"""The table of schemas: what waits for an entry goes on when it is read, or when no more are read."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms.schema_table import SchemaEntry, SchemaTable
from tests.helpers.event_schemas import own, schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def read(table: SchemaTable, path: Path) -> None:
    path.write_text(schema(path.stem))
    table.publish({path.stem: own(path.parent)._loader.load_own(path)})


@pytest.mark.parametrize("end", [lambda table, _path: table.close(), read])
def test_waiting_ends_with_the_entry_or_with_the_table(
    tmp_path: Path, end: Callable[[SchemaTable, Path], None]
) -> None:
    table, path = SchemaTable(), tmp_path / "A.xsd"
    table.publish({"A": SchemaEntry.unread(path)})
    waiting = threading.Thread(target=table.wait_for, args=("A", 60.0))
    waiting.start()
    end(table, path)
    waiting.join()
    table.wait_for("A", 60.0)
    table.wait_for("Unheard", 60.0)


def test_an_entry_is_outdated_by_its_files_and_where_something_may_have_been_lacking(tmp_path: Path) -> None:
    path, other = tmp_path / "A.xsd", tmp_path / "B.xsd"
    path.write_text(schema("A"))
    good = own(tmp_path)._loader.load_own(path)
    assert good.own
    assert not good.outdated(path, good.sources.stamps, arrived=True)
    assert good.outdated(other, good.sources.stamps, arrived=False)
    assert good.outdated(path, {path: (1, 2, 3)}, arrived=False)
    path.write_text("<")
    broken = own(tmp_path)._loader.load_own(path)
    assert not broken.own
    assert not broken.outdated(path, broken.sources.stamps, arrived=False)
    assert broken.outdated(path, broken.sources.stamps, arrived=True)
