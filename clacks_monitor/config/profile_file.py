"""A profile as JSON values: validated when read, migrated from older formats. Pure; any thread.

The file is untrusted. A command in it is not run, and a webhook in it not posted to, without consent; its filter tests
are events that are only filtered.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.columns import column_from
from clacks_monitor.core.files import Schema
from clacks_monitor.core.profile import PAUSE_S, Alert, Expected, FilterTest, Profile
from clacks_monitor.core.records import body_of, body_record, properties_of, properties_record
from clacks_monitor.core.webhook import MAX_URL, NO_WEBHOOK, Webhook, WebhookContent

if TYPE_CHECKING:
    from clacks_monitor.core.files import Document, Fields

MAX_FILTER_TESTS = 200
MAX_FILTER_TEST_BYTES = 1024 * 1024
"""Of all filter tests of a profile: with every character escaped the file stays below what is read of one."""
MAX_ARGUMENTS = 100
_LONGEST_S = 30 * 86_400.0
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _from_1(document: Document) -> Document:
    """Format 1 had a flag: a notification whenever an event matches."""
    flag = document.get("alert", False)
    if not isinstance(flag, bool):
        raise TypeError('"alert" must be true or false')
    return {**document, "alert": {"on_match": True, "tray": True} if flag else {}}


SCHEMA = Schema("clacks-monitor profile", 2, {1: _from_1})


def profile_from(fields: Fields) -> Profile:
    """Return the profile that a checked document holds. Raises DocumentError."""
    identity = fields.text("id", "", limit=64) or uuid.uuid4().hex
    if not _ID.fullmatch(identity):
        raise fields.error("id", "made of letters, digits, - and _")
    alert = fields.inner("alert")
    tests = tuple(_filter_test_from(test) for test in fields.items("samples", limit=MAX_FILTER_TESTS))
    if sum(len(test.body) for test in tests) > MAX_FILTER_TEST_BYTES:
        raise fields.error("samples", f"samples of at most {MAX_FILTER_TEST_BYTES:,} bytes in all")
    return Profile(
        name=fields.name(),
        query=fields.text("query", ""),
        description=fields.text("description", "", limit=10_000),
        colour=fields.choice("colour", COLOURS, "none"),
        active=fields.flag("active"),
        alert=Alert() if alert is None else _alert_from(alert),
        # A column that a later version added is left out, not an error: the profile is still of use.
        columns=tuple(c for c in dict.fromkeys(fields.texts("columns", limit=100, length=2000)) if column_from(c)),
        filter_tests=tests,
        order=fields.integer("order", low=-(2**31), high=2**31),
        id=identity,
    )


def _alert_from(fields: Fields) -> Alert:
    command = fields.texts("command", limit=MAX_ARGUMENTS, length=10_000)
    if any("\0" in argument for argument in command) or (command and not command[0].strip()):
        raise fields.error("command", "a program and its arguments")
    return Alert(
        on_match=fields.flag("on_match"),
        absence_s=fields.number("absence_s", 0.0, low=0.0, high=_LONGEST_S),
        tray=fields.flag("tray"),
        sound=fields.flag("sound"),
        command=command,
        webhook=_webhook_from(fields.inner("webhook")),
        pause_s=fields.number("pause_s", PAUSE_S, low=1.0, high=_LONGEST_S),
    )


def _webhook_from(fields: Fields | None) -> Webhook:
    if fields is None:
        return NO_WEBHOOK
    content = WebhookContent(fields.choice("content", list(WebhookContent), WebhookContent.JSON.value))
    return Webhook(fields.text("url", "", limit=MAX_URL), content)


def _filter_test_from(fields: Fields) -> FilterTest:
    expected = Expected(fields.choice("expected", list(Expected), ""))
    return FilterTest(fields.name(), body_of(fields), expected, properties_of(fields))


def profile_values(profile: Profile) -> dict[str, object]:
    """Return what a profile's file holds, in the order it is written."""
    return {
        "id": profile.id,
        "name": profile.name,
        "description": profile.description,
        "query": profile.query,
        "colour": profile.colour,
        "active": profile.active,
        "alert": _alert_values(profile.alert),
        "columns": list(profile.columns),
        "samples": [_filter_test_values(test) for test in profile.filter_tests],
        "order": profile.order,
    }


def _alert_values(alert: Alert) -> dict[str, object]:
    values: dict[str, object] = {
        "on_match": alert.on_match,
        "absence_s": alert.absence_s,
        "tray": alert.tray,
        "sound": alert.sound,
        "command": list(alert.command),
        "pause_s": alert.pause_s,
    }
    if alert.webhook != NO_WEBHOOK:
        values["webhook"] = {"url": alert.webhook.url, "content": alert.webhook.content.value}
    return values


def _filter_test_values(test: FilterTest) -> dict[str, Any]:
    values: dict[str, Any] = {"name": test.name, "expected": test.expected.value, **body_record(test.body)}
    if test.properties:
        values["properties"] = properties_record(test.properties)
    return values
