"""The cases of every test run: one or a few of each way that has once frozen, filled, run or opened something."""

from __future__ import annotations

SEED = 1
SHORT = (
    "message/attributes/20,000 of one element",
    "message/fields/content_type: img",
    "message/names/namespace: img",
    "message/names/type of 49,000",
    "message/nodes/3,000 unexpected children",
    "message/properties/5,000",
    "message/sizes/5 MB of text",
    "message/values/3,000 lines of hex",
    "message/values/combining",
    "message/floods/20,000 types",
    "capture/trigger named like SQLite's",
    "capture/summary of 5,000,000 letters",
    "capture/last number 2^63-1",
    "capture/tally of unknown types",
    "capture/page/note leads to itself",
    "capture/file: pipe",
    "profile/command: markup",
    "profile/query: endless",
    "schema/24 doubling groups",
    "schema/file: pipe",
    "broker/close: img",
    "broker/hangs up after subscription",
    "broker/repeated open",
)
