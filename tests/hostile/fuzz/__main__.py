"""python -m tests.hostile.fuzz: try inputs for long, with Atheris where it is installed, else with hypothesis."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time
from pathlib import Path

from tests.hostile.fuzz.targets import LONGEST, targets

KEPT = Path("build/fuzz")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", default=list(targets()), help=f"of {', '.join(targets())} (default: all)")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default: 60)")
    parser.add_argument("--engine", choices=("atheris", "hypothesis"), help="default: Atheris where it is installed")
    return parser


def _with_hypothesis(name: str, seconds: int) -> bytes | None:
    """Try inputs for some seconds; return the first that fails."""
    from hypothesis import HealthCheck, given, settings

    from tests.hostile.fuzz.mutations import mutated

    target, end, failed = targets()[name], time.monotonic() + seconds, list[bytes]()

    @settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(mutated(target.seeds))
    def attack(data: bytes) -> None:
        try:
            target.check(data)
        except Exception:
            failed.append(data)
            raise

    while time.monotonic() < end:
        try:
            attack()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            sys.stderr.write(f"{name}: {type(error).__name__}: {error}\n")
            return failed[-1]
    return None


def _with_atheris(name: str, seconds: int) -> bytes | None:
    """Try inputs for some seconds in a process of their own; return the one that fails."""
    place = KEPT / name
    seeds = place / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(targets()[name].seeds):
        (seeds / f"seed-{number}").write_bytes(seed)
    before = set(place.glob("found-*"))
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=2000"]
    where = [f"-artifact_prefix={place}/found-", "-print_final_stats=1", str(seeds)]
    subprocess.run([sys.executable, "-m", "tests.hostile.fuzz.atheris_run", name, *limits, *where], check=False)
    new = set(place.glob("found-*")) - before
    return next(iter(new)).read_bytes() if new else None


def main() -> int:
    """Fuzz each target; the exit status is 1 when one failed."""
    options = _parser().parse_args()
    engine = options.engine or ("atheris" if importlib.util.find_spec("atheris") else "hypothesis")
    failed = False
    for name in options.targets:
        sys.stdout.write(f"{name}: {options.seconds} s with {engine}\n")
        sys.stdout.flush()
        found = (_with_atheris if engine == "atheris" else _with_hypothesis)(name, options.seconds)
        if found is not None:
            failed = True
            sys.stdout.write(f'{name} fails; for found.py: "{name}": [{found!r}]\n')
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
