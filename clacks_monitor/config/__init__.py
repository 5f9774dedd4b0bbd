"""Small files of the user: profiles, settings, secrets, templates, boards, consent, what was sent."""

from __future__ import annotations

from clacks_monitor.config.boards import read_boards
from clacks_monitor.config.commands import Looked, LookedFile, look, working_folder
from clacks_monitor.config.connection_record import connection_values
from clacks_monitor.config.consent import ConsentStore
from clacks_monitor.config.profile_file import profile_values
from clacks_monitor.config.profiles import ProfileError, ProfileStore
from clacks_monitor.config.questions import QuestionStore, StoredQuestion
from clacks_monitor.config.saving import Saver
from clacks_monitor.config.secrets import KeptIn, Secrets
from clacks_monitor.config.sent_log import SentEvent, SentLog
from clacks_monitor.config.settings import ConnectionStore, Preferences, SettingsStore
from clacks_monitor.config.templates import Template, TemplateError, TemplateStore
from clacks_monitor.config.user_folders import prepare, release

__all__ = [
    "ConnectionStore",
    "ConsentStore",
    "KeptIn",
    "Looked",
    "LookedFile",
    "Preferences",
    "ProfileError",
    "ProfileStore",
    "QuestionStore",
    "Saver",
    "Secrets",
    "SentEvent",
    "SentLog",
    "SettingsStore",
    "StoredQuestion",
    "Template",
    "TemplateError",
    "TemplateStore",
    "connection_values",
    "look",
    "prepare",
    "profile_values",
    "read_boards",
    "release",
    "working_folder",
]
