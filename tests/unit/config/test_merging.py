"""Three-way merges: theirs, with what we have changed."""

from __future__ import annotations

from dataclasses import replace

from clacks_monitor.config.merging import merged
from clacks_monitor.core.connection import ConnectionSettings

BASE = ConnectionSettings("base", user="u", domain="d")


def test_what_each_has_changed_is_kept_and_ours_goes_first() -> None:
    ours, theirs = replace(BASE, name="ours", user="v"), replace(BASE, name="theirs", domain="e")
    found = merged(BASE, ours, theirs)
    assert found == replace(BASE, name="ours", user="v", domain="e")
    assert merged(BASE, BASE, theirs) == theirs
    assert merged(BASE, ours, BASE) == ours
