"""What the package tells shells and desktops is made from the program, or agrees with it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from configparser import ConfigParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.app import build_parser
from clacks_monitor.cli.commands import COMMANDS
from tools.package import bill

if TYPE_CHECKING:
    import argparse

ROOT = Path(__file__).resolve().parents[3]
MIME = "application/vnd.clacks-monitor.capture"
RECORDER_UNIT = "clacks-monitor-record@.service"


def test_every_command_and_option_is_in_a_manual_page_and_in_the_completions(tmp_path: Path) -> None:
    pytest.importorskip("shtab")
    pages = pytest.importorskip("tools.package.pages")
    made = pages.pages(build_parser())
    assert set(made) == {"clacks-monitor", *(f"clacks-monitor-{name}" for name in COMMANDS)}
    for name, parser in pages.subparsers(build_parser()).items():
        page = made[f"clacks-monitor-{name}"].replace("\\", "")
        assert f"clacks-monitor-{name} - " in page
        for option in _options(parser):
            assert option in page, name
    pages.write(tmp_path)
    for shell, path in pages.COMPLETIONS.items():
        text = (tmp_path / path).read_text(encoding="utf-8")
        assert [name for name in COMMANDS if name not in text] == [], shell


def _options(parser: argparse.ArgumentParser) -> list[str]:
    return [option for action in parser._actions for option in action.option_strings if action.dest != "help"]


def test_a_double_click_opens_what_a_capture_is(tmp_path: Path) -> None:
    entry = ConfigParser(interpolation=None)
    entry.read(ROOT / "packaging" / "clacks-monitor.desktop", encoding="utf-8")
    assert entry["Desktop Entry"]["MimeType"] == f"{MIME};"
    assert entry["Desktop Entry"]["Exec"] == "clacks-monitor %f"
    tree = ET.parse(ROOT / "packaging" / "clacks-monitor.mime.xml")
    assert [found.get("type") for found in tree.iter() if found.tag.endswith("}mime-type")] == [MIME]
    capture = captures.create_temporary(tmp_path)
    content = Path(capture.path).read_bytes()
    capture.close()
    for found in tree.iter():
        if found.tag.endswith("}match"):
            value = found.get("value", "").encode().replace(rb"\000", b"\0")
            assert content[int(found.get("offset", "0")) :].startswith(value)


def test_the_bill_names_what_is_installed_with_its_version(tmp_path: Path) -> None:
    folder = tmp_path / "packages" / "lxml-5.4.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: lxml\nVersion: 5.4\nLicense-Expression: BSD-3-Clause\n"
    )
    bill.write(tmp_path / "packages", "3.11.2", tmp_path / "bill.json")
    bill.write(tmp_path / "packages", "3.11.2", tmp_path / "again.json")
    assert (tmp_path / "bill.json").read_bytes() == (tmp_path / "again.json").read_bytes()
    written = json.loads((tmp_path / "bill.json").read_text(encoding="utf-8"))
    assert {(part["name"], part["version"]) for part in written["components"]} == {
        ("lxml", "5.4"),
        ("python", "3.11.2"),
    }
    assert written["components"][0]["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]


def test_wheel_and_sdist_are_the_same_whenever_they_are_built(tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from tools.package.__main__ import wheel_and_sdist as w; "
    script += "w(Path(sys.argv[1]), 1750000000)"
    sums = []
    for name in ("first", "second"):
        subprocess.run([sys.executable, "-c", script, str(tmp_path / name)], cwd=ROOT, check=True, capture_output=True)
        files = sorted((tmp_path / name).iterdir())
        sums.append([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files])
    assert len(sums[0]) == 2
    assert sums[0] == sums[1]


def test_the_recorders_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    unit = (ROOT / "packaging" / RECORDER_UNIT).read_text(encoding="utf-8")
    (command,) = (line for line in unit.splitlines() if line.startswith("ExecStart="))
    given = command.removeprefix("ExecStart=/usr/bin/clacks-monitor ").replace("$OPTIONS", "").split()
    args = build_parser().parse_args(given)
    assert (args.command, args.store, args.urls) == ("record", Path("$STORE"), ["$URLS"])
    for line in ("DynamicUser=yes", "ProtectSystem=strict", "Type=notify", "WatchdogSec=60", "NoNewPrivileges=yes"):
        assert line in unit.splitlines()
    if (verify := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd is not installed")
    copy = tmp_path / RECORDER_UNIT.replace("@", "@x")
    copy.write_text(unit.replace("/usr/bin/clacks-monitor", sys.executable), encoding="utf-8")
    done = subprocess.run([verify, "verify", "--man=no", str(copy)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
