"""Profiles made to harm: refused in a few words, or taken as data; nothing is run, opened, lost or left elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ProfileStore
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.untrusted import one_line
from tests.helpers.hostile_profiles import hostile_profiles
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.core.folders import Folders

HOSTILE = dict(hostile_profiles())
HARMLESS = {"bom", "duplicate keys", "columns", "column paths", "description", "description markup", "200 samples"}
HARMLESS |= {"binary sample", "entities", "expansion", "attributes"}
REFUSED = {"empty", "deep value", "nan", "overflow", "digits", "too large", "million samples", "201 samples", "id path"}
REFUSED |= {"many keys", "large sample", "deep sample", "sample properties"}


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) > 100


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_profile_is_refused_in_words_or_is_data(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "inside" / "profiles"
    ProfileStore(folder).create(Profile("Mine", "true()"))
    dropped = folder / "dropped.json"
    dropped.write_bytes(HOSTILE[name])
    profiles = ProfileStore(folder)
    taken = [profile for profile in profiles.all() if profile.name != "Mine"]
    assert len(taken) + len(profiles.broken) == 1
    if profiles.broken:
        assert name not in HARMLESS
        assert len(one_line(profiles.broken[0].reason)) == len(profiles.broken[0].reason) < 500
        assert str(dropped) in profiles.broken[0].reason
    else:
        assert name not in REFUSED
        assert taken[0].name.isprintable()
        assert profiles.import_file(dropped).active is False
        assert profiles.duplicate(taken[0].id).query == taken[0].query
    profiles.create(Profile("Another"))
    if profiles.broken:
        assert dropped.read_bytes() == HOSTILE[name]
    assert profiles.by_name("Mine") is not None
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]
    assert [path.name for path in (tmp_path / "inside").iterdir()] == ["profiles"]


@pytest.mark.timeout(300)
def test_a_session_goes_on_with_all_of_them(folders: Folders, tmp_path: Path) -> None:
    with running_session(folders) as watched:
        profiles, consents = watched.session.profiles, watched.session.consents
        for number, content in enumerate(HOSTILE.values()):
            file = tmp_path / f"{number}.json"
            file.write_bytes(content)
            made = profiles.import_file(file)
            if isinstance(made, Profile):
                assert made.active is False
                assert profiles.activate([made.id]) == ""
                assert not made.alert.command or consents.why_not(made, consents.look(made.alert.command))
                assert profiles.delete(made.id) == ""
        good = profiles.create(Profile("Good", "true()", active=True))
        assert isinstance(good, Profile)
        watched.settled()
    assert not (tmp_path / "evil").exists()
