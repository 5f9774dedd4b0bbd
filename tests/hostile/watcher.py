"""The process beside a StallMeter: asks the measured process where it is when its window's thread is late.

It shares a page with that process. There it reads the time of the last beat (CLOCK_MONOTONIC, nanoseconds; 0 while
nothing is measured), and writes how many nanoseconds all threads of that process have waited for a processor so far.
When the beat is late it sends SIGUSR1, for which the measured process has registered faulthandler: the
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

LOOK_S = 0.02
WAITED_AT, LEFT_OUT_AT = 8, 16
"""Where in the page the waiting stands, and a thread whose waiting does not count; the beat stands at 0."""
PAGE = mmap.PAGESIZE
SAMPLES = 12
"""Tracebacks of one stall; each is taken when the stall is half as long again as at the one before."""


def waited(pid: int, known: dict[str, int], left_out: str) -> int:
    """Return the nanoseconds that each thread of a process has waited for a processor, added up; ``known`` keeps them.

    What has ended is still counted.
    """
    for thread in os.listdir(f"/proc/{pid}/task"):  # pathlib takes as long to import as the rest
        try:
            with open(f"/proc/{pid}/task/{thread}/schedstat", "rb") as file:  # as above
                known[thread] = int(file.read().split()[1])
        except OSError:
            continue  # it has ended
    return sum(known.values()) - known.get(left_out, 0)


def main(path: str, pid: int, bar_ns: int) -> None:
    """Watch until standard input closes."""
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), PAGE) as page:  # as above
        last, wanted, taken, known = 0, bar_ns, 0, dict[str, int]()
        struct.pack_into("=q", page, WAITED_AT, waited(pid, known, ""))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while not select.select([sys.stdin], [], [], LOOK_S)[0]:
            (left_out,) = struct.unpack_from("=q", page, LEFT_OUT_AT)
            struct.pack_into("=q", page, WAITED_AT, waited(pid, known, str(left_out)))
            (beat,) = struct.unpack_from("=q", page)
            if beat != last:
                last, wanted, taken = beat, bar_ns, 0
            if beat and taken < SAMPLES and time.monotonic_ns() - beat > wanted:
                wanted, taken = wanted * 3 // 2, taken + 1
                os.kill(pid, signal.SIGUSR1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
