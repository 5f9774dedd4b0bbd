"""What a bare system takes over from this machine to reach the same package servers: the settings of apt and pip.

Nothing is written down here: both programs are asked.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

AUTHORITIES: Final = Path("/etc/ssl/certs/ca-certificates.crt")
"""This machine's certification authorities, in one file."""
_TARGETS = ("apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)", "Created-By: Packages")
_PIP_LINE = re.compile(r"^(?P<section>[\w:]+)\.(?P<name>[\w-]+)=(?P<value>'.*'|\".*\")$")
_PIP_NAMES = frozenset(
    {"index-url", "extra-index-url", "trusted-host", "proxy", "timeout", "default-timeout", "retries"}
)
"""The settings of pip that say how an index is reached. Others concern this machine's disk."""


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def mirrors(targets: str) -> dict[str, str]:
    """Return Debian's servers, label: URL, from what apt says about its sources."""
    found: dict[str, str] = {}
    for line in targets.splitlines():
        origin, label, url = line.split("|")
        if origin == "Debian":
            found.setdefault(label, url.rstrip("/"))
    return found


def apt_sources(suite: str) -> str:
    """Return the sources of a suite, from the servers that this machine uses. Raises LookupError if it uses none."""
    servers = mirrors(_output(*_TARGETS))
    if "Debian" not in servers:
        raise LookupError("apt names no server of Debian's here")
    lines = [f"deb {servers['Debian']} {suite} main"]
    if "Debian-Security" in servers:
        lines.append(f"deb {servers['Debian-Security']} {suite}-security main")
    return "".join(f"{line}\n" for line in lines)


def apt_settings() -> str:
    """Return how apt reaches its servers here: proxies, time limits, and whether a mirror may lag behind."""
    lines = _output("apt-config", "dump", "Acquire").splitlines()
    return "".join(f"{line}\n" for line in lines if re.match(r"Acquire::(https?|Retries|Check-Valid-Until)\b", line))


def pip_settings(listed: str, authorities: str) -> str:
    """Return a pip.conf from what `pip config list` prints; ``authorities`` is the file of those to trust."""
    found = {"cert": authorities}
    for line in listed.splitlines():
        match = _PIP_LINE.match(line)
        if match is None or match["name"] not in _PIP_NAMES:
            continue
        urls = [word for word in str(ast.literal_eval(match["value"])).split() if not word.startswith(("file:", "/"))]
        if urls:
            found[match["name"].removeprefix("default-")] = " ".join(urls)
    return "[global]\n" + "".join(f"{name} = {value}\n" for name, value in found.items())


def pip_list() -> str:
    """Return pip's settings of this machine, of its environment too."""
    return _output(sys.executable, "-m", "pip", "config", "list")
