"""What holds for every test: nothing outlives it - no thread, no file descriptor, no child process."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from hypothesis import HealthCheck, settings

from clacks_monitor.core.folders import Folders
from tests.helpers.effort import few
from tests.helpers.postgresql import Cluster, installed, running_cluster
from tests.hostile.bait import Bait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from tests.helpers.archives import Databases
    from tests.hostile.meter import StallMeter

_EXAMPLES = 100
"""Examples of a property test that does not say how many."""
_FDS = Path("/proc/self/fd")
_TASKS = Path("/proc/self/task")


def pytest_configure() -> None:
    """Open windows nowhere; set before the first fixture, because one application serves all tests."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)  # the desktop of who runs the tests is not asked
    # No example fails because the machine is busy with other things.
    settings.register_profile(
        "clacks", deadline=None, max_examples=few(_EXAMPLES), suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("clacks")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # As for whatever a shell starts in the background; what the tests start would inherit it, and not hear Ctrl+C.
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _open_files() -> dict[int, str]:
    found = {}
    for entry in _FDS.iterdir():
        try:
            target = str(entry.readlink())
        except OSError:
            continue
        # Qt, hypothesis and the test runner keep these for the whole process.
        if not target.startswith(("/dev/", "anon_inode:", "/memfd:", "/proc/")) and ".hypothesis" not in target:
            found[int(entry.name)] = target
    return found


def _threads() -> set[threading.Thread]:
    return {t for t in threading.enumerate() if t.is_alive() and not t.name.startswith(("Dummy", "execnet"))}


def _children() -> set[int]:
    """Return the processes that this one has started and that have not been waited for."""
    found: set[int] = set()
    for task in _TASKS.iterdir():
        with suppress(OSError):
            found.update(map(int, (task / "children").read_text().split()))
    return found


def _left_running(children: set[int]) -> dict[int, str]:
    """Return those of ``children`` that do not end by themselves in a moment, with their command lines."""
    processes = [psutil.Process(number) for number in children if psutil.pid_exists(number)]
    _gone, alive = psutil.wait_procs(processes, 5)
    found = {}
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            found[process.pid] = " ".join(process.cmdline())[:200] or process.status()
    return found


@pytest.fixture(autouse=True)
def _threads_hold_up_no_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which the program starts a thread that is no daemon: it could hold up the program's end."""
    start, held = threading.Thread.start, list[str]()

    def noted(thread: threading.Thread) -> None:
        if not thread.daemon and sys._getframe(1).f_globals["__name__"].startswith("clacks_monitor"):
            held.append(thread.name)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted)
    yield
    assert not held, f"these threads are no daemons: {held}"


@pytest.fixture(autouse=True)
def _nothing_outlives_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a child process or a file descriptor behind."""
    threads, children = _threads(), _children()
    files = _open_files() if _FDS.is_dir() else {}
    yield
    left = _threads() - threads
    for thread in left:
        thread.join(5)
    left = {thread for thread in left if thread.is_alive()}
    assert not left, f"threads outlive the test: {sorted(thread.name for thread in left)}"
    if new_children := _children() - children:
        running = _left_running(new_children)
        assert not running, f"child processes outlive the test: {running}"
    if not files or request.node.get_closest_marker("keeps_files"):
        return
    now = _open_files()
    if set(now) - set(files):
        gc.collect()
        now = _open_files()
    new = {number: target for number, target in now.items() if number not in files}
    assert not new, f"file descriptors outlive the test: {new}"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Folders of a user who has never run the program."""
    return Folders.below(tmp_path / "user")


@pytest.fixture(autouse=True)
def _no_real_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the configuration and the keyring of whoever runs them."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server of PostgreSQL for the whole run, as an unprivileged user; tests that use it are marked postgresql."""
    if not installed():
        pytest.skip("PostgreSQL's server is not installed: apt-get install postgresql")
    with running_cluster() as made:
        yield made


@pytest.fixture
def databases(cluster: Cluster) -> Iterator[Databases]:
    """What makes databases with an archive, and drops them after the test."""
    from tests.helpers.archives import Databases

    with Databases(cluster) as made:
        yield made


@pytest.fixture
def bait(tmp_path: Path) -> Iterator[Bait]:
    """Files and an address that foreign texts name, and that must not be opened."""
    with Bait(tmp_path / "bait") as made:
        yield made


@pytest.fixture
def stall_meter(qapp: QApplication) -> Iterator[StallMeter]:
    """Measure how long the window's thread is away from its event loop; see tests.hostile."""
    from tests.hostile.meter import StallMeter

    assert qapp.thread().isCurrentThread()
    with StallMeter() as meter:
        yield meter
