"""The process that is attacked: opens the program, takes cases one by one, and says how each step went.

Standard input: one JSON object, the job: kind, keys, seed, lures, folder. Standard output: a line for each thing that
happens, so that the driver knows what was under way when it has to end this process.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tests.hostile import cases
from tests.hostile.bait import Lures
from tests.hostile.program import Program

if TYPE_CHECKING:
    from tests.hostile.cases import Case


class Worker:
    """Runs the cases of one job."""

    def __init__(self, job: dict[str, object], say: IO[str]) -> None:
        self._say = say
        self._folder = Path(str(job["folder"]))
        self._kind = str(job["kind"])
        self._port = int(str(job["port"]))
        lures = Lures(**job["lures"])  # type: ignore[arg-type]  # as the driver has written it
        found = {case.key: case for case in cases.of(self._kind, lures, int(str(job["seed"])))}
        self._cases: list[Case] = [found[key] for key in job["keys"]]  # type: ignore[attr-defined]  # a list of texts

    def say(self, **values: object) -> None:
        """Write a line to the driver."""
        self._say.write(json.dumps(values) + "\n")
        self._say.flush()

    def run(self) -> None:
        """Run all cases in one program."""
        with (self._folder / "tracebacks").open("w+b", buffering=0) as log:
            program = Program(self._folder, log)
            with program.meter:
                for case in self._cases[:1]:
                    cases.prepare(program, case)
                self._step(program, "", "start", program.open)
                cases.warm_up(program)
                for case in self._cases:
                    self._case(program, case)
                self._close(program)

    def _case(self, program: Program, case: Case) -> None:
        program.errors.clear()
        for name, step in cases.steps(program, case, self._port):
            self._step(program, case.key, name, step)
        self.say(event="done", case=case.key)

    def _step(self, program: Program, key: str, name: str, step: object) -> None:
        self.say(event="begin", case=key, step=name)
        program.memory.start()
        stall = program.measured(step)  # type: ignore[arg-type]  # it is a callable
        growth, errors = program.memory.growth_mb, program.errors[:]
        program.errors.clear()
        self.say(event="end", case=key, step=name, stall=asdict(stall), growth_mb=growth, errors=errors)

    def _close(self, program: Program) -> None:
        key = self._cases[-1].key if self._kind not in cases.TOGETHER else f"{self._kind}s"
        self.say(event="begin", case=key, step="close")
        seconds = program.close()
        self.say(event="closed", case=key, step="close", seconds=seconds, errors=program.errors)


def main() -> None:
    """Run the job of standard input; what else is written goes to standard error."""
    say = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    faulthandler.enable()
    Worker(json.loads(sys.stdin.readline()), say).run()
    say.close()
    os._exit(0)  # nothing of a hostile case decides how long Python takes to let go of it


if __name__ == "__main__":
    main()
