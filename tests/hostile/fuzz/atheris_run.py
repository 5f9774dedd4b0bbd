"""One target in the hands of Atheris (libFuzzer); see __main__.py. Arguments: the target, then libFuzzer's own."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["clacks_monitor"]):
    from tests.hostile.fuzz.targets import targets


def main() -> None:
    """Fuzz until libFuzzer's limits are reached or an input fails."""
    name = sys.argv.pop(1)
    target = targets()[name]
    atheris.Setup(sys.argv, target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
