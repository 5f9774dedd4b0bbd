"""The theme: which colours are used when, who is told, and icons that are drawn in them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, Qt
from PySide6.QtWidgets import QApplication

from clacks_monitor.gui.kit.colours import DARK, LIGHT
from clacks_monitor.gui.kit.icons import ICON_SIZE, Icons
from clacks_monitor.gui.kit.style_sheet import headings, style_sheet
from clacks_monitor.gui.kit.theme import Scheme, Theme, digits_font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def make(qapp: QApplication) -> Iterator[Callable[..., Theme]]:
    """Make themes; the light one is in force again afterwards."""
    made: list[Theme] = []

    def use(scheme: Scheme = Scheme.SYSTEM, *, first_frame: bool = False) -> Theme:
        made.append(Theme(qapp, scheme, first_frame=first_frame))
        return made[-1]

    yield use
    use(Scheme.LIGHT)
    for theme in made:
        theme.deleteLater()


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Callable[[Qt.ColorScheme], None]:
    """Set which colours the desktop says that it has."""

    now = [Qt.ColorScheme.Light]
    hints = SimpleNamespace(
        colorScheme=lambda: now[0],
        colorSchemeChanged=QGuiApplication.styleHints().colorSchemeChanged,
        cursorFlashTime=QGuiApplication.styleHints().cursorFlashTime,
    )
    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: hints)
    return lambda scheme: now.__setitem__(0, scheme)


@pytest.mark.parametrize(
    ("scheme", "desktop", "dark"),
    [
        (Scheme.SYSTEM, Qt.ColorScheme.Dark, True),
        (Scheme.SYSTEM, Qt.ColorScheme.Light, False),
        (Scheme.SYSTEM, Qt.ColorScheme.Unknown, False),
        (Scheme.LIGHT, Qt.ColorScheme.Dark, False),
        (Scheme.DARK, Qt.ColorScheme.Light, True),
    ],
)
def test_the_user_decides_before_the_desktop(
    make: Callable[..., Theme],
    system: Callable[[Qt.ColorScheme], None],
    scheme: Scheme,
    desktop: Qt.ColorScheme,
    dark: bool,
) -> None:
    system(desktop)
    theme = make(scheme)
    colours = DARK if dark else LIGHT
    assert (theme.scheme, theme.dark) == (scheme, dark)
    names = ("line", "muted", "accent", "good", "bad", "warn", "base", "text")
    assert {name: getattr(theme, name).name() for name in names} == {name: getattr(colours, name) for name in names}
    assert QApplication.palette().window().color() == QColor(colours.window)
    assert theme.heading_sheet() == headings(colours)


def test_a_change_is_told_once_and_none_where_nothing_changes(
    make: Callable[..., Theme], system: Callable[[Qt.ColorScheme], None]
) -> None:
    theme, told = make(Scheme.LIGHT), list[bool]()
    theme.changed.connect(lambda: told.append(theme.dark))
    theme.use(Scheme.LIGHT)
    theme.use(Scheme.DARK)
    assert told == [True]
    system(Qt.ColorScheme.Light)
    theme._system_changed()
    assert told == [True]
    theme.use(Scheme.SYSTEM)
    system(Qt.ColorScheme.Dark)
    theme._system_changed()
    assert told == [True, False, True]
    assert QApplication.palette().window().color() == QColor(DARK.window)


def test_the_desktop_is_listened_to(make: Callable[..., Theme], qapp: QApplication) -> None:
    theme, told = make(Scheme.SYSTEM), list[bool]()
    theme.changed.connect(lambda: told.append(True))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert told == [True]


@pytest.mark.parametrize(
    ("dark", "tints", "washed"),
    [(False, "#ffffff #deebf8 #deefe5", "#f7e9e9"), (True, "#1b1e21 #20354c #203d2f", "#312a2c")],
)
def test_tints_and_washes_are_light(make: Callable[..., Theme], dark: bool, tints: str, washed: str) -> None:
    theme = make(Scheme.DARK if dark else Scheme.LIGHT)
    assert " ".join(tint.name() for tint in theme.tints[:3]) == tints
    assert (len(theme.tints), theme.tint_texts) == (9, [theme.text] * 9)
    assert theme.washed(theme.bad).name() == washed
    assert theme.washed(theme.bad, 1.0) == theme.bad
    assert theme.swatch("none") == theme.base


def test_the_first_frame_does_without_the_style_sheet(make: Callable[..., Theme], qapp: QApplication) -> None:
    qapp.setStyleSheet("")
    theme = make(Scheme.LIGHT, first_frame=True)
    sizes = theme.icons.icon("open").availableSizes
    assert (qapp.styleSheet(), sizes(QIcon.Mode.Disabled), sizes(QIcon.Mode.Selected)) == ("", [], [])
    theme.complete()
    sizes = theme.icons.icon("open").availableSizes
    small = QSize(ICON_SIZE, ICON_SIZE)
    assert [sizes(mode) for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Selected)] == [[small]] * 3
    assert qapp.styleSheet() == style_sheet(LIGHT)
    theme.use(Scheme.DARK)
    assert qapp.styleSheet() == style_sheet(DARK)


def test_digits_have_one_width_and_the_size_of_the_rest(qapp: QApplication) -> None:
    assert digits_font().pointSizeF() == qapp.font().pointSizeF()
    assert digits_font().family() != ""


# -- icons -------------------------------------------------------------------------------------------------------------


def strongest(image: QImage) -> QColor:
    """Return the colour of the most opaque pixel."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


