"""The Debian package: the program with its own Python and Qt below /usr/lib/clacks-monitor, for Debian 12 and later.

Distributions have neither the Qt bindings nor the AMQP library in the versions that are needed. The interpreter is the
one of the system where the package is built; what it links to is in every Debian from there on.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clacks_monitor import __version__
from tools.package import bill, pages

if TYPE_CHECKING:
    from collections.abc import Collection

ROOT: Final = Path(__file__).resolve().parents[2]
HOME: Final = "usr/lib/clacks-monitor"
_PYTHON: Final = f"python{sys.version_info.major}.{sys.version_info.minor}"
_STANDARD_UNUSED: Final = (
    *(
        "test",
        "idlelib",
        "lib2to3",
        "turtledemo",
        "tkinter",
        "ensurepip",
        "venv",
        "pydoc_data",
        "distutils",
        "unittest",
    ),
    *(
        "__pycache__",
        "__phello__",
        "cgi.py",
        "turtle.py",
        "curses",
        "dbm",
        "sitecustomize.py",
        "EXTERNALLY-MANAGED",
        "dist-packages",
    ),
    *("config-*", "_sysconfigdata*", "lib-dynload/_test*", "lib-dynload/_ctypes_test*", "lib-dynload/_tkinter*"),
    *("lib-dynload/_curses*", "lib-dynload/readline*", "lib-dynload/nis*", "lib-dynload/_dbm*", "lib-dynload/_crypt*"),
    *("lib-dynload/xx*", "lib-dynload/_xx*", "lib-dynload/ossaudiodev*", "lib-dynload/audioop*"),
)
_QT_MODULES: Final = {"QtCore", "QtDBus", "QtGui", "QtNetwork", "QtSvg", "QtWidgets"}
_QT_LIBRARIES: Final = {
    *("Core", "DBus", "Gui", "Network", "OpenGL", "Svg", "WaylandClient", "Widgets", "WlShellIntegration", "XcbQpa"),
}
_QT_PLUGINS: Final = {
    "iconengines": ("libqsvgicon",),
    "imageformats": ("libqsvg",),
    "platforminputcontexts": ("libcomposeplatforminputcontextplugin", "libibusplatforminputcontextplugin"),
    "platforms": ("libqminimal", "libqoffscreen", "libqwayland", "libqxcb"),
    "platformthemes": ("libqxdgdesktopportal",),
    "wayland-decoration-client": ("libbradient",),
    "wayland-shell-integration": ("libxdg-shell",),
}
_DEPENDS: Final = """\
libc6 (>= {glibc}), libssl3 | libssl3t64, libffi8, libsqlite3-0, libexpat1, zlib1g, libbz2-1.0, liblzma5, libuuid1,
libsasl2-2, libsasl2-modules, libegl1, libgl1, libx11-6, libx11-xcb1, libxkbcommon0, libxkbcommon-x11-0, libxcb1,
libxcb-cursor0, libxcb-icccm4, libxcb-image0, libxcb-keysyms1, libxcb-randr0, libxcb-render-util0, libxcb-render0,
libxcb-shape0, libxcb-shm0, libxcb-sync1, libxcb-util1, libxcb-xfixes0, libxcb-xkb1, libdbus-1-3, libfontconfig1,
libfreetype6, libglib2.0-0 | libglib2.0-0t64, libgssapi-krb5-2, libbrotli1, libwayland-client0, libwayland-cursor0,
fonts-dejavu-core | fonts-noto-core, shared-mime-info"""
_DESCRIPTION: Final = """\
watch, filter and send Clacks/GOsa events on an AMQP bus
 Machines, telephones and agents of a Clacks/GOsa site announce themselves as
 small XML events on an AMQP bus. This program shows them live, filters them by
 XQuery, keeps what it received, and composes events in forms made from their
 schemas. The commands listen, send and replay do the same without a window.
 .
 The package carries its own Python and Qt."""
_AUTHOR: Final = "The Clacks Event Monitor authors <maintainers@clacks-monitor.invalid>"
RECORDER_UNIT: Final = "clacks-monitor-record@.service"
_SCRIPT: Final = f'#!/bin/sh\nexec /{HOME}/bin/python3 -I -m clacks_monitor "$@"\n'


def build(target: Path, work: Path, epoch: int) -> Path:
    """Build the package into a folder; return its file. ``epoch`` is the time that its files get."""
    tree = work / "tree"
    shutil.rmtree(work, ignore_errors=True)
    _interpreter(tree / HOME)
    packages = tree / HOME / "lib" / "python3" / "dist-packages"
    _install(packages)
    _trim_qt(packages / "PySide6")
    _strip(tree / HOME)
    _compile(tree)
    _integrate(tree, epoch)
    _document(tree, epoch)
    bill.write(packages, sys.version.split()[0], target / f"clacks-monitor_{__version__}.cdx.json")
    return _pack(tree, target, epoch)


def _interpreter(home: Path) -> None:
    """Copy the interpreter that runs this, and of its standard library what the program can use."""
    standard = Path(sysconfig.get_path("stdlib"))
    library = home / "lib" / _PYTHON
    shutil.copytree(standard, library, symlinks=False, ignore=shutil.ignore_patterns("__pycache__", "dist-packages"))
    for pattern in _STANDARD_UNUSED:
        for path in library.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    # site.py of Debian and the program's child processes ask for the build's variables at times: keep the one module.
    for path in standard.glob("_sysconfigdata*"):
        shutil.copyfile(path.resolve(), library / path.name)
    (home / "bin").mkdir()
    shutil.copy(Path(sys.executable).resolve(), home / "bin" / "python3")


def _install(packages: Path) -> None:
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(packages))
    locked = str(ROOT / "requirements" / "run.txt")
    subprocess.run([*pip, "--require-hashes", "--no-build-isolation", "--no-compile", "-r", locked], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--no-compile", str(ROOT)], check=True)
    shutil.rmtree(packages / "bin", ignore_errors=True)
    for path in packages.rglob("*"):
        if path.suffix in {".pyi", ".pxd", ".pxi", ".h"} and path.is_file():
            path.unlink()
    for name in ("direct_url.json", "RECORD", "REQUESTED", "INSTALLER"):
        for path in packages.glob(f"*.dist-info/{name}"):
            path.unlink()


def _trim_qt(qt: Path) -> None:
    """Leave of Qt what the window uses: 236 MB become a third of it."""
    own = {"__init__", "__feature__", "_config", "_git_pyside_version", "Qt", "support", "libpyside6"} | _QT_MODULES
    libraries = {f"libQt6{name}" for name in _QT_LIBRARIES} | {"libicudata", "libicui18n", "libicuuc"}
    _keep(qt, own)
    _keep(qt / "Qt", {"lib", "plugins", "translations"})
    _keep(qt / "Qt" / "lib", libraries)
    _keep(qt / "Qt" / "plugins", _QT_PLUGINS.keys())
    for folder, names in _QT_PLUGINS.items():
        _keep(qt / "Qt" / "plugins" / folder, names)
    _keep(qt / "Qt" / "translations", {"qtbase_de", "qtbase_en", "qt_de", "qt_en"})


def _keep(folder: Path, names: Collection[str]) -> None:
    """Remove of a folder what is not named; a name stands up to its first dot."""
    for path in folder.iterdir():
        if path.name.partition(".")[0] not in names:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _strip(home: Path) -> None:
    for path in home.rglob("*.so*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o644)
            subprocess.run(["/usr/bin/strip", "--strip-unneeded", "--remove-section=.comment", str(path)], check=False)


def _compile(tree: Path) -> None:
    """Compile what is imported, so that no start has to; by hash, which is the same in every build."""
    options = ["-q", "-q", "--invalidation-mode", "unchecked-hash", "-s", str(tree), "-p", "/"]
    subprocess.run([sys.executable, "-m", "compileall", *options, str(tree / HOME / "lib")], check=True)


def _integrate(tree: Path, epoch: int) -> None:
    """Add the command, and what a desktop knows about the program."""
    packaging, share = ROOT / "packaging", tree / "usr" / "share"
    command = tree / "usr" / "bin" / "clacks-monitor"
    command.parent.mkdir(parents=True)
    command.write_text(_SCRIPT, encoding="utf-8")
    command.chmod(0o755)
    pages.write(share)
    places = {
        "clacks-monitor.desktop": "applications/clacks-monitor.desktop",
        "clacks-monitor.mime.xml": "mime/packages/clacks-monitor.xml",
        "lintian-overrides": "lintian/overrides/clacks-monitor",
    }
    for name, place in places.items():
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packaging / name, share / place)
    units = tree / "usr" / "lib" / "systemd" / "system"
    units.mkdir(parents=True)
    shutil.copyfile(packaging / RECORDER_UNIT, units / RECORDER_UNIT)
    write_metainfo(share / "metainfo", epoch)
    icon = ROOT / "resources" / "icons" / "clacks.svg"
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(icon, scalable / "clacks-monitor.svg")
    draw = [sys.executable, "-m", "tools.package.icons", str(icon), str(share / "icons" / "hicolor")]
    subprocess.run(draw, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True)


def write_metainfo(folder: Path, epoch: int) -> Path:
    """Write what software centres show."""
    day = dt.datetime.fromtimestamp(epoch, dt.UTC).date().isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "org.clacks.EventMonitor.metainfo.xml"
    text = (ROOT / "packaging" / "clacks-monitor.metainfo.xml").read_text(encoding="utf-8")
    target.write_text(text.replace("@VERSION@", __version__).replace("@DATE@", day), encoding="utf-8")
    return target


def _document(tree: Path, epoch: int) -> None:
    folder = tree / "usr" / "share" / "doc" / "clacks-monitor"
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "packaging" / "copyright", folder / "copyright")
    shutil.copyfile(ROOT / "docs" / "licences.md", folder / "licences.md")
    when = format_datetime(dt.datetime.fromtimestamp(epoch, dt.UTC))
    head = f"clacks-monitor ({__version__}) stable; urgency=medium"
    entry = f"{head}\n\n  * See changelog.upstream.gz.\n\n -- {_AUTHOR}  {when}\n"
    for name, text in (("changelog.gz", entry), ("changelog.upstream.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))):
        (folder / name).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _pack(tree: Path, target: Path, epoch: int) -> Path:
    asked = ["/usr/bin/dpkg", "--print-architecture"]
    machine = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    size, sums = 0, []
    for path in sorted(tree.rglob("*")):
        if path.is_symlink():
            continue
        program = path.is_dir() or path.parent.name == "bin"
        path.chmod(0o755 if program else 0o644)
        os.utime(path, (epoch, epoch))
        if path.is_file():
            size += path.stat().st_size
            sums.append(
                f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
            )
    control = tree / "DEBIAN"
    control.mkdir()
    glibc = os.confstr("CS_GNU_LIBC_VERSION") or "glibc 2.36"
    fields = {
        "Package": "clacks-monitor",
        "Version": __version__,
        "Architecture": machine,
        "Maintainer": _AUTHOR,
        "Installed-Size": str(size // 1024),
        "Depends": _DEPENDS.format(glibc=glibc.split()[-1]).replace("\n", " "),
        "Recommends": "ca-certificates",
        "Section": "net",
        "Priority": "optional",
        "Description": _DESCRIPTION,
    }
    (control / "control").write_text("".join(f"{name}: {text}\n" for name, text in fields.items()), encoding="utf-8")
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    for path in (tree, control):
        path.chmod(0o755)
    made = target / f"clacks-monitor_{__version__}_{machine}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    pack = ["/usr/bin/dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(made)]
    subprocess.run(pack, env=environment, check=True, stdout=subprocess.DEVNULL)
    return made
