"""The fake session must not promise what the real one does not have: names and parameters are compared."""

from __future__ import annotations

import inspect

import pytest

from clacks_monitor.session.boards import Boards
from clacks_monitor.session.captures.archive_opening import ArchiveOpening
from clacks_monitor.session.captures.capture_use import CaptureUse
from clacks_monitor.session.captures.capture_work import CaptureWork
from clacks_monitor.session.captures.following import ArchiveFollowing
from clacks_monitor.session.captures.unsaved_captures import UnsavedCaptures
from clacks_monitor.session.charts import Charts
from clacks_monitor.session.connections import Connections
from clacks_monitor.session.profiles.alert_consents import AlertConsents
from clacks_monitor.session.profiles.profiles import Profiles
from clacks_monitor.session.questions.questions import Questions
from clacks_monitor.session.receiving.counting import Counting
from clacks_monitor.session.restore import RestoreState
from clacks_monitor.session.session import Session
from clacks_monitor.session.view.annotations import Annotations
from clacks_monitor.session.view.filter_counts import FilterCounts
from clacks_monitor.session.view.filtering import Filtering
from clacks_monitor.session.view.query_lab import QueryLab
from clacks_monitor.session.view.rows import Rows
from tests.helpers import fake_session as fake
from tests.helpers.fake_boards import FakeBoards
from tests.helpers.fake_charts import FakeCharts
from tests.helpers.fake_profiles import FakeConsents, FakeProfiles
from tests.helpers.fake_questions import FakeQuestions
from tests.helpers.fake_restore import FakeRestore
from tests.helpers.fake_view import FakeAnnotations, FakeCounts, FakeFiltering, FakeQueryLab, FakeRows
from tests.helpers.fake_work import FakeWork

PAIRS = [
    (FakeFiltering, Filtering, {"refilter", "chosen"}),
    (FakeCounts, FilterCounts, set()),
    (FakeRows, Rows, set()),
    (FakeAnnotations, Annotations, set()),
    (FakeQueryLab, QueryLab, set()),
    (FakeProfiles, Profiles, set()),
    (FakeConsents, AlertConsents, set()),
    (fake.FakeConnections, Connections, {"set_state", "set_peer"}),
    (FakeBoards, Boards, set()),
    (FakeCharts, Charts, set()),
    (FakeQuestions, Questions, {"answer"}),
    (FakeRestore, RestoreState, set()),
    (fake.FakeCapture, CaptureUse, set()),
    (fake.FakeCounting, Counting, set()),
    (fake.FakeArchives, ArchiveOpening, set()),
    (fake.FakeFollowing, ArchiveFollowing, set()),
    (fake.FakeUnsaved, UnsavedCaptures, set()),
    (FakeWork, CaptureWork, {"end"}),
    (fake.FakeSession, Session, {"notify", "push", "push_copy", "push_gap", "add", "connect_office"}),
]


@pytest.mark.parametrize(("pretender", "real", "of_tests"), PAIRS)
def test_the_fake_has_the_methods_of_the_real_one(pretender: type, real: type, of_tests: set[str]) -> None:
    for name, method in inspect.getmembers(pretender, inspect.isfunction):
        if name.startswith("_") or name in of_tests:
            continue
        wanted = getattr(real, name, None)
        assert wanted is not None, f"{real.__name__} has no {name}"
        mine = list(inspect.signature(method).parameters)
        theirs = list(inspect.signature(wanted).parameters)
        assert mine == theirs, f"{real.__name__}.{name}: {theirs}, not {mine}"