def ink(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    return strongest(icon.pixmap(ICON_SIZE, mode).toImage()).name()


def test_an_icon_is_drawn_in_its_colour_and_kept(make: Callable[..., Theme]) -> None:
    icons = make(Scheme.LIGHT).icons
    icon = icons.icon("open")
    assert (ink(icon), ink(icon, QIcon.Mode.Selected)) == (LIGHT.text, LIGHT.accent_text)
    assert ink(icon, QIcon.Mode.Disabled) == "#9ea0a2"
    assert icons.icon("open") is icon
    red = icons.icon("open", QColor("#ff0000"))
    assert (ink(red), icons.icon("open", QColor("#ff0000")) is red) == ("#ff0000", True)
    icons.recolour(DARK, complete=True)
    assert ink(icons.icon("open")) == DARK.text


def test_a_picture_has_the_size_that_is_asked_for(make: Callable[..., Theme]) -> None:
    icons = make(Scheme.LIGHT).icons
    small, large = icons.pixmap("open", QColor("#0000ff")), icons.pixmap("open", QColor("#0000ff"), 40)
    assert (small.size(), large.size(), small.devicePixelRatio()) == (QSize(16, 16), QSize(40, 40), 1.0)
    assert strongest(large.toImage()).name() == "#0000ff"
    assert icons.pixmap("open", QColor("#0000ff")).cacheKey() == small.cacheKey()
    icons.recolour(LIGHT, complete=True)
    assert icons.pixmap("open", QColor("#0000ff")).cacheKey() != small.cacheKey()


def test_a_screen_with_small_pixels_gets_larger_pictures(qapp: QApplication) -> None:
    del qapp
    icons = Icons(SimpleNamespace(devicePixelRatio=lambda: 2.0))  # type: ignore[arg-type]  # as far as used
    icons.recolour(LIGHT, complete=True)
    assert icons.icon("open").availableSizes() == [QSize(16, 16), QSize(32, 32)]
    picture = icons.pixmap("open", QColor("#0000ff"))
    assert (picture.size(), picture.devicePixelRatio()) == (QSize(32, 32), 2.0)


@pytest.mark.parametrize(("colour", "inside", "frame"), [("blue", "#4e92dc", LIGHT.line), ("none", "", LIGHT.muted)])
def test_a_square_shows_the_colour_of_a_profile_in_a_frame(
    make: Callable[..., Theme], colour: str, inside: str, frame: str
) -> None:
    image = make(Scheme.LIGHT).icons.square(colour).pixmap(ICON_SIZE).toImage()
    assert image.size() == QSize(ICON_SIZE, ICON_SIZE)
    middle, edge = image.pixelColor(8, 8), image.pixelColor(8, 2)
    assert (middle.name() if middle.alpha() else "", edge.name()) == (inside, frame)
    assert image.pixelColor(0, 0).alpha() == image.pixelColor(15, 15).alpha() == 0
