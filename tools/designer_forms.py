"""Compiles the forms of Qt Designer (ui/*.ui) to the modules of clacks_monitor/gui/ui, by pyside6-uic.

    python -m tools.designer_forms           write the modules
    python -m tools.designer_forms --check   change nothing; fail when a module is not what its form compiles to

The modules are committed, so that neither a checkout nor an sdist needs a compiler of forms. What uic writes differs
from them in its header and in the classes that it imports and does not use: importing these takes longer than building
the form.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ROOT / "ui"
MODULES = ROOT / "clacks_monitor" / "gui" / "ui"

_IMPORT = re.compile(r"^from (PySide6\.\w+) import \((.*?)\)\n", re.MULTILINE | re.DOTALL)
_PACKAGE = '"""What the forms of Qt Designer are compiled to; see tools/designer_forms.py."""\n'
_HEADER = '"""ui/{0} as compiled by tools/designer_forms.py: change the form, not this module."""\n\n'


def compiled(form: Path) -> str:
    """Return the module of a form. Raises subprocess.CalledProcessError where uic refuses the form."""
    uic = Path(sys.executable).parent / "pyside6-uic"
    command = [str(uic), "--no-autoconnection", str(form)]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return _HEADER.format(form.name) + _with_used_imports(text[text.index("from PySide6") :])


def _with_used_imports(text: str) -> str:
    body = _IMPORT.sub("", text)

    def used(found: re.Match[str]) -> str:
        names = [name for name in re.split(r"[,\s]+", found[2]) if re.search(rf"\b{name}\b", body)]
        listed = "".join(f"    {name},\n" for name in names)
        return f"from {found[1]} import (\n{listed})\n" if names else ""

    return _IMPORT.sub(used, text)


def modules() -> dict[Path, str]:
    """Return what each file of the package is to contain."""
    made = {MODULES / "__init__.py": _PACKAGE}
    return made | {MODULES / f"ui_{form.stem}.py": compiled(form) for form in sorted(FORMS.glob("*.ui"))}


def stale() -> list[Path]:
    """Return the modules that differ from their forms, or have none."""
    wanted = modules()
    differing = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    return sorted([*differing, *(set(MODULES.glob("*.py")) - set(wanted))])


def write() -> None:
    """Write every module, and delete those whose forms are gone."""
    wanted = modules()
    MODULES.mkdir(exist_ok=True)
    for path in set(MODULES.glob("*.py")) - set(wanted):
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")


def main() -> int:
    """Run; the exit status is 1 when a module is to be compiled again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, only look")
    if not parser.parse_args().check:
        write()
        return 0
    found = stale()
    for path in found:
        print(f"{path.relative_to(ROOT)} is not what its form compiles to: run make forms")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
