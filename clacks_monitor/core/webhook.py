"""A webhook of an alert: the URL that alerts are posted to, and what is posted. Values; any thread."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import clip

MAX_URL = 2_000
"""Characters."""
_PORTS = {"https": 443, "http": 80}
_URL = re.compile(r"[!-~]+")
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")


class WebhookContent(StrEnum):
    """What is posted: an object that describes the alert and holds the event, or the event's XML."""

    JSON = "json"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where an alert is posted; ``url`` is "" for none. The path of a URL is often a secret: messages leave it out."""

    url: str = ""
    content: WebhookContent = WebhookContent.JSON


NO_WEBHOOK = Webhook()


@dataclass(frozen=True, slots=True)
class HttpAddress:
    """A URL in parts: ``target`` is its path with the query, ``tls`` whether the connection is encrypted."""

    host: str
    port: int
    target: str
    tls: bool

    @property
    def authority(self) -> str:
        """Host and port, as in a Host header: the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS["https" if self.tls else "http"] else f"{host}:{self.port}"


def http_address(url: str) -> HttpAddress | Message:
    """Return the parts of a URL, or what is wrong with it."""
    if len(url) > MAX_URL:
        return Message("The URL has {0:,} characters, the limit is {1:,}.", len(url), MAX_URL)
    if not _URL.fullmatch(url):
        return Message("The URL contains a blank or a character that is not ASCII; write it as %XX, in a host as xn--.")
    try:
        parts = urlsplit(url)
        return _address(parts, parts.port)
    except ValueError:
        return Message("This is not a URL.")


def _address(parts: SplitResult, port: int | None) -> HttpAddress | Message:
    if parts.scheme not in _PORTS:
        return Message("The URL must begin with https:// or http://.")
    if "@" in parts.netloc:
        return Message("The URL contains a user name or password, which would be stored in clear text.")
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) or port == 0:
        return Message("The URL names no valid host: {0}.", clip(parts.netloc) or "-")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return HttpAddress(host, port or _PORTS[parts.scheme], target, parts.scheme == "https")
