"""Puts the static layout of a Designer form (ui/*.ui) into a window or dialog that exists already.

Owner: the window being built. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtUiTools import QUiLoader
from typing_extensions import override

from clacks_monitor import assets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

T = TypeVar("T", bound=QObject)


class LayoutError(RuntimeError):
    """A Designer form that does not fit the program: the installation is damaged, or the form was changed alone."""


class _Loader(QUiLoader):
    """Builds into ``root`` instead of a new widget, and knows our own widgets by their class names."""

    def __init__(self, root: QWidget, makers: Mapping[str, Callable[[QWidget], QWidget]]) -> None:
        super().__init__()
        self._root = root
        self._makers = makers

    @override
    def createWidget(self, className: str, parent: QWidget | None = None, name: str = "") -> QWidget:
        if parent is None:
            return self._root
        if className in self._makers:
            widget = self._makers[className](parent)
            widget.setObjectName(name)
            return widget
        return super().createWidget(className, parent, name)


def load_layout(name: str, root: QWidget, **makers: Callable[[QWidget], QWidget]) -> None:
    """Fill ``root`` with the form ``ui/<name>.ui``; ``makers`` build what it has promoted, by class."""
    data = assets.path("ui", f"{name}.ui").read_bytes()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    loader = _Loader(root, makers)
    if loader.load(buffer) is None:
        raise LayoutError(f"ui/{name}.ui cannot be read: {loader.errorString()}")


def child(root: QObject, kind: type[T], name: str) -> T:
    """Return the object of that name below ``root``. Raises LayoutError when the form has no such object."""
    found = root.findChild(kind, name)
    if found is None:
        raise LayoutError(f"the form of {type(root).__name__} has no {kind.__name__} named {name}")
    return found
