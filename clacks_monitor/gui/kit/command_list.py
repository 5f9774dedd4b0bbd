"""Every command of the window: its name, its place in the menus, its shortcut. Data only; texts are translated on use.

Groups within a menu are divided by a line. ``in_table`` and ``in_profiles`` mark shortcuts that work where the events
or the profiles are only, and leave check boxes, buttons and text fields their keys.
"""

from __future__ import annotations

from typing import NamedTuple

CONTEXT = "Commands"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """Mark a text for the translator and return it as it is; Qt's own function is not typed."""
    del context
    return text


MENUS = (
    ("file", QT_TRANSLATE_NOOP("Commands", "&File")),
    ("edit", QT_TRANSLATE_NOOP("Commands", "&Edit")),
    ("view", QT_TRANSLATE_NOOP("Commands", "&View")),
    ("filter", QT_TRANSLATE_NOOP("Commands", "Fi&lter")),
    ("profiles", QT_TRANSLATE_NOOP("Commands", "&Profiles")),
    ("connection", QT_TRANSLATE_NOOP("Commands", "&Connection")),
    ("event", QT_TRANSLATE_NOOP("Commands", "Eve&nt")),
    ("help", QT_TRANSLATE_NOOP("Commands", "&Help")),
)


class Command(NamedTuple):
    """One command. ``text`` and ``tip`` are English sources for the translator; ``menu`` is a key of MENUS."""

    key: str
    menu: str
    group: int
    text: str
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    in_table: bool = False
    in_profiles: bool = False


