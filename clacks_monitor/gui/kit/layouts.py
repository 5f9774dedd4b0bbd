"""Puts the static layout of a Designer form (ui/*.ui) into a window or dialog that exists already.

What Qt's own loader does at run time, without its price: that one loads every Designer plugin of the machine first,
which takes longer than opening the window. A form that holds something unknown here is refused, and a test reads all
of them. Texts are translated in the context of the form's class, as lupdate files them.
Owner: the window being built. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6 import QtWidgets
from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, QXmlStreamReader
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QLabel, QMenu, QSizePolicy, QSpacerItem, QSplitter, QStackedWidget, QWidget

from clacks_monitor import assets
from clacks_monitor.gui.kit.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QLayout, QTreeWidget

T = TypeVar("T", bound=QObject)
_MARGINS = ("leftMargin", "topMargin", "rightMargin", "bottomMargin")
_IGNORED = frozenset({"customwidgets", "resources", "connections"})


class LayoutError(RuntimeError):
    """A Designer form that does not fit the program: the installation is damaged, or the form was changed alone."""


class _Element:
    """One element of a form: its name, attributes, text, and the elements in it."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[_Element] = []
        self.text = ""

    def named(self, name: str) -> list[_Element]:
        return [child for child in self.children if child.name == name]

    def number(self, name: str, default: int = 0) -> int:
        return int(self.attributes.get(name, default))

    def first_text(self, name: str) -> str:
        return next((child.text for child in self.children if child.name == name), "")


def _parse(text: str, name: str) -> _Element:
    reader = QXmlStreamReader(text)
    open_ones = [_Element("", {})]
    while not reader.atEnd():
        reader.readNext()
        if reader.isStartElement():
            given = reader.attributes()
            pairs = [given.at(index) for index in range(given.size())]
            attributes = {str(pair.name()): str(pair.value()) for pair in pairs}
            element = _Element(str(reader.name()), attributes)
            open_ones[-1].children.append(element)
            open_ones.append(element)
        elif reader.isEndElement():
            open_ones.pop()
        elif reader.isCharacters():
            open_ones[-1].text += str(reader.text())
    if reader.hasError():
        raise LayoutError(f"ui/{name}.ui cannot be read: {reader.errorString()} (line {reader.lineNumber()})")
    return open_ones[0].children[0]


