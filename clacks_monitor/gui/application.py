"""Builds the application: language, colours, main window; then bridge and session.

The window is shown first, the session follows a moment later. Owner: app.py, which says how a session is built.
Thread: main.
"""

from __future__ import annotations

import gc
import logging
import sys
import traceback
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    QTimer,
    QTranslator,
    Signal,
    Slot,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from clacks_monitor import assets
from clacks_monitor.core.ending import wait_for
from clacks_monitor.gui.kit.theme import Scheme, Theme
from clacks_monitor.gui.kit.time_format import use_time_format
from clacks_monitor.gui.preferences.window_preferences import LANGUAGES, WindowPreferences
from clacks_monitor.gui.window.deferred_start import IDLE_MS, ComposePreload, DeferredStart
from clacks_monitor.gui.window.display import open_display
from clacks_monitor.gui.window.interrupts import Interrupts
from clacks_monitor.gui.window.main_window import MainWindow
from clacks_monitor.gui.window.window_settings import window_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from clacks_monitor.gui.kit.bridge import Bridge
    from clacks_monitor.session.session import Session

_log = logging.getLogger(__name__)

_SWITCH_S = 0.0005
"""How long another thread may keep the interpreter while the window waits for it: painting waits often, and a tenth of
Python's usual time keeps a busy bus from being felt in the window. It costs some 5 % of an event's processor time."""
UNBEGUN_S = 0.5
"""How long a session that is still being loaded may take to end."""
_NOT_SAVED = 5
_NOT_INSTALLED = 1
"""The exit status that every command has for a file that cannot be written."""
_LATE = (
    "clacks_monitor.gui.kit.bridge",
    "clacks_monitor.gui.detail.detail_pane",
    "clacks_monitor.gui.table.event_actions",
    "clacks_monitor.gui.query.query_completer",
    "clacks_monitor.gui.window.window_panes",
    "clacks_monitor.gui.window.controllers",
    "clacks_monitor.gui.window.notice_listeners",
)
"""Modules that the window imports after its first frame, each in a step of its own."""


class Options(NamedTuple):
    """What the command line says about the window.

    ``state`` is the folder of what can be lost without harm. ``awaits`` says that a connection or a capture will be
    opened at once; ``opens`` are the ids of connections to open. ``after_s`` are seconds until ``screenshot`` is saved.
    """

    state: Path
    language: str | None = None
    theme: str = "system"
    size: tuple[int, int] | None = None
    screenshot: Path | None = None
    after_s: float = 5.0
    awaits: bool = False
    demo: bool = False
    opens: tuple[str, ...] = ()


def language_of(wanted: str | None) -> str:
    """Return the language of the window: ``wanted``, else the system's if there is a translation, else English."""
    found = wanted or QLocale.system().name()[:2]
    return found if found in LANGUAGES else "en"


def install_language(app: QApplication, language: str) -> None:
    """Load our texts and Qt's own in a language."""
    QLocale.setDefault(QLocale(language) if QLocale.system().name()[:2] != language else QLocale.system())
    folder = str(assets.folder("resources", "translations"))
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, place in ((f"qtbase_{language}", qt_folder), (f"clacks_monitor_{language}", folder)):
        translator = QTranslator(app)
        if translator.load(name, place):
            app.installTranslator(translator)


class SessionBuilder(Protocol):
    """Says how a session is built."""

    def prepare(self) -> None:
        """Import what a session needs; called on a thread of its own."""

    def build(self, wake: Callable[[], None], language: str) -> Session:
        """Return a session; ``wake`` wakes the window and may be called on any thread.

        Raises OSError where there is nowhere to put what is received, and ImportError where a library of the system is
        missing, each with a text for the user.
        """

    def demonstrate(self) -> str:
        """Start a bus to try the program on; return its URL. Called on a thread of its own."""


