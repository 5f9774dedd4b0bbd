"""The scenes: what is done in the window before each picture. Data only."""

from __future__ import annotations

from typing import NamedTuple

BUSY = "./*:Event/*:PhoneStatus[*:Status = 'busy']"
WIDE, FORM = (1280, 640), (1000, 640)
_PHONE = (
    b'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><CallerId>012345</CallerId>'
    b"<ReceiverId>301</ReceiverId><Status>%s</Status></PhoneStatus></Event>"
)
_INCOMPLETE = _PHONE.replace(b"<ReceiverId>301</ReceiverId>", b"") % b"busy"
_CLIENTS = "./*:Event/*:ClientLeave or ./*:Event/*:ClientAnnounce"


class Scene(NamedTuple):
    """One picture, docs/pictures/NAME.png. ``steps`` are names of methods of `stage.Stage`, each with its argument.

    ``shows`` is the class of the window or dialog in the picture. The scene begins with ``events`` events in the table.
    """

    name: str
    steps: tuple[tuple[str, object], ...] = ()
    shows: str = "MainWindow"
    size: tuple[int, int] = (1280, 800)
    events: int = 150


SCENES = (
    Scene("window", (("select", "PhoneStatus"),)),
    Scene("start", events=0, steps=(("disconnect", ""),)),
    Scene("filter", (("filter", BUSY), ("select", "PhoneStatus")), size=WIDE),
    Scene("filter-error", (("type", "./f:Event/f:PhoneStatus"), ("settle", 15)), size=(1280, 420)),
    Scene("filter-editor", (("command", "filter.editor"), ("filter", BUSY), ("settle", 30)), size=WIDE),
    Scene("profiles", (("check", "Telephones"), ("check", "Errors only"), ("select", "PhoneStatus"))),
    Scene("profile-alert", (("profile", "Errors only"), ("command", "profile.edit"), ("tab", "Alert")),
          "ProfileDialog"),
    Scene("profile-webhook", (("profile", "Errors only"), ("command", "profile.edit"), ("tab", "Alert"), ("alert", ""),
                              ("tab", "Webhook"), ("webhook", "https://chat.example.org/hooks/4h8qf6cz1tn")),
          "ProfileDialog"),
    Scene("boards", (("board", "clients"), ("board", "calls"), ("settle", 20))),
    Scene("charts", (("chart", "NodeStatus/Load"), ("chart", "CollectD/Values")), events=1500),
    Scene("spans", (("settle", 60), ("spans", "calls")), events=1200),
    Scene("compose", (("compose", _PHONE % b"busy"), ("settle", 20)), "ComposeWindow", FORM),
    Scene("compose-sent", (("compose", _PHONE % b"free"), ("send", "")), "ComposeWindow", FORM),
    Scene("compose-problem", (("compose", _INCOMPLETE), ("settle", 20)),
          "ComposeWindow", FORM),
    Scene("burst", (("compose", _PHONE % b"busy"), ("compose_tab", "Burst")), "ComposeWindow", FORM),
    Scene("connection", (("command", "connect"), ("settle", 10)), "ConnectionDialog"),
    Scene("connection-lost", (("lose", ""), ("settle", 40)), size=WIDE),
    Scene("capture-export", (("command", "capture.export"), ("settle", 10)), "ExportDialog"),
    Scene("replay", (("command", "replay"), ("settle", 10)), "ReplayDialog"),
    Scene("go-to-time", (("command", "go.time"), ("settle", 10)), "MomentDialog"),
    Scene("broker", (("command", "broker"), ("settle", 30))),
    Scene("statistics", (("command", "statistics"), ("settle", 30))),
    Scene("when-left", (("filter", _CLIENTS), ("select", "")), size=WIDE),
    Scene("preferences", (("command", "preferences"), ("settle", 10)), "PreferencesDialog"),
    Scene("palette", (("command", "commands"), ("settle", 5)), "CommandPalette"),
)  # fmt: skip
