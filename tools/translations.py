"""Brings the window's translations up to date: texts of code and forms into .ts files, .ts files into .qm files.

    python tools/translations.py           update resources/translations/*.ts and *.qm
    python tools/translations.py --check   change nothing; fail when a text is new, untranslated or a .qm is stale

English has a .ts too, for the plural forms: they alone differ from the source.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "de")
NAME = "clacks_monitor"
MESSAGE = "Message"
"""The context of the templates that `core.messages.Message` is called with, as gui/kit/translation.py asks for them."""
SCHEMA = "Schema"
"""The context of the schemas' documentation."""


def sources() -> list[str]:
    """Return every file that may hold a text of the window."""
    gui = ROOT / "clacks_monitor" / "gui"
    modules = [path for path in gui.rglob("*.py") if path.parent != gui / "ui"]
    return [str(path) for path in sorted([*modules, *(ROOT / "ui").glob("*.ui")])]


def templates() -> list[str]:
    """Return every template of `Message` in the packages that know no Qt."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "clacks_monitor").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "core.messages" not in source and path.name != "messages.py":
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
                first = node.args[0]
                if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
                    raise SystemExit(f"{path}, line {node.lineno}: Message() wants its template as a literal")
                found[first.value] = None
    return list(found)


def documentation() -> list[str]:
    """Return every documentation in the schemas that come with the program, as the forms read it."""
    from clacks_monitor.forms.documentation import documentation_in

    files = sorted((ROOT / "schemas").glob("*.xsd"))
    texts = [documentation_in(element) for path in files for element in ET.parse(path).iter()]  # noqa: S314 - own files
    return list(dict.fromkeys(filter(None, texts)))


def tool(name: str) -> str:
    """Return the path of a PySide6 tool in the environment that runs this."""
    return str(Path(sys.executable).parent / name)


def update(folder: Path, language: str) -> Path:
    """Write the texts that there are now into a .ts file, keeping what is translated."""
    ts = folder / f"{NAME}_{language}.ts"
    with tempfile.TemporaryDirectory() as name:
        words = Path(name) / "words.py"
        texts = [(MESSAGE, text) for text in templates()] + [(SCHEMA, text) for text in documentation()]
        calls = (f"QT_TRANSLATE_NOOP({of!r}, {json.dumps(text, ensure_ascii=False)})\n" for of, text in texts)
        words.write_text("".join(calls), encoding="utf-8")
        command = [tool("pyside6-lupdate"), *sources(), str(words), "-ts", str(ts), "-locations", "none"]
        command += ["-no-obsolete", "-source-language", "en", "-target-language", language]
        if language == "en":
            command.append("-pluralonly")
        subprocess.run(command, check=True, capture_output=True, text=True)
    return ts


def release(ts: Path) -> Path:
    """Compile a .ts file."""
    qm = ts.with_suffix(".qm")
    command = [tool("pyside6-lrelease"), "-silent", str(ts), "-qm", str(qm)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return qm


def unfinished(ts: Path) -> list[str]:
    """Return the texts that have no translation."""
    found = []
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314 - a file of this project
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = translation.findall("numerusform") if translation is not None else []
            texts = [form.text for form in forms] or [translation.text if translation is not None else ""]
            if translation is None or translation.get("type") == "unfinished" or not all(texts):
                found.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return found


def _texts(ts: Path) -> set[tuple[str, str]]:
    root = ET.parse(ts).getroot()  # noqa: S314 - as above
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in root.iter("context")
        for message in context.iter("message")
    }


def problems() -> list[str]:
    """Return what is not up to date, in words."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for language in LANGUAGES:
            kept = FOLDER / f"{NAME}_{language}.ts"
            copy = Path(name) / kept.name
            copy.write_bytes(kept.read_bytes())
            update(Path(name), language)
            found += [f"{kept.name}: new or gone: {text}" for text in sorted(_texts(copy) ^ _texts(kept))]
            found += [f"{kept.name}: not translated: {text}" for text in unfinished(kept)]
            copy.write_bytes(kept.read_bytes())
            qm = kept.with_suffix(".qm")
            if not qm.exists() or release(copy).read_bytes() != qm.read_bytes():
                found.append(f"{qm.name}: not made from {kept.name}")
    return found


def main() -> int:
    """Run; the exit status is 1 when something is to be done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, only look")
    if not parser.parse_args().check:
        for language in LANGUAGES:
            release(update(FOLDER, language))
    found = problems()
    for problem in found:
        sys.stderr.write(f"{problem}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