class Application(QObject):
    """Holds what lives as long as the window. ``session`` and ``bridge`` are there when ``ready`` comes."""

    ready = Signal()

    def __init__(self, app: QApplication, source: SessionBuilder, options: Options) -> None:
        super().__init__(app)
        self._app, self._options, self._source = app, options, source
        self.settings = window_settings(options.state)
        preferred = WindowPreferences(self.settings)
        self._language = language_of(options.language or preferred.language)
        install_language(app, self._language)
        use_time_format(preferred.times)
        scheme = Scheme(options.theme) if options.theme != Scheme.SYSTEM else preferred.scheme
        self.theme = Theme(app, scheme, zoom=preferred.zoom, first_frame=True)
        self.theme.keep_still(wanted=preferred.still)
        self.window = MainWindow(self.theme, self.settings, awaits=options.awaits)
        self.window.closed.connect(self._end)
        app.setQuitOnLastWindowClosed(False)  # _end() quits; a second quit would wait for the next event loop
        self.deferred = DeferredStart(self.window, source.prepare, self._steps())

    def start(self) -> None:
        """Show the window; the session follows."""
        if self._options.size is not None:
            self.window.resize(*self._options.size)
        self.window.show()
        if self._options.screenshot is not None:
            QTimer.singleShot(round(self._options.after_s * 1000), self.grab)

    def _steps(self) -> Iterator[Callable[[], None]]:
        """Yield the steps of the deferred start-up, each too short to be felt."""
        yield self._set_icon
        yield self.theme.complete
        for name in _LATE:
            yield partial(_import, name)
        yield self._build_session
        yield self._begin

    @Slot()
    def _set_icon(self) -> None:
        self._app.setWindowIcon(QIcon(str(assets.path("resources", "icons", "clacks.svg"))))

    @Slot()
    def _build_session(self) -> None:
        from clacks_monitor.gui.kit.bridge import Bridge  # not for the first frame

        bridge = Bridge(self)
        try:
            self.session = self._source.build(bridge.wake, self._language)
        except OSError as error:
            # There is nowhere to put what is received: without that there is nothing to show either.
            self._give_up(error, _NOT_SAVED)
            return
        except ImportError as error:
            self._give_up(error, _NOT_INSTALLED)
            return
        self.bridge: Bridge = bridge

    def _give_up(self, error: Exception, status: int) -> None:
        sys.stderr.write(f"{error}\n")
        self.deferred.stop()
        self._app.exit(status)

    @Slot()
    def _begin(self) -> None:
        from clacks_monitor.gui.window import compose_host, demonstration, focus_ring, session_restore  # later

        opened = self._options.opens if self._options.awaits else self.session.restore.bring_back()
        self.window.begin(self.session, self.bridge)
        self.session.start()
        self.bridge.attach(self.session.drain)
        focus_ring.FocusRing(self._app).setParent(self)
        QTimer.singleShot(IDLE_MS, self._ask_desktop)
        self.compose = compose_host.ComposeHost(self.window, self.settings, self)
        self.window.compose_wanted.connect(self.compose.open)
        self.window.controllers.schemas.compose_wanted.connect(self.compose.open_type)
        self._restore = session_restore.SessionRestore(self.session.restore, self.window, self.compose.drafts, self)
        self._restore.drafts_wanted.connect(self.compose.restore)
        self._restore.open(opened)
        demo = self._demonstration = demonstration.Demonstration(
            self._source.demonstrate, self.session.connections, self.window.frame.commands, self
        )
        demo.notified.connect(self.window.frame.status.notify)
        demo.failed.connect(self.window.panes.trouble.notify)
        if self._options.demo:
            demo.start()
        self._preload = ComposePreload(self.session.composing, self)
        self._preload.start()
        self.window.frame.commands.release()
        sys.setswitchinterval(_SWITCH_S)
        gc.freeze()
        gc.enable()
        self.ready.emit()

    @Slot()
    def _ask_desktop(self) -> None:
        """Ask the desktop for what the user wants of all programs; loading D-Bus would delay the start."""
        motion: Any = import_module("clacks_monitor.gui.window.system_motion")
        motion.SystemMotion(self.theme, self).ask_desktop()

    def stop(self) -> None:
        """End the session; all windows disappear first, and the rest takes no more than a second, whatever runs."""
        threads = self.deferred.stop()
        self.window.close()
        if self.window.begun:
            threads += [*self.compose.stop(), *self._preload.stop(), *self.window.controllers.questions.stop()]
            self.bridge.detach()
        self._hide()
        if self.window.begun:
            threads += self._demonstration.stop()
            self.session.close(threads)
        else:
            wait_for(threads, UNBEGUN_S)
        self.settings.sync()

    def _hide(self) -> None:
        """Hide the remaining windows, such as dialogs, before anything that takes time."""
        for widget in self._app.topLevelWidgets():
            widget.hide()
        self._app.sync()

    @Slot()
    def _end(self) -> None:
        """End with the main window: from the compose window alone nothing leads back to the table."""
        if self.window.begun:
            self._restore.end()
        self._app.quit()

    @Slot()
    def grab(self) -> None:
        """Save a picture of the window and end."""
        path = self._options.screenshot
        saved = path is not None and self.window.grab().save(str(path))
        if self.window.begun:
            self.session.capture.discard()  # what came meanwhile was not asked for
        if not saved:
            sys.stderr.write(f"The picture could not be saved as {path}.\n")
        self._app.exit(0 if saved else _NOT_SAVED)


def _import(name: str) -> None:
    import_module(name)


class _Reporter:
    """Shows and logs unhandled errors, such as those of slots."""

    def __init__(self) -> None:
        self.window: MainWindow | None = None

    def __call__(self, kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        _log.critical("Unhandled error", exc_info=(kind, error, at))
        text = "".join(traceback.format_exception(kind, error, at))
        sys.stderr.write(text)
        if self.window is not None and self.window.begun:
            message = QCoreApplication.translate(
                "Application",
                "Internal error. The program continues, but your last action may not have been carried out.",
            )
            self.window.panes.trouble.notify(message, f"{kind.__name__}: {error}")


def run(source: SessionBuilder, options: Options) -> int:
    """Open the window and return the exit status when it is closed."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else open_display([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("Clacks Event Monitor")
    app.setDesktopFileName("clacks-monitor")
    reporter = _Reporter()
    old_hook, sys.excepthook = sys.excepthook, reporter
    interrupts = Interrupts(app)
    try:
        application = Application(app, source, options)
        application.ready.connect(interrupts.begin)
        reporter.window = application.window
        application.start()
        status = app.exec()
        application.stop()
    finally:
        sys.excepthook = old_hook
        interrupts.stop()
    return status
