"""What this process has allocated, exactly: resident memory is too coarse to see a leak of a kilobyte an event."""

from __future__ import annotations

import ctypes
import gc
import sys
from dataclasses import dataclass


class _Mallinfo(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks"),
            *("uordblks", "fordblks", "keepcost"),
        )
    )


_libc = ctypes.CDLL(None)
_libc.mallinfo2.restype = _Mallinfo


@dataclass(frozen=True, slots=True)
class Allocated:
    """``blocks`` of Python's own allocator (objects of up to 512 bytes), and ``heap`` bytes of the C library's."""

    blocks: int
    heap: int

    def __sub__(self, other: Allocated) -> Allocated:
        return Allocated(self.blocks - other.blocks, self.heap - other.heap)


def allocated() -> Allocated:
    """Return what is allocated now, after two passes of the garbage collector."""
    gc.collect()
    gc.collect()
    found = _libc.mallinfo2()
    return Allocated(sys.getallocatedblocks(), int(found.uordblks) + int(found.hblkhd))
