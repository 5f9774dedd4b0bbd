"""What tests have a confined child do."""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import Any

from clacks_monitor.core.confined import out_of_memory, serve


def _answer(request: tuple[Any, ...]) -> Any:
    kind, *arguments = request
    if kind == "echo":
        return arguments
    if kind == "spin":
        while True:
            pass
    if kind == "fill":
        return len(bytearray(arguments[0]))
    if kind == "full":
        kept = [bytearray(1 << 20) for _ in range(arguments[0])]
        return len(kept), out_of_memory()
    if kind == "end":
        os._exit(3)
    if kind == "print":
        sys.stdout.write("between the frames")
        sys.stdout.flush()
        os.write(1, b"between the frames")
        return True
    return {
        "limits": [resource.getrlimit(which) for which in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE)],
        "memory": resource.getrlimit(resource.RLIMIT_AS),
        "interrupt ignored": signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
        "recursion": sys.getrecursionlimit(),
        "alarm": signal.getitimer(signal.ITIMER_PROF)[0],
        "session": os.getsid(0) == os.getpid(),
    }


def main(memory: int) -> None:
    """Serve."""
    serve(memory, _answer)
