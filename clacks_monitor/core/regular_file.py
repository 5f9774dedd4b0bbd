"""Reading files at paths that other users may be able to write to.

A pipe under the expected name would block the caller, a device has no end and may have side effects when it is opened,
and a file may be larger than memory: only regular files are opened, and at most a given number of bytes is read. Any
thread.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NotRegularError", "TooLargeError", "read_regular"]

_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK
_PIECE: Final = 1 << 20


class NotRegularError(OSError):
    """A directory, pipe, socket or device where a file is expected."""


class TooLargeError(OSError):
    """A file that is larger than it may be."""


def read_regular(path: Path, limit: int) -> bytes:
    """Return the content of a regular file of at most ``limit`` bytes.

    Raises NotRegularError, TooLargeError, or OSError as opening and reading do.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):  # beside os.fstat, and without a second Path
        raise NotRegularError(errno.EINVAL, Message("not a regular file"), str(path))
    descriptor = os.open(path, _FLAGS)
    try:
        found = os.fstat(descriptor)  # the name may lead elsewhere by now
        if not stat.S_ISREG(found.st_mode):
            raise NotRegularError(errno.EINVAL, Message("not a regular file"), str(path))
        if found.st_size > limit:
            raise TooLargeError(errno.EFBIG, Message("larger than {0:,} bytes", limit), str(path))
        return _content(descriptor, path, limit)
    finally:
        os.close(descriptor)


def _content(descriptor: int, path: Path, limit: int) -> bytes:
    parts: list[bytes] = []
    left = limit + 1  # the file may grow meanwhile
    while left > 0 and (part := os.read(descriptor, min(left, _PIECE))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise TooLargeError(errno.EFBIG, Message("larger than {0:,} bytes", limit), str(path))
    return b"".join(parts)
