"""Runs cases in worker processes (worker.py), ends those that hang or grow, and gathers what came of each step.

    results = list(run("message", ["message/names/type of 49,000"], folder=tmp_path))

A step that takes longer than ``patience_s`` counts as a stall of that length, with the place where the process was
found; the case's other steps are left out, and the next case gets a new process. Thread: the caller's.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tests.helpers.scripted_peer import scripted_peer
from tests.hostile import cases
from tests.hostile.bait import Bait
from tests.hostile.corpus.brokers import brokers
from tests.hostile.meter import BAR_MS, MAX_GROWTH_MB, NO_STALL, Stall, places

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
CLOSING_S = 1.0
NOISE = 5
"""Times the bar: work beyond that is not measured again."""
REPEATS = 3
TOGETHER = 12
"""Cases that share a program."""
ADDRESS_SPACE = 6_000_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one step of a case. ``seconds`` is told of closing only; ``died`` says how the process ended."""

    case: str
    step: str
    stall: Stall = NO_STALL
    growth_mb: float = 0.0
    opened: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    seconds: float = 0.0
    died: str = ""

    @property
    def failures(self) -> list[str]:
        """What of it is beyond the bars, in words."""
        found = []
        if not self.case:
            return [*self.errors, self.died] if self.died else list(self.errors)  # a good program starts
        if self.stall.net_ms > BAR_MS:
            found.append(f"stalls {self.stall}")
        if self.growth_mb > MAX_GROWTH_MB:
            found.append(f"takes {self.growth_mb:,.0f} MB")
        if self.seconds > CLOSING_S:
            found.append(f"takes {self.seconds:.1f} s")
        found += [f"opens {name}" for name in self.opened]
        found += [f"raises {error}" for error in self.errors]
        return [*found, self.died] if self.died else found

    @property
    def may_be_noise(self) -> bool:
        """Whether a busy machine could have made it fail: by nothing but a stall or a closing a little too long.

        A stall of any length may be the machine's where the window's thread did not work meanwhile: it slept, as it
        does when the whole machine stands still, or for a lock - then it does so each time.
        """
        slept = self.stall.cpu_ms <= BAR_MS
        little = (slept or self.stall.net_ms <= NOISE * BAR_MS) and self.seconds <= NOISE * CLOSING_S
        return little and not (self.opened or self.errors or self.died or self.growth_mb > MAX_GROWTH_MB)

    def values(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {**asdict(self), "failures": self.failures}


@dataclass(slots=True)
class _Run:
    """One worker process and what it has said."""

    process: subprocess.Popen[str]
    step: tuple[str, str] = ("", "start")
    finished: list[str] = field(default_factory=list)


def best(
    kind: str, keys: Sequence[str], *, folder: Path, seed: int = 1, patience_s: float = PATIENCE_S
) -> Iterator[tuple[str, list[Result]]]:
    """Run cases, and those again that a busy machine may have made fail; yields each with the best of its steps."""
    size = TOGETHER if kind in cases.TOGETHER else 1
    for start in range(0, len(keys), size):
        found: dict[str, list[Result]] = {}
        waiting = list(keys[start : start + size])
        for _ in range(REPEATS):
            for case, results in groupby(
                run(kind, waiting, folder=folder, seed=seed, patience_s=patience_s), key=lambda result: result.case
            ):
                found[case] = better(found.get(case), list(results))
            waiting = [case for case in waiting if again(found.get(case, []))]
            if not waiting:
                break
        yield from found.items()


def again(results: Sequence[Result]) -> bool:
    """Whether a case failed, and by no more than a busy machine can be blamed for."""
    failed = [result for result in results if result.failures]
    return bool(failed) and all(result.may_be_noise for result in failed)


def better(before: list[Result] | None, now: list[Result]) -> list[Result]:
    """Return the better result of each step of two runs."""
    if before is None or [result.step for result in before] != [result.step for result in now]:
        return now
    return [
        min(pair, key=lambda result: (len(result.failures), result.stall.net_ms, result.seconds))
        for pair in zip(before, now, strict=True)
    ]


def run(
    kind: str, keys: Sequence[str], *, folder: Path, seed: int = 1, patience_s: float = PATIENCE_S
) -> Iterator[Result]:
    """Run cases of one kind; yields the result of each step."""
    waiting = list(keys)
    size = len(waiting) if kind in cases.TOGETHER else 1
    while waiting:
        place = Path(tempfile.mkdtemp(dir=folder))
        try:
            with Bait(place / "bait") as bait:
                done = yield from _run(kind, waiting[:size], place, bait, seed, patience_s)
        finally:
            shutil.rmtree(place, ignore_errors=True)
        waiting = [key for key in waiting if key not in done]


def _run(
    kind: str, keys: Sequence[str], place: Path, bait: Bait, seed: int, patience_s: float
) -> Generator[Result, None, list[str]]:
    """Run cases in one process as far as it gets; return those that need no other one."""
    with contextlib.ExitStack() as opened:
        said = opened.enter_context((place / "stderr").open("w+b"))
        port = opened.enter_context(_broker(keys[0], bait, seed)) if kind == "broker" else 0
        job = {
            "kind": kind,
            "keys": list(keys),
            "seed": seed,
            "lures": asdict(bait.lures),
            "folder": str(place),
            "port": port,
        }
        run = _Run(_start(place, said))
        assert run.process.stdin is not None
        run.process.stdin.write(json.dumps(job) + "\n")
        run.process.stdin.flush()
        try:
            yield from _results(run, bait, patience_s, place)
        finally:
            _end(run.process)
    case = run.step[0]
    return [*run.finished, case] if case else (run.finished or list(keys[:1]))


def _broker(key: str, bait: Bait, seed: int) -> contextlib.AbstractContextManager[int]:
    """Return the broker of a case, as a context manager that gives its port."""
    script = next(case.script for case in brokers(bait.lures, seed) if case.key == key)
    return scripted_peer(script)


def _start(place: Path, said: IO[bytes]) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        **{f"XDG_{name}_HOME": str(place / "xdg" / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
        "HOME": str(place),
        "TMPDIR": str(place),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        text=True,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE)),  # noqa: PLW1509 - nothing else of this process has a lock then
    )


