"""Consents on disk: broken files, odd keys, and what stands for this machine."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ConsentStore, consent, look
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.webhook import Webhook, WebhookContent

if TYPE_CHECKING:
    from pathlib import Path

TRUE = look(("true",))
NEVER = "Not allowed on this computer yet."
ELSEWHERE = "Allowed by another user or on another computer only."


@pytest.fixture
def consents(tmp_path: Path) -> ConsentStore:
    return ConsentStore(tmp_path / "state")


def test_nothing_is_allowed_at_first_and_nothing_is_written(tmp_path: Path, consents: ConsentStore) -> None:
    assert consents.missing("p", TRUE) == NEVER
    assert not consents.known("p", ("true",))
    consents.withdraw("p")
    assert list(tmp_path.iterdir()) == []


def test_what_was_allowed_is_known_until_it_is_withdrawn(consents: ConsentStore) -> None:
    consents.allow("p", TRUE)
    consents.allow("q", TRUE)
    assert consents.missing("p", TRUE) == ""
    assert consents.known("p", ["true"])
    assert not consents.known("p", ["true", "x"])
    assert consents.missing("p", look(("true", "x"))) == "A different command was allowed."
    consents.withdraw("p")
    assert (consents.missing("p", TRUE), consents.missing("q", TRUE)) == (NEVER, "")


def test_what_cannot_be_judged_is_not_allowed(consents: ConsentStore) -> None:
    nothing = look(())
    assert consents.missing("p", nothing) == nothing.problem != ""
    with pytest.raises(StorageError, match="No command given"):
        consents.allow("p", nothing)


@pytest.mark.parametrize("content", ["no JSON", '{"kind": "another"}'])
def test_a_broken_file_allows_nothing_and_is_set_aside_by_the_next_consent(
    tmp_path: Path, consents: ConsentStore, content: str
) -> None:
    consents.allow("p", TRUE)
    file = tmp_path / "state" / "consents.json"
    file.write_text(content)
    assert consents.missing("p", TRUE) == NEVER
    assert not consents.known("p", ("true",))
    assert file.read_text() == content
    consents.allow("q", TRUE)
    assert (consents.missing("p", TRUE), consents.missing("q", TRUE)) == (NEVER, "")
    (aside,) = [found for found in file.parent.iterdir() if ".broken-" in found.name]
    assert aside.read_text() == content


def test_a_record_that_is_none_is_no_consent(tmp_path: Path, consents: ConsentStore) -> None:
    consents.allow("p", TRUE)
    file = tmp_path / "state" / "consents.json"
    text = file.read_text()
    file.write_text('{"kind": "clacks-monitor consents", "format": 1, "consents": {"p": [], "q": {"seal": 5}}}')
    if '"kind": "clacks-monitor consents"' not in text:
        kind = text.split('"kind": "')[1].split('"')[0]
        file.write_text(file.read_text().replace("clacks-monitor consents", kind))
    assert consents.missing("p", TRUE) == NEVER
    assert consents.missing("q", TRUE) == ELSEWHERE


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_seals_nothing_and_is_replaced(
    tmp_path: Path, consents: ConsentStore, size: int
) -> None:
    consents.allow("p", TRUE)
    key = tmp_path / "state" / "consent.key"
    assert len(key.read_bytes()) == 32
    key.write_bytes(b"x" * size)
    assert consents.missing("p", TRUE) == ELSEWHERE
    consents.allow("q", TRUE)
    assert consents.missing("q", TRUE) == ""
    assert len(key.read_bytes()) == 32
    assert [found for found in key.parent.iterdir() if found.name.startswith("consent.key.broken-")]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610, 0o602])
def test_a_key_that_others_can_reach_seals_nothing(tmp_path: Path, consents: ConsentStore, mode: int) -> None:
    consents.allow("p", TRUE)
    (tmp_path / "state" / "consent.key").chmod(mode)
    assert consents.missing("p", TRUE) == ELSEWHERE


def test_another_user_has_other_consents(consents: ConsentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    consents.allow("p", TRUE)
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    assert consents.missing("p", TRUE) == ELSEWHERE


def test_the_machine_is_known_by_its_id_or_else_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    monkeypatch.setattr(consent, "_MACHINE", (first, second))
    assert consent._machine() == platform.node()
    second.write_text(" second \n")
    assert consent._machine() == "second"
    first.write_text("\n")
    assert consent._machine() == "second"
    first.write_text("first")
    assert consent._machine() == "first"


HOOK = Webhook("https://chat.example/hooks/1")


def test_a_webhook_is_allowed_by_its_url_and_content_apart_from_commands(tmp_path: Path) -> None:
    consents = ConsentStore(tmp_path)
    assert consents.missing_webhook("p", HOOK) == NEVER
    consents.withdraw_webhook("p")
    consents.allow_webhook("p", HOOK)
    consents.allow("p", TRUE)
    again = ConsentStore(tmp_path)
    assert (again.missing_webhook("p", HOOK), again.missing("p", TRUE)) == ("", "")
    assert again.missing_webhook("q", HOOK) == NEVER
    for other in (Webhook(HOOK.url + "2"), Webhook(HOOK.url, WebhookContent.XML)):
        assert again.missing_webhook("p", other) == "A different URL was allowed."
    again.withdraw("p")
    assert (again.missing_webhook("p", HOOK), again.missing("p", TRUE)) == ("", NEVER)
    again.withdraw_webhook("p")
    assert again.missing_webhook("p", HOOK) == NEVER


def test_a_consent_to_a_webhook_is_valid_on_its_machine_and_for_its_profile_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    consents = ConsentStore(tmp_path)
    consents.allow_webhook("p", HOOK)
    file = tmp_path / "consents.json"
    text = file.read_text()
    file.write_text(text.replace("hooks/1", "hooks/2"))
    assert consents.missing_webhook("p", Webhook("https://chat.example/hooks/2")) == ELSEWHERE
    file.write_text(text.replace("p/webhook", "q/webhook"))
    assert consents.missing_webhook("q", HOOK) == ELSEWHERE
    file.write_text(text)
    assert consents.missing_webhook("p", HOOK) == ""
    monkeypatch.setattr(consent, "_machine", lambda: "another")
    assert consents.missing_webhook("p", HOOK) == ELSEWHERE
