"""How many examples a property test tries: few by default, many with HYPOTHESIS_PROFILE=deep."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


def effort(examples: int, *, deep: int = 50, fixed: bool = False) -> settings:
    """Return settings for so many examples, `deep` times as many in the deep profile.

    `fixed`: the same examples each time unless deep, for tests whose other side has mistakes of its own.
    """
    return settings(
        derandomize=fixed and not DEEP,
        max_examples=examples * (deep if DEEP else 1),
        deadline=None,  # the machine may be busy with other things
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
