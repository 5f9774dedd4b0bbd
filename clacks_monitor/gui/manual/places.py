"""Where the manual explains a part of the window: by the name of the class of the widget that has the focus.

Data, and the search for the nearest widget that is named. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

CONTENTS = "index.md"
PLACES = {
    "AlertPage": "profiles.md#alerts",
    "ArchiveDialog": "archive.md#using-one",
    "BoardView": "boards.md",
    "BrokerPane": "watching.md#the-broker-page",
    "BurstPane": "compose.md#bursts-and-scenarios",
    "ChartsView": "statistics.md#charts",
    "ChipBar": "watching.md#chips",
    "ColumnDialog": "statistics.md#columns",
    "ComputedColumnDialog": "statistics.md#columns",
    "CommandPalette": "menus.md",
    "ComposeWindow": "compose.md",
    "ConfirmDialog": "security.md#production",
    "ConnectionDialog": "brokers.md#the-url",
    "ConnectionsManager": "brokers.md",
    "DetailPane": "filters.md#a-value",
    "DifferenceDialog": "captures.md#look-around",
    "EffectsPane": "compose.md#effects",
    "EmptyState": "first-steps.md",
    "EventTable": "captures.md#look-around",
    "ExportDialog": "captures.md#export-and-import",
    "FilterBar": "filters.md",
    "FilterEditor": "filter-cheat-sheet.md",
    "FilterTestsPage": "profiles.md#tests",
    "FindBar": "captures.md#look-around",
    "FormView": "compose.md#the-form",
    "HistoryPane": "compose.md#the-result",
    "LimitsDialog": "captures.md#limit",
    "MatchResultsTab": "filters.md#two-places-for-a-filter",
    "MergeDialog": "captures.md#merge-split-recover",
    "MomentDialog": "ten-tasks.md#8-open-yesterdays-capture",
    "OutageBanner": "watching.md#no-connection",
    "PasswordPrompt": "security.md#passwords",
    "PreferencesDialog": "preferences.md",
    "ProblemsPane": "compose.md#problems",
    "ProfileDialog": "profiles.md#make-one",
    "ProfilesView": "profiles.md",
    "QuestionDialog": "questions.md#in-the-window",
    "QuestionsWindow": "questions.md#in-the-window",
    "RecoveryDialog": "captures.md#merge-split-recover",
    "ReplayBar": "replay.md",
    "ReplayDialog": "replay.md",
    "SaveDialog": "profiles.md#make-one",
    "ShortcutsDialog": "menus.md",
    "StatisticsPane": "statistics.md",
    "TemplateDialog": "compose.md#templates",
    "TemplatesPane": "compose.md#templates",
    "TextViewer": "captures.md#look-around",
    "SpansPane": "boards.md#spans",
    "WebhookPage": "alert-commands.md#webhooks",
    "Timeline": "statistics.md#timeline",
    "TypesView": "filters.md#one-event-type",
    "XmlPane": "compose.md#the-form",
}


def place_of(widget: QWidget | None) -> str:
    """Return the place in the manual for a widget: that of the nearest one around it that has a place."""
    while widget is not None:
        place = PLACES.get(type(widget).__name__)
        if place:
            return place
        widget = widget.parentWidget()
    return CONTENTS