COMMANDS = (
    Command("capture.new", "file", 0, QT_TRANSLATE_NOOP("Commands", "&New capture")),
    Command("capture.open", "file", 0, QT_TRANSLATE_NOOP("Commands", "&Open capture…"), "Ctrl+O", "open"),
    Command("capture.look", "file", 0, QT_TRANSLATE_NOOP("Commands", "Open &read-only…"), "", "",
            QT_TRANSLATE_NOOP("Commands", "View a capture, even while another monitor is recording it")),
    Command("archive.open", "file", 0, QT_TRANSLATE_NOOP("Commands", "Open archi&ve…"), "", "",
            QT_TRANSLATE_NOOP("Commands", "View the events that a recorder keeps in a PostgreSQL database")),
    Command("capture.save", "file", 1, QT_TRANSLATE_NOOP("Commands", "&Save capture as…"), "Ctrl+Shift+S", "save"),
    Command("capture.save.shown", "file", 1, QT_TRANSLATE_NOOP("Commands", "Save s&hown events as…")),
    Command("capture.export", "file", 2, QT_TRANSLATE_NOOP("Commands", "&Export…"), "Ctrl+E", "export",
            QT_TRANSLATE_NOOP("Commands", "Write events as XML, JSON lines, CSV or HTML, or copy them")),
    Command("capture.import", "file", 2, QT_TRANSLATE_NOOP("Commands", "&Import…"), "", "import",
            QT_TRANSLATE_NOOP("Commands", "Read an export in XML or JSON lines as a new capture")),
    Command("capture.merge", "file", 3, QT_TRANSLATE_NOOP("Commands", "&Merge captures…")),
    Command("capture.split", "file", 3, QT_TRANSLATE_NOOP("Commands", "S&plit by time…")),
    Command("capture.recover", "file", 3, QT_TRANSLATE_NOOP("Commands", "Re&cover a damaged capture…")),
    Command("replay", "file", 4, QT_TRANSLATE_NOOP("Commands", "Repla&y…"), "", "play",
            QT_TRANSLATE_NOOP("Commands", "Send the events of a capture again or show them in this window")),
    Command("capture.limits", "file", 4, QT_TRANSLATE_NOOP("Commands", "&Limits of the capture…"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Remove the oldest entries by size, age or number")),
    Command("restore", "file", 8, QT_TRANSLATE_NOOP("Commands", "Restore session on s&tart"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Connections, filter, profiles and the event being composed"),
            checkable=True),
    Command("quit", "file", 9, QT_TRANSLATE_NOOP("Commands", "&Quit"), "Ctrl+Q"),
    Command("copy", "edit", 0, QT_TRANSLATE_NOOP("Commands", "&Copy rows"), "Ctrl+C", "copy", in_table=True),
    Command("copy.xml", "edit", 0, QT_TRANSLATE_NOOP("Commands", "Copy &XML"), "Ctrl+Shift+C"),
    Command("find", "edit", 1, QT_TRANSLATE_NOOP("Commands", "&Find…"), "Ctrl+F", "search"),
    Command("find.next", "edit", 1, QT_TRANSLATE_NOOP("Commands", "Find &next"), "F3"),
    Command("find.previous", "edit", 1, QT_TRANSLATE_NOOP("Commands", "Find &previous"), "Shift+F3"),
    Command("go.time", "edit", 1, QT_TRANSLATE_NOOP("Commands", "&Go to time…"), "Ctrl+G", "time"),
    Command("mark", "edit", 2, QT_TRANSLATE_NOOP("Commands", "&Mark"), "Ctrl+M", "mark",
            QT_TRANSLATE_NOOP("Commands", "Mark the selected events or remove their mark")),
    Command("mark.next", "edit", 2, QT_TRANSLATE_NOOP("Commands", "Next mar&k"), "Ctrl+Down"),
    Command("mark.previous", "edit", 2, QT_TRANSLATE_NOOP("Commands", "Previous m&ark"), "Ctrl+Up"),
    Command("reference", "edit", 2, QT_TRANSLATE_NOOP("Commands", "&Time reference"), "Ctrl+Shift+G", "time",
            QT_TRANSLATE_NOOP("Commands", "Show times since the selected row, or no longer")),
    Command("trouble.next", "edit", 3, QT_TRANSLATE_NOOP("Commands", "Next in&valid event or gap"), "F8", "invalid"),
    Command("trouble.previous", "edit", 3, QT_TRANSLATE_NOOP("Commands", "Previous invalid &event or gap"), "Shift+F8"),
    Command("comment", "edit", 2, QT_TRANSLATE_NOOP("Commands", "C&omment…"), "Ctrl+Shift+M"),
    Command("compare", "edit", 2, QT_TRANSLATE_NOOP("Commands", "Compa&re two events…"), "Ctrl+D", "",
            QT_TRANSLATE_NOOP("Commands", "Show two selected events side by side")),
    Command("copies", "edit", 2, QT_TRANSLATE_NOOP("Commands", "Copies of th&is event"), "Ctrl+Shift+F", "",
            QT_TRANSLATE_NOOP("Commands", "Show the copies that proxies relayed, or fold them below one row")),
    Command("preferences", "edit", 9, QT_TRANSLATE_NOOP("Commands", "Preference&s…"), "Ctrl+,", "",
            QT_TRANSLATE_NOOP("Commands", "Language, theme, size of text, times, captures and notifications")),
    Command("pause", "view", 0, QT_TRANSLATE_NOOP("Commands", "&Pause"), "Space", "pause",
            QT_TRANSLATE_NOOP("Commands", "Freeze the table. New events are still recorded and counted."),
            checkable=True, in_table=True),
    Command("follow", "view", 0, QT_TRANSLATE_NOOP("Commands", "&Follow newest"), "End", "end", in_table=True),
    Command("time.focus", "view", 0, QT_TRANSLATE_NOOP("Commands", "Go to the t&imeline"), "Ctrl+T", "time"),
    Command("time.all", "view", 0, QT_TRANSLATE_NOOP("Commands", "Show all &times"), "Ctrl+Shift+T", "",
            QT_TRANSLATE_NOOP("Commands", "Show the whole capture instead of a time span")),
    Command("statistics", "view", 0, QT_TRANSLATE_NOOP("Commands", "&Statistics"), "Ctrl+I", "",
            QT_TRANSLATE_NOOP("Commands", "Count events by type, sender or field, and over time")),
    Command("charts", "view", 0, QT_TRANSLATE_NOOP("Commands", "C&harts"), "Ctrl+Shift+I", "",
            QT_TRANSLATE_NOOP("Commands", "Numbers in events over time, one line for each host, agent or client")),
    Command("questions", "view", 0, QT_TRANSLATE_NOOP("Commands", "&Questions"), "Ctrl+Shift+Q", "",
            QT_TRANSLATE_NOOP("Commands", "Ask the capture by XQuery: how often, how long, who, which")),
    Command("spans", "view", 0, QT_TRANSLATE_NOOP("Commands", "Spans o&ver time"), "Ctrl+Shift+Y", "",
            QT_TRANSLATE_NOOP("Commands", "Calls, sessions, presence and gaps as bars over time")),
    Command("notes", "view", 0, QT_TRANSLATE_NOOP("Commands", "&Notes"), "Ctrl+Shift+J", "comment",
            QT_TRANSLATE_NOOP("Commands", "List marked and commented events")),
    Command("broker", "view", 0, QT_TRANSLATE_NOOP("Commands", "Bro&ker"), "Ctrl+B", "",
            QT_TRANSLATE_NOOP("Commands", "Details of the broker, the connection and its links")),
    Command("clear", "view", 1, QT_TRANSLATE_NOOP("Commands", "&Clear"), "Ctrl+Shift+X", "clear",
            QT_TRANSLATE_NOOP("Commands", "Empty the table. The capture keeps all events.")),
    Command("unclear", "view", 1, QT_TRANSLATE_NOOP("Commands", "Show c&leared events again"), "", "undo"),
    Command("alerts", "view", 5, QT_TRANSLATE_NOOP("Commands", "Latest al&erts…"), "Ctrl+Shift+A", "alert",
            QT_TRANSLATE_NOOP("Commands", "Alerts of the profiles and their events")),
    Command("columns", "view", 5, QT_TRANSLATE_NOOP("Commands", "Colu&mns…"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Choose the columns of the table or add one for a value")),
    Command("copies.fold", "view", 5, QT_TRANSLATE_NOOP("Commands", "F&old copies"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Show one row for each message that proxies relayed, with a count"),
            checkable=True),
    Command("commands", "view", 6, QT_TRANSLATE_NOOP("Commands", "&All commands…"), "Ctrl+Shift+P", "commands"),
    Command("fullscreen", "view", 6, QT_TRANSLATE_NOOP("Commands", "F&ull screen"), "F11", checkable=True),
    Command("layout.reset", "view", 7, QT_TRANSLATE_NOOP("Commands", "&Reset layout"), "", "layout"),
    Command("zoom.in", "view", 8, QT_TRANSLATE_NOOP("Commands", "Larger text"), "Ctrl++"),
    Command("zoom.out", "view", 8, QT_TRANSLATE_NOOP("Commands", "Smaller text"), "Ctrl+-"),
    Command("zoom.reset", "view", 8, QT_TRANSLATE_NOOP("Commands", "Normal text size"), "Ctrl+0"),
    Command("theme.system", "view", 9, QT_TRANSLATE_NOOP("Commands", "S&ystem theme"), checkable=True),
    Command("theme.light", "view", 9, QT_TRANSLATE_NOOP("Commands", "Li&ght"), checkable=True),
    Command("theme.dark", "view", 9, QT_TRANSLATE_NOOP("Commands", "&Dark"), checkable=True),
    Command("filter.focus", "filter", 0, QT_TRANSLATE_NOOP("Commands", "&Type a filter"), "Ctrl+L", "filter"),
    Command("filter.editor", "filter", 0, QT_TRANSLATE_NOOP("Commands", "Filter &editor"), "F4", "editor",
            QT_TRANSLATE_NOOP("Commands", "Show or hide the filter editor"), checkable=True),
    Command("filter.mend", "filter", 0, QT_TRANSLATE_NOOP("Commands", "Correct the &filter"), "Ctrl+.", "",
            QT_TRANSLATE_NOOP("Commands", "Declare a prefix, replace misspelt names or search for the text")),
    Command("filter.clear", "filter", 1, QT_TRANSLATE_NOOP("Commands", "&Remove the filter"), "Ctrl+Shift+L", "close"),
    Command("show.all", "filter", 1, QT_TRANSLATE_NOOP("Commands", "&Show all"), "Alt+0", "",
            QT_TRANSLATE_NOOP("Commands", "Remove the filter and uncheck all profiles")),
    Command("filter.save", "filter", 2, QT_TRANSLATE_NOOP("Commands", "Save as &profile…"), "Ctrl+S", "profile"),
    Command("subscription", "filter", 2, QT_TRANSLATE_NOOP("Commands", "&Use as broker filter…"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Make the broker send only matching events")),
    Command("subscription.remove", "filter", 2, QT_TRANSLATE_NOOP("Commands", "Remove &broker filter"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Receive all events again")),
    Command("profile.new", "profiles", 0, QT_TRANSLATE_NOOP("Commands", "&New profile…"), "", "add"),
    Command("profile.edit", "profiles", 0, QT_TRANSLATE_NOOP("Commands", "&Edit profile…"), "", "edit"),
    Command("profile.rename", "profiles", 0, QT_TRANSLATE_NOOP("Commands", "&Rename profile…")),
    Command("profile.duplicate", "profiles", 0, QT_TRANSLATE_NOOP("Commands", "&Duplicate profile"), "", "duplicate"),
    Command("profile.delete", "profiles", 0, QT_TRANSLATE_NOOP("Commands", "De&lete profile"), "", "trash"),
    Command("profile.undo", "profiles", 0, QT_TRANSLATE_NOOP("Commands", "&Undo deleting a profile"), "", "undo"),
    Command("profile.up", "profiles", 1, QT_TRANSLATE_NOOP("Commands", "Move profile u&p"), "Alt+Up", "up",
            QT_TRANSLATE_NOOP("Commands", "The first matching profile sets the colour"), in_profiles=True),
    Command("profile.down", "profiles", 1, QT_TRANSLATE_NOOP("Commands", "Move profile do&wn"), "Alt+Down", "down",
            QT_TRANSLATE_NOOP("Commands", "The first matching profile sets the colour"), in_profiles=True),
    Command("profile.import", "profiles", 2, QT_TRANSLATE_NOOP("Commands", "&Import profiles…"), "", "import"),
    Command("profile.export", "profiles", 2, QT_TRANSLATE_NOOP("Commands", "E&xport profile…"), "", "export"),
    Command("connect", "connection", 0, QT_TRANSLATE_NOOP("Commands", "&New connection…"), "Ctrl+K", "connect"),
    Command("demo", "connection", 0, QT_TRANSLATE_NOOP("Commands", "&Try the demo"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Start a bus with a simulated office on this computer and connect to it")),
    Command("connection.edit", "connection", 0, QT_TRANSLATE_NOOP("Commands", "&Manage connections…"), "", "edit"),
    Command("connection.again", "connection", 1, QT_TRANSLATE_NOOP("Commands", "&Reconnect"), "Ctrl+Shift+K", "connect",
            QT_TRANSLATE_NOOP("Commands", "Retry refused or lost connections now")),
    Command("disconnect", "connection", 1, QT_TRANSLATE_NOOP("Commands", "&Disconnect all"), "", "disconnect"),
    Command("compose", "event", 0, QT_TRANSLATE_NOOP("Commands", "&Compose"), "Ctrl+N", "compose",
            QT_TRANSLATE_NOOP("Commands", "Compose and send an event")),
    Command("compose.from", "event", 0, QT_TRANSLATE_NOOP("Commands", "Compose &from event"), "Ctrl+R", "compose",
            QT_TRANSLATE_NOOP("Commands", "Compose a new event from a copy of the selected one")),
    Command("schema.new", "event", 1, QT_TRANSLATE_NOOP("Commands", "&New event type…"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Write a schema to begin with, and open it in an editor")),
    Command("schema.folder", "event", 1, QT_TRANSLATE_NOOP("Commands", "&Schema folder"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Show the folder of your schemas, which are read whenever they are saved")),
    Command("help.manual", "help", 0, QT_TRANSLATE_NOOP("Commands", "&Manual"), "F1", "",
            QT_TRANSLATE_NOOP("Commands", "Open the manual at the part of the window that has the focus")),
    Command("help.first", "help", 0, QT_TRANSLATE_NOOP("Commands", "&First steps")),
    Command("help.xquery", "help", 0, QT_TRANSLATE_NOOP("Commands", "&XQuery cheat sheet"), "", "",
            QT_TRANSLATE_NOOP("Commands", "Queries by example, and the event types of this site")),
    Command("shortcuts", "help", 1, QT_TRANSLATE_NOOP("Commands", "&Keyboard shortcuts…"), "Ctrl+F1"),
    Command("about", "help", 2, QT_TRANSLATE_NOOP("Commands", "&About Clacks Event Monitor")),
)  # fmt: skip

PROFILE_SHORTCUTS = 9