def _end(process: subprocess.Popen[str]) -> None:
    """End the process and those that it has started: they are one session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def _results(run: _Run, bait: Bait, patience_s: float, place: Path) -> Iterator[Result]:
    began = time.monotonic()
    for line in _lines(run.process, patience_s):
        opened = tuple(bait.opened())
        if line is None:
            stall = Stall((time.monotonic() - began) * 1000, where=_found_in(place / "tracebacks"))
            ended = run.process.poll()
            died = "does not come to an end" if ended is None else f"ends the process: {_why(ended, place)}"
            yield Result(*run.step, stall if ended is None else NO_STALL, opened=opened, died=died)
            return
        said: dict[str, Any] = json.loads(line)
        began = time.monotonic()
        if said["event"] == "begin":
            run.step = (said["case"], said["step"])
        elif said["event"] == "done":
            run.finished.append(said["case"])
            run.step = ("", "")
        elif said["event"] == "closed":
            yield Result(*run.step, opened=opened, seconds=said["seconds"], errors=tuple(said["errors"]))
            return
        else:
            stall = Stall(**said["stall"])
            yield Result(*run.step, stall, said["growth_mb"], opened, tuple(said["errors"]))


def _lines(process: subprocess.Popen[str], patience_s: float) -> Iterator[str | None]:
    """Yield what the process says, line by line; None, and no more, when it says nothing for too long or has ended."""
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(patience_s):
            piece = os.read(process.stdout.fileno(), 65536)
            if not piece:
                process.wait()
                break
            *lines, waiting = (waiting + piece).split(b"\n")
            yield from (line.decode() for line in lines)
    yield None


def _found_in(log: Path) -> tuple[str, ...]:
    return places(log.read_text(encoding="utf-8", errors="replace")) if log.exists() else ()


def _why(status: int, place: Path) -> str:
    """Return how a process ended: where, when it was a crash, and the last that it wrote."""
    text = (place / "stderr").read_text(encoding="utf-8", errors="replace").strip()
    crash, found = text.rfind("Fatal Python error"), places(text)
    where = f"; {text[crash:].splitlines()[0]} in {[*found, '?'][0]}" if crash >= 0 else ""
    return f"status {status}{where}; {text.splitlines()[-1][:200] if text else ''}"
