"""The lock: it holds what pyproject.toml asks for, with hashes and without hosts; and every licence is listed."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from types import ModuleType

    from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("build", "run", "dev", "docs")
_ENTRY = re.compile(r"(?P<requirement>[^\s#][^\\\n]*?) \\\n(?P<hashes>(?:    --hash=[^\n]+\n?)+)")


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def _locked(name: str) -> dict[str, Requirement]:
    found = [Requirement(match["requirement"]) for match in _ENTRY.finditer(_text(name))]
    assert len({requirement.name for requirement in found}) == len(found)
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def _asked(name: str) -> list[Requirement]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if name == "build":
        lines = (ROOT / "requirements" / "build.in").read_text(encoding="utf-8").splitlines()
        wanted = [line.partition("#")[0].strip() for line in lines]
        return [Requirement(text) for text in [*filter(None, wanted), *project["build-system"]["requires"]]]
    extras = project["project"]["optional-dependencies"]
    named = {
        "run": ("gui", "archive"),
        "dev": ("gui", "archive", "test", "dev", "package"),
        "docs": ("gui", "archive", "docs"),
    }[name]
    more = [text for extra in named for text in extras[extra]]
    return [Requirement(text) for text in [*project["project"]["dependencies"], *more]]


def _version(requirement: Requirement) -> str:
    (pin,) = requirement.specifier
    assert pin.operator == "=="
    return pin.version


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_asked_for_is_locked(name: str) -> None:
    locked = _locked(name)
    for requirement in _asked(name):
        found = locked.get(canonicalize_name(requirement.name))
        assert found is not None, f"make lock: {requirement.name} is not in requirements/{name}.txt"
        assert requirement.specifier.contains(_version(found)), f"make lock: {requirement}, {found}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_is_a_version_with_hashes_and_no_host_is_named(name: str) -> None:
    text = _text(name)
    entries = list(_ENTRY.finditer(text))
    assert entries
    for entry in entries:
        hashes = entry["hashes"].split("--hash=")[1:]
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64} ?\\?\s*", found) for found in hashes), entry["requirement"]
    left = _ENTRY.sub("", text)
    assert all(line.startswith("#") or not line for line in left.splitlines()), left
    assert "://" not in text
    assert "index" not in text


def test_the_locks_agree_with_each_other() -> None:
    locks = [_locked(name) for name in LOCKS]
    _build, run, dev, docs = locks
    assert run.keys() <= dev.keys()
    assert run.keys() <= docs.keys()
    for one, other in combinations(locks, 2):
        for package in one.keys() & other.keys():
            assert _version(one[package]) == _version(other[package]), package


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_what_is_asked_for_is_installed_on_every_python_and_machine(python: str, machine: str) -> None:
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "platform_machine": machine,
        "sys_platform": "linux",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    for name in LOCKS:
        for requirement in _asked(name):
            marker: Marker | None = _locked(name)[canonicalize_name(requirement.name)].marker
            assert marker is None or marker.evaluate(environment), requirement.name


def test_every_package_is_listed_with_its_licence() -> None:
    tool = _tool("licences")
    listed = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", tool.TARGET.read_text(encoding="utf-8"), re.MULTILINE)
    rows = {package: version for package, version, _licence in listed if package not in {"package", "---"}}
    assert rows == {**tool.locked("build"), **tool.locked("dev"), **tool.locked("docs")}, "make lock"
    assert all(licence.strip() for _package, _version, licence in listed)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="a later Python needs fewer packages than are listed")
def test_the_list_of_licences_is_what_the_packages_say() -> None:
    tool = _tool("licences")
    try:
        page = tool.page()
    except LookupError as error:
        pytest.skip(f"not installed as locked: {error}")
    assert tool.TARGET.read_text(encoding="utf-8") == page
