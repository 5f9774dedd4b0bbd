"""Small files of the user: profiles, settings, secrets, templates, boards, consent, what was sent."""

from __future__ import annotations

from clacks_monitor.config.boards import read_boards
from clacks_monitor.config.commands import Looked, LookedFile, look, working_folder
from clacks_monitor.config.consent import Consents
from clacks_monitor.config.profiles import ProfileError, Profiles
from clacks_monitor.config.saving import Saver
from clacks_monitor.config.secrets import KeptIn, Secrets
from clacks_monitor.config.sent_log import History, Sent
from clacks_monitor.config.settings import Connections, Preferences, Settings, connection_values
from clacks_monitor.config.templates import Template, TemplateError, Templates
from clacks_monitor.config.user_folders import prepare, release

__all__ = [
    "Connections",
    "Consents",
    "History",
    "KeptIn",
    "Looked",
    "LookedFile",
    "Preferences",
    "ProfileError",
    "Profiles",
    "Saver",
    "Secrets",
    "Sent",
    "Settings",
    "Template",
    "TemplateError",
    "Templates",
    "connection_values",
    "look",
    "prepare",
    "read_boards",
    "release",
    "working_folder",
]
