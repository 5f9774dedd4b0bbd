"""The process beside a StallMeter: asks the measured process where it is when its window's thread is late.

It shares a page with that process: the time of the last beat (CLOCK_MONOTONIC, nanoseconds; 0 while nothing is
measured). When the beat is late it sends SIGUSR1, for which the measured process has registered faulthandler: the
traceback is written without the interpreter's lock, so also C code that never lets go of it is named.

Run as a script, without the program's packages: it starts in milliseconds and ends when its standard input closes.
"""

from __future__ import annotations

import mmap
import os
import select
import signal
import struct
import sys
import time

LOOK_S = 0.01
PAGE = mmap.PAGESIZE
SAMPLES = 12
"""Tracebacks of one stall; each is taken when the stall is half as long again as at the one before."""


def main(path: str, pid: int, bar_ns: int) -> None:
    """Watch until standard input closes."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), PAGE, access=mmap.ACCESS_READ) as page:  # noqa: PTH123 - pathlib takes as long to import as the rest
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        last, wanted, taken = 0, bar_ns, 0
        while not select.select([sys.stdin], [], [], LOOK_S)[0]:
            (beat,) = struct.unpack_from("=q", page)
            if beat != last:
                last, wanted, taken = beat, bar_ns, 0
            if beat and taken < SAMPLES and time.monotonic_ns() - beat > wanted:
                wanted, taken = wanted * 3 // 2, taken + 1
                os.kill(pid, signal.SIGUSR1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
