"""Print why no bare system can be made here, nothing when one can; make the base of Debian 13 for those to come."""

from __future__ import annotations

import subprocess
import sys

from tests.bare.system import base, missing


def why_not() -> str:
    """Return the reason, "" when there is none."""
    reason = missing()
    if reason:
        return reason
    try:
        base("trixie")
    except (LookupError, OSError, subprocess.CalledProcessError) as error:
        return f"its base cannot be made: {error}"
    return ""


if __name__ == "__main__":
    sys.stdout.write(why_not())
