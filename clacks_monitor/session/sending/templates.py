"""Templates of events: files in folders, changed by any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.config import Template
from clacks_monitor.core.messages import reason
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from clacks_monitor.config import TemplateStore

__all__ = ["Template", "Templates"]


class Templates:
    """The user's templates. Methods that can fail return why not, "" when done."""

    def __init__(self, store: TemplateStore) -> None:
        self._store = store

    def all(self) -> list[Template]:
        """Return the templates by folder and name, as they are on disk now."""
        self._store.reload()
        return self._store.all()

    def folders(self) -> list[tuple[str, ...]]:
        """Return the folders, empty ones too."""
        return self._store.folders()

    def broken(self) -> Mapping[Path, str]:
        """Return the files that cannot be read, and why."""
        return {broken.path: broken.reason for broken in self._store.broken}

    def save(self, template: Template, *, replacing: Template | None = None) -> str:
        """Store a template, in the place of another if one is given."""
        return _tried(lambda: self._store.save(template, replacing=replacing))

    def delete(self, template: Template) -> str:
        """Put a template into the trash."""
        return _tried(lambda: self._store.delete(template))

    def undo_delete(self) -> str:
        """Restore the template that was deleted last."""
        return _tried(self._store.undo_delete)

    def import_file(self, path: Path, folder: tuple[str, ...] = ()) -> str:
        """Add a template from its file, or an XML file as a template."""
        return _tried(lambda: self._store.import_file(path, folder))

    def export(self, template: Template, path: Path) -> str:
        """Write a template to a file for others."""
        return _tried(lambda: self._store.export(template, path))


def _tried(action: Callable[[], object]) -> str:
    try:
        action()
    except StorageError as error:
        return reason(error)
    return ""
