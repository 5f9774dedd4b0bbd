"""A ring around the control that has the focus, while the window is used by keyboard.

The style draws the focus of some controls hardly or not at all: boxes of choices, buttons, lists. One ring for all of
them is seen in both themes. Owner: the application. Thread: the window's.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QTabBar, QWidget
from shiboken6 import isValid
from typing_extensions import override

_WIDTH = 2
"""Pixels; WCAG 2.2 asks for two around the whole control (2.4.13)."""
_MARGIN = 4
"""Pixels between a check box and the outside of its ring."""


class FocusFrame(QWidget):
    """Lies over the edge of a control, inside of it, so that nothing around it is cut off or moved.

    Around a check box, which has no edge of its own, it lies on what the box lies on.
    """

    def __init__(self, control: QWidget) -> None:
        around = control.parentWidget() if isinstance(control, QCheckBox | QRadioButton) else None
        super().__init__(around or control)
        self._control, self._around = control, around is not None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        control.installEventFilter(self)
        control.destroyed.connect(self.deleteLater)
        if isinstance(control, QTabBar):
            control.currentChanged.connect(self.place)
        self.place()
        self.show()

    def _area(self) -> QRect:
        """Return the place of the control, of a row of tabs that of the current one."""
        control = self._control
        if self._around:
            area = control.geometry()
            area.setWidth(min(area.width(), control.sizeHint().width()))
            return area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        return control.tabRect(control.currentIndex()) if isinstance(control, QTabBar) else control.rect()

    @Slot()
    def place(self) -> None:
        """Go where the control is."""
        area = self._area()
        self.setGeometry(area)
        inside = QRect(0, 0, area.width(), area.height()).adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)
        # What lies inside the ring is painted without it: a live table costs nothing more.
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inside)))
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.place()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Link))
        painter.end()


class FocusRing(QObject):
    """Puts the ring where the focus goes: from the first Tab on, until the mouse brings the focus somewhere.

    ``by_keyboard`` says whether the ring is shown.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.ring: FocusFrame | None = None
        self.by_keyboard = False
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, control: QWidget | None) -> None:
        if self.ring is not None and isValid(self.ring):
            self.ring.hide()
            self.ring.deleteLater()
        self.ring = None
        if control is None:
            return
        if control.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):  # Qt sets it for this change
            self.by_keyboard = True
        elif QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.by_keyboard = False
        if self.by_keyboard:
            self.ring = FocusFrame(control)