class _Builder:
    """Builds one form; what a name refers to forward (buddies, actions) is joined at the end."""

    def __init__(self, form: _Element, makers: Mapping[str, Callable[[QWidget], QWidget]]) -> None:
        self._context = form.first_text("class")
        self._makers = makers
        self._named: dict[str, QObject] = {}
        self._buddies: list[tuple[QLabel, str]] = []
        self._actions: list[tuple[QWidget, list[str]]] = []

    def build(self, element: _Element, root: QWidget) -> None:
        """Fill ``root`` with the outermost widget's content."""
        self._fill(element, root)
        for label, name in self._buddies:
            buddy = self._named[name]
            if isinstance(buddy, QWidget):
                label.setBuddy(buddy)
        for widget, names in self._actions:
            for name in names:
                self._add_action(widget, self._named.get(name))

    @staticmethod
    def _add_action(widget: QWidget, found: QObject | None) -> None:
        if isinstance(found, QMenu):
            widget.addAction(found.menuAction())
        elif isinstance(found, QAction):
            widget.addAction(found)
        elif isinstance(widget, QMenu):
            widget.addSeparator()

    # -- widgets -------------------------------------------------------------------------------------------------

    def _widget(self, element: _Element, parent: QWidget) -> QWidget:
        kind, name = element.attributes["class"], element.attributes["name"]
        maker = self._makers.get(kind) or (None if kind == "QLabel" else getattr(QtWidgets, kind, None))
        if maker is None:
            raise LayoutError(f"{self._context}: nothing makes the {kind} named {name}")
        widget: QWidget = maker(parent)
        widget.setObjectName(name)
        self._named[name] = widget
        self._fill(element, widget)
        return widget

    def _fill(self, element: _Element, widget: QWidget) -> None:
        for child in element.children:
            if child.name == "property":
                self._set(widget, child)
            elif child.name == "layout":
                self._layout(child, widget, None)
            elif child.name == "widget":
                self._place(element.attributes["class"], widget, self._widget(child, widget), child)
            elif child.name == "action":
                self._action(child, widget)
            elif child.name not in {"addaction", "attribute", "column"}:
                raise LayoutError(f"{self._context}: <{child.name}> in a widget is not known")
        columns = element.named("column")
        if columns:
            labels = [str(self._value(column.children[0].children[0])) for column in columns]
            cast("QTreeWidget", widget).setHeaderLabels(labels)
        names = [child.attributes["name"] for child in element.named("addaction")]
        if names:
            self._actions.append((widget, names))

    def _action(self, element: _Element, owner: QWidget) -> None:
        action = QAction(owner)
        action.setObjectName(element.attributes["name"])
        self._named[element.attributes["name"]] = action
        for child in element.children:
            self._set(action, child)

    def _place(self, kind: str, parent: Any, child: QWidget, element: _Element) -> None:  # noqa: ANN401 - each kind of parent adds its own way
        """Put a widget where its parent, of that class, has a place for it."""
        about = {a.attributes["name"]: self._value(a.children[0]) for a in element.named("attribute")}
        inner = element.attributes["class"]
        if kind == "QMainWindow" and inner == "QDockWidget":
            parent.addDockWidget(Qt.DockWidgetArea(int(about["dockWidgetArea"])), child)
        elif kind == "QMainWindow" and inner == "QMenuBar":
            parent.setMenuBar(child)
        elif kind == "QMainWindow":
            parent.setCentralWidget(child)
        elif kind == "QDockWidget":
            parent.setWidget(child)
        elif kind == "QTabWidget":
            parent.addTab(child, str(about["title"]))
        elif kind in {"QSplitter", "QStackedWidget"}:
            parent.addWidget(child)

    # -- layouts -------------------------------------------------------------------------------------------------

    def _layout(self, element: _Element, owner: QWidget, parent: QLayout | None) -> QLayout:
        """Make a layout: of ``owner`` itself, or in ``parent``, whose widgets are the owner's too."""
        kind = getattr(QtWidgets, element.attributes["class"])
        layout: QLayout = kind(owner) if parent is None else kind()
        layout.setObjectName(element.attributes["name"])
        margins = {}
        for child in element.named("property"):
            if child.attributes["name"] in _MARGINS:
                margins[child.attributes["name"]] = int(child.children[0].text)
            else:
                self._set(layout, child)
        if margins:
            layout.setContentsMargins(*(margins.get(side, 0) for side in _MARGINS))
        for item in element.named("item"):
            self._item(element.attributes["class"], item, layout, owner)
        return layout

    def _item(self, kind: str, item: _Element, layout: Any, owner: QWidget) -> None:  # noqa: ANN401 - each kind of layout adds its own way
        inner = item.children[0]
        made: QWidget | QLayout | QSpacerItem
        if inner.name == "widget":
            made, what = self._widget(inner, owner), "Widget"
        elif inner.name == "layout":
            made, what = self._layout(inner, owner, layout), "Layout"
        else:
            made, what = self._spacer(inner), "Item"
        row, column, span = item.number("row"), item.number("column"), item.number("colspan", 1)
        if kind == "QGridLayout":
            getattr(layout, f"add{what}")(made, row, column, item.number("rowspan", 1), span)
        elif kind == "QFormLayout":
            role = layout.ItemRole
            place = role.SpanningRole if span > 1 else (role.FieldRole if column else role.LabelRole)
            getattr(layout, f"set{what}")(row, place, made)
        else:
            getattr(layout, f"add{what}")(made)

    def _spacer(self, element: _Element) -> QSpacerItem:
        about = {p.attributes["name"]: p.children[0] for p in element.named("property")}
        hint: QSize = self._value(about["sizeHint"])
        grows, rests = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum
        if about["orientation"].text.endswith("Horizontal"):
            return QSpacerItem(hint.width(), hint.height(), grows, rests)
        return QSpacerItem(hint.width(), hint.height(), rests, grows)

    # -- properties ----------------------------------------------------------------------------------------------

    def _set(self, target: QObject, element: _Element) -> None:
        name, value = element.attributes["name"], element.children[0]
        if name == "buddy" and isinstance(target, QLabel):
            self._buddies.append((target, value.text))
        elif name == "geometry" and isinstance(target, QWidget):
            target.resize(int(value.first_text("width")), int(value.first_text("height")))
        elif name == "sizePolicy" and isinstance(target, QWidget):
            policy = QSizePolicy.Policy
            target.setSizePolicy(policy[value.attributes["hsizetype"]], policy[value.attributes["vsizetype"]])
        elif name.endswith("Spacing"):  # the one thing that is no property in every kind of layout
            getattr(target, f"set{name[0].upper()}{name[1:]}")(int(value.text))
        elif not target.setProperty(name, self._value(value)):
            raise LayoutError(f"{self._context}: {target.objectName()} takes no {name} = {value.text!r}")

    def _value(self, element: _Element) -> Any:  # noqa: ANN401 - what a property takes
        kind, text = element.name, element.text
        if kind == "string":
            translated = element.attributes.get("notr") != "true" and text
            return QCoreApplication.translate(self._context, text) if translated else text
        if kind == "bool":
            return text == "true"
        if kind in {"number", "double"}:
            return int(text) if kind == "number" else float(text)
        if kind in {"enum", "set"}:  # Qt looks the short names up in the property's own enumeration
            return "|".join(part.rpartition("::")[2] for part in text.split("|"))
        if kind == "size":
            return QSize(int(element.first_text("width")), int(element.first_text("height")))
        raise LayoutError(f"{self._context}: a value of kind <{kind}> is not known")


