"""The wheel carries everything the program reads: built, installed elsewhere, every asset read from there."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

READ_EVERYTHING = """
import sys
from clacks_monitor import assets
assert "site-packages" in str(assets.ROOT), assets.ROOT
for folder in assets.FOLDERS:
    for path in sorted(assets.folder(folder).rglob("*")):
        if path.is_file():
            parts = path.relative_to(assets.ROOT).parts
            print("/".join(parts), len(assets.path(*parts).read_bytes()))
"""


def run(*arguments: str, cwd: Path) -> str:
    done = subprocess.run(arguments, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_asset_can_be_read_from_an_installed_wheel(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), ".", cwd=ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = str(tmp_path / "env" / "bin" / "python")
    run(python, "-m", "pip", "install", "--quiet", "--no-compile", "--no-deps", "--no-index", str(wheel), cwd=tmp_path)
    listed = dict(line.rsplit(" ", 1) for line in run(python, "-c", READ_EVERYTHING, cwd=tmp_path).splitlines())
    expected = {
        str(path.relative_to(ROOT)): str(path.stat().st_size)
        for folder in ("schemas", "resources", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert listed == expected
    assert len([name for name in listed if name.startswith("schemas/")]) >= 12
