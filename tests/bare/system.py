"""A bare Debian: what debootstrap installs and nothing else, in a folder, to try there what a newcomer does.

A base for each suite, and one for each suite with packages, is kept in the user's cache; a system is a copy of it that
is removed afterwards. What runs in it is in a namespace of its own for processes and mounts, and ends with the command.
Needs root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from tests.bare import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT: Final = Path(__file__).resolve().parents[2]
SUITES: Final = {"bookworm": "12", "trixie": "13"}
CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "clacks-monitor" / "bare"
"""The folder of the bases, read when this is imported: each test has an own cache, where every base is missing."""

_SCRIPT = "/usr/share/debootstrap/scripts/sid"
"""What the names of all suites are links to; older debootstraps do not know the newest names."""
_INSIDE_AUTHORITIES = "/etc/authorities-of-the-host.pem"
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_MOUNTS = """\
set -e
root=$1; shift
mount --bind /dev "$root/dev"
mount -t tmpfs none "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 none "$root/dev/pts" 2>/dev/null || true
mount -t proc none "$root/proc"
ip link set lo up 2>/dev/null || true
exec chroot "$root" "$@"
"""
_NAMESPACES = ("unshare", "--mount", "--pid", "--fork", "--kill-child")


def missing() -> str:
    """Return why no bare system can be made here, "" when one can."""
    if os.geteuid() != 0:
        return "a bare system can only be made by root"
    for program in ("debootstrap", "unshare", "apt-get"):
        if shutil.which(program) is None:
            return f"there is no {program}"
    probe = subprocess.run([*_NAMESPACES, "true"], capture_output=True, text=True, check=False)
    return f"namespaces cannot be made: {probe.stderr.strip()}" if probe.returncode else ""


def base(suite: str, packages: tuple[str, ...] = ()) -> Path:
    """Return the archive of a suite's system with these packages, made when it is not in the cache yet."""
    archive = CACHE / f"{'+'.join((suite, *packages))}.tar"
    if archive.exists():
        return archive
    if packages:
        with BareSystem(suite) as system:
            system.install(*packages)
            _pack(system.root, archive)
        return archive
    archive.parent.mkdir(parents=True, exist_ok=True)
    server = settings.apt_sources(suite).split()[1]
    with tempfile.TemporaryDirectory(prefix="clacks-bare-", dir="/var/tmp") as folder:
        made = Path(folder) / "root"
        subprocess.run(["debootstrap", "--variant=minbase", suite, str(made), server, _SCRIPT], check=True, stdout=2)
        shutil.rmtree(made / "var/cache/apt/archives")
        shutil.rmtree(made / "var/lib/apt/lists")
        _pack(made, archive)
    return archive


def _pack(root: Path, archive: Path) -> None:
    unfinished = archive.with_suffix(f".{os.getpid()}")
    subprocess.run(["tar", "-C", str(root), "-cf", str(unfinished), "."], check=True)
    unfinished.rename(archive)


class BareSystem:
    """One system, bare but for ``packages``. A context: at its end the folder is removed."""

    def __init__(self, suite: str, packages: tuple[str, ...] = ()) -> None:
        self._suite, self._packages = suite, packages
        self._folder = tempfile.TemporaryDirectory(prefix="clacks-bare-", dir="/var/tmp")
        self.root = Path(self._folder.name) / "root"

    def __enter__(self) -> Self:
        self.root.mkdir()
        subprocess.run(["tar", "-C", str(self.root), "-xpf", str(base(self._suite, self._packages))], check=True)
        (self.root / "etc/apt/sources.list").write_text(settings.apt_sources(self._suite), encoding="utf-8")
        (self.root / "etc/apt/apt.conf.d/90host").write_text(settings.apt_settings(), encoding="utf-8")
        pip = settings.pip_settings(settings.pip_list(), _INSIDE_AUTHORITIES)
        (self.root / "etc/pip.conf").write_text(pip, encoding="utf-8")
        for inside, path in (
            (_INSIDE_AUTHORITIES, settings.AUTHORITIES),
            ("/etc/resolv.conf", Path("/etc/resolv.conf")),
        ):
            if path.exists():
                shutil.copyfile(path, self.inside(inside))
        self.inside("/etc/hosts").write_text("127.0.0.1 localhost\n", encoding="utf-8")
        return self

    def __exit__(self, *_raised: object) -> None:
        self._folder.cleanup()

    def inside(self, path: str) -> Path:
        """Return where an absolute path of the system is on this machine."""
        return self.root / path.lstrip("/")

    def install(self, *packages: str) -> None:
        """Install packages without what they only recommend; their services are not started."""
        policy = self.inside("/usr/sbin/policy-rc.d")
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        policy.chmod(0o755)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        self.run("apt-get", "update", "-qq", check=True)
        self.run("apt-get", "install", "-qq", "--no-install-recommends", *packages, env=quiet, check=True)
        self.run("apt-get", "clean", check=True)
        shutil.rmtree(self.inside("/var/lib/apt/lists"))

    def add_user(self, name: str) -> None:
        """Add an ordinary user with a home."""
        self.run("useradd", "--create-home", "--shell", "/bin/bash", name, check=True)

    def copy_checkout(self, folder: str, owner: str = "root") -> None:
        """Copy the files of this checkout into the system, those that git does not know yet too."""
        target = self.inside(folder)
        target.mkdir(parents=True)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
        here = b"\0".join(name for name in names.split(b"\0") if name and (ROOT / os.fsdecode(name)).exists())
        pack = subprocess.run(
            ["tar", "--null", "-T", "-", "-cf", "-"], cwd=ROOT, input=here, capture_output=True, check=True
        )
        subprocess.run(["tar", "-C", str(target), "-xf", "-"], input=pack.stdout, check=True)
        self.run("chown", "-R", f"{owner}:", folder, check=True)

    def run(
        self,
        *command: str,
        user: str = "root",
        folder: str = "/",
        online: bool = True,
        env: Mapping[str, str] | None = None,
        check: bool = False,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command and return what it printed, errors among it."""
        return subprocess.run(
            self.command(*command, user=user, folder=folder, online=online, env=env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=check,
        )

    def command(
        self,
        *command: str,
        user: str = "root",
        folder: str = "/",
        online: bool = True,
        env: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Return the command of this machine that runs one in the system, with an environment of its own."""
        home = "/root" if user == "root" else f"/home/{user}"
        variables = {"PATH": _PATH, "HOME": home, "USER": user, "LANG": "C.UTF-8", **(env or {})}
        as_user = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups") if user != "root" else ()
        return [
            *_NAMESPACES,
            *(() if online else ("--net",)),
            *("sh", "-c", _MOUNTS, "bare", str(self.root)),
            *("env", "-i", *(f"{name}={value}" for name, value in variables.items())),
            *as_user,
            *("sh", "-c", 'cd "$1" && shift && "$@"; exit $?', "sh", folder, *command),
        ]