def load_layout(name: str, root: QWidget, **makers: Callable[[QWidget], QWidget]) -> None:
    """Fill ``root`` with the form ``ui/<name>.ui``; ``makers`` build what it has promoted, by class.

    Its labels are PlainLabels; a QLabel is refused.
    """
    form = _parse(assets.text("ui", f"{name}.ui"), name)
    unknown = {child.name for child in form.children} - _IGNORED - {"class", "widget"}
    if unknown:
        raise LayoutError(f"ui/{name}.ui: {', '.join(sorted(unknown))} is not known")
    _Builder(form, {"PlainLabel": PlainLabel, **makers}).build(form.named("widget")[0], root)


def put(root: QWidget, name: str, widget: QWidget) -> None:
    """Put a widget where the form has a place for it: what stands there under that name goes, its focus stays."""
    place = child(root, QWidget, name)
    focused = place.hasFocus()
    parent = place.parentWidget()
    layout = parent.layout() if parent is not None else None
    if isinstance(parent, QDockWidget):
        parent.setWidget(widget)
    elif isinstance(parent, QSplitter):
        parent.replaceWidget(parent.indexOf(place), widget)
    elif isinstance(parent, QStackedWidget):
        shown = parent.currentWidget() is place
        parent.insertWidget(parent.indexOf(place), widget)
        if shown:
            parent.setCurrentWidget(widget)
        parent.removeWidget(place)
    elif layout is not None:
        layout.replaceWidget(place, widget)
    widget.setObjectName(name)
    place.setObjectName("")
    if focused:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
    place.deleteLater()


def child(root: QObject, kind: type[T], name: str) -> T:
    """Return the object of that name below ``root``. Raises LayoutError when the form has no such object."""
    found = root.findChild(kind, name)
    if found is None:
        raise LayoutError(f"the form of {type(root).__name__} has no {kind.__name__} named {name}")
    return found
