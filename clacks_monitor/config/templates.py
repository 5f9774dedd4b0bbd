"""The sender's templates: plain files in folders, with a name and notes. Any thread, under a lock.

A template is a JSON file of this program; an XML file in the folder is a template too, named after the file. Names are
never used as paths; the name of a file is derived from that of its template.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clacks_monitor.config.folder_lock import FolderLock
from clacks_monitor.config.merging import merged
from clacks_monitor.config.trash import Trash
from clacks_monitor.core.event import NO_PROPERTIES, Properties
from clacks_monitor.core.files import (
    MAX_NAME,
    BrokenFile,
    Fields,
    Schema,
    free_name,
    read_bytes,
    read_document,
    write_atomically,
    write_document,
    write_named,
)
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = Schema("clacks-monitor template", 1, {})
MAX_DEPTH = 8
MAX_FILES = 20_000
MAX_XML = 4_000_000
MAX_IN_ALL = 64_000_000
"""Characters of all templates together: those beyond are not read, and listed as broken."""


class TemplateError(StorageError):
    """A template or folder does not exist, or its name is not valid."""


@dataclass(frozen=True, slots=True)
class Template:
    """An event to send again and again.

    ``xml`` may hold placeholders; ``properties`` are the message's application properties; ``folder`` is the path of
    folder names from the top, () for the top itself.
    """

    name: str
    xml: str
    notes: str = ""
    subject: str = ""
    properties: Properties = field(default_factory=lambda: NO_PROPERTIES)
    folder: tuple[str, ...] = ()


class TemplateStore:
    """The templates below a folder. Each change is on disk when the method returns; each raises StorageError."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._trash = Trash(root)
        self._lock = FolderLock(root)
        self._one = threading.RLock()
        self._paths: dict[tuple[tuple[str, ...], str], Path] = {}
        self._found: list[Template] = []
        self._folders: list[tuple[str, ...]] = []
        self._broken: tuple[BrokenFile, ...] | None = None

    def reload(self) -> None:
        """Read everything again."""
        with self._one:
            self._read_all()

    def _known(self) -> threading.RLock:
        """Return the lock, after reading the files at the first call: there may be many."""
        with self._one:
            if self._broken is None:
                self.reload()
        return self._one

    @property
    def broken(self) -> tuple[BrokenFile, ...]:
        """The files that cannot be read."""
        with self._known():
            return self._broken or ()

    def _read_all(self) -> None:
        self._paths, self._found, self._folders = {}, [], []
        broken: list[BrokenFile] = []
        names: dict[tuple[str, ...], set[str]] = {}
        characters_left = MAX_IN_ALL
        for path in self._files(self._root, 0):
            try:
                template = _read(path, path.parent.relative_to(self._root).parts)
            except StorageError as error:
                broken.append(BrokenFile(path, str(error)))
                continue
            characters_left -= len(template.xml) + len(template.notes)
            if characters_left < 0:
                broken.append(BrokenFile(path, Message("templates exceed {0:,} characters in total", MAX_IN_ALL)))
                continue
            siblings = names.setdefault(template.folder, set())
            if template.name.casefold() in siblings:
                template = replace(template, name=free_name(template.name, siblings))
            siblings.add(template.name.casefold())
            self._paths[template.folder, template.name] = path
            self._found.append(template)
        self._broken = tuple(broken)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """Lock the folder against other monitors, and read it before and after the change."""
        with self._one, self._lock:
            self.reload()
            try:
                yield
            finally:
                self.reload()

    def _files(self, folder: Path, depth: int) -> Iterator[Path]:
        try:
            entries = sorted(folder.iterdir())[:MAX_FILES]
        except OSError:
            return
        for path in entries:
            if path.name.startswith("."):
                continue
            if path.is_dir() and not path.is_symlink() and depth < MAX_DEPTH:
                self._folders.append(path.relative_to(self._root).parts)
                yield from self._files(path, depth + 1)
            elif path.suffix in {".json", ".xml"}:
                yield path

    def all(self) -> list[Template]:
        """Return all templates, by folder and name."""
        with self._known():
            return sorted(self._found, key=lambda t: (t.folder, t.name.casefold()))

    def folders(self) -> list[tuple[str, ...]]:
        """Return all folders, empty ones too."""
        with self._known():
            return sorted(self._folders)

    def save(self, template: Template, *, replacing: Template | None = None) -> Template:
        """Store a template, in place of ``replacing`` where that is given; a taken name gets a number.

        Changes that another monitor made to the replaced one are kept, except in fields that are changed here too.
        """
        self._folder_path(template.folder)
        with self._changing():
            if replacing is None:
                return self._store(template, None)
            old = self._path(replacing)
            theirs = replace(_read(old, replacing.folder), name=replacing.name)
            return self._store(merged(replacing, template, theirs), old)

    def _store(self, template: Template, old: Path | None) -> Template:
        folder = self._folder_path(template.folder)
        taken = [t.name for t in self._found if t.folder == template.folder and self._paths[t.folder, t.name] != old]
        name = free_name(Fields({"name": template.name}, "template").name(), taken)
        template = replace(template, name=name)
        write_named(folder, name, SCHEMA, _values(template), replacing=old)
        return template

    def move(self, template: Template, folder: tuple[str, ...]) -> Template:
        """Put a template into another folder."""
        return self.save(replace(template, folder=folder), replacing=template)

    def delete(self, template: Template) -> None:
        """Move a template to the trash, from where undo_delete() brings the last one back."""
        with self._changing():
            path = self._path(template)
            values = {**_values(template), "folder": list(template.folder)}
            write_document(self._trash.new_path(), SCHEMA, values)
            path.unlink(missing_ok=True)

    def undo_delete(self) -> Template:
        """Bring back the template deleted last. Raises TemplateError when there is none."""
        with self._changing():
            for path in self._trash.files():
                with contextlib.suppress(StorageError):
                    fields = read_document(path, SCHEMA)
                    back = self._store(_from(fields, fields.texts("folder", limit=MAX_DEPTH, length=MAX_NAME)), None)
                    path.unlink(missing_ok=True)
                    return back
        raise TemplateError(Message("No deleted template to restore."))

    def import_file(self, path: Path, folder: tuple[str, ...] = ()) -> Template:
        """Add the template of a file from elsewhere (ours, or plain XML). Raises StorageError saying why not."""
        return self.save(_read(path, folder))

    def export(self, template: Template, path: Path) -> None:
        """Write a template for others: as plain XML when ``path`` ends in .xml, else complete."""
        if path.suffix == ".xml":
            write_atomically(path, template.xml.encode())
        else:
            write_document(path, SCHEMA, _values(template))

    def _path(self, template: Template) -> Path:
        try:
            return self._paths[template.folder, template.name]
        except KeyError:
            raise TemplateError(Message("Template “{0}” not found.", template.name)) from None

    def _folder_path(self, folder: tuple[str, ...]) -> Path:
        for name in folder:
            if (
                not name.strip()
                or name.startswith(".")
                or "/" in name
                or not name.isprintable()
                or len(name) > MAX_NAME
            ):
                raise TemplateError(Message("“{0}” is not a valid folder name.", name))
        if len(folder) > MAX_DEPTH:
            raise TemplateError(Message("Folders can be nested at most {0} levels deep.", MAX_DEPTH))
        return self._root.joinpath(*folder)


def _read(path: Path, folder: tuple[str, ...]) -> Template:
    if path.suffix != ".xml":
        return _from(read_document(path, SCHEMA), folder)
    try:
        text = read_bytes(path, MAX_XML).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(Message("{0} is not UTF-8 text (byte {1}).", path, error.start)) from None
    return Template(path.stem, text, folder=folder)


def _from(fields: Fields, folder: tuple[str, ...]) -> Template:
    properties = fields.mapping("properties")
    if not all(isinstance(value, str | int | float) for value in properties.values()):
        raise fields.error("properties", "an object of texts, numbers, true and false")
    return Template(
        name=fields.name(),
        xml=fields.text("xml", limit=MAX_XML),
        notes=fields.text("notes", ""),
        subject=fields.text("subject", "", limit=1000),
        properties=properties,
        folder=folder,
    )


def _values(template: Template) -> dict[str, object]:
    return {
        "name": template.name,
        "notes": template.notes,
        "subject": template.subject,
        "properties": dict(template.properties),
        "xml": template.xml,
    }
