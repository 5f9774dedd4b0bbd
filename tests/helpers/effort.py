"""How many examples a property test tries: some by default, HYPOTHESIS_PROFILE=deep for many, =brief for few."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
BRIEF = os.environ.get("HYPOTHESIS_PROFILE") == "brief"
_SAVED = 10
"""How many times fewer examples are enough where not the examples are tested but the system that they run on."""


def few(examples: int) -> int:
    """Return a number of examples, in the brief profile a tenth of it."""
    return max(1, examples // _SAVED) if BRIEF else examples


def effort(examples: int, *, deep: int = 50, fixed: bool = False) -> settings:
    """Return settings for so many examples, `deep` times as many in the deep profile.

    `fixed`: the same examples each time unless deep, for tests whose other side has mistakes of its own; as many in
    the brief profile, because such tests look at how many had which result.
    """
    return settings(
        derandomize=fixed and not DEEP,
        max_examples=examples if fixed and not DEEP else few(examples * (deep if DEEP else 1)),
        deadline=None,  # the machine may be busy with other things
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
