"""A command of an alert runs on this computer once exactly it is allowed, until it is forbidden."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ConsentStore
from clacks_monitor.core.profile import Profile
from clacks_monitor.session.notices import Notice, Trouble
from clacks_monitor.session.profiles.alert_consents import AlertConsents

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def told() -> list[Notice]:
    return []


@pytest.fixture
def consents(tmp_path: Path, told: list[Notice]) -> AlertConsents:
    return AlertConsents(ConsentStore(tmp_path / "consents"), told.extend)


def test_a_command_may_run_once_it_is_allowed_until_it_is_forbidden(consents: AlertConsents) -> None:
    profile, other = Profile("A"), Profile("B")
    looked = consents.look([sys.executable, "-c", "pass"])
    assert consents.why_not(profile, looked) == "Not allowed on this computer yet."
    assert consents.allow(profile, looked) == ""
    assert consents.why_not(profile, looked) == ""
    assert consents.why_not(other, looked) != ""
    assert consents.forbid(profile) == ""
    assert consents.why_not(profile, looked) != ""


def test_a_consent_to_what_has_changed_while_it_was_looked_at_is_withdrawn(
    consents: AlertConsents, told: list[Notice], tmp_path: Path
) -> None:
    script = tmp_path / "script"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    looked = consents.look([str(script)])
    script.write_text("#!/bin/sh\nrm -rf /\n")
    profile = Profile("A")
    assert consents.allow(profile, looked) == ""
    (trouble,) = told
    assert isinstance(trouble, Trouble)
    assert trouble.text == "The command was not allowed: its files changed during the review."
    assert consents.why_not(profile, looked) == "Not allowed on this computer yet."


def test_a_consent_that_cannot_be_kept_is_said(consents: AlertConsents, tmp_path: Path) -> None:
    (tmp_path / "consents").touch()
    profile = Profile("A")
    assert consents.allow(profile, consents.look([sys.executable])) != ""
    looked = consents.look(["/nonexistent/program"])
    assert consents.allow(profile, looked) == looked.problem != ""
