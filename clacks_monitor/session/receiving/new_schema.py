"""Begins the schema of a new event type, for the user to go on with in an editor. Thread: any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.folders import make_private
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"[^\W\d][\w.-]{0,79}")
"""An XML name without a colon that is a file's name too."""
_SCHEMA = """\
<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
           xmlns:e="{namespace}"
           targetNamespace="{namespace}"
           elementFormDefault="qualified">

  <xs:complexType name="{name}">
    <xs:annotation><xs:documentation>What has happened when this event is sent.</xs:documentation></xs:annotation>
    <xs:sequence>
      <xs:element name="Id" type="xs:string"/>
      <xs:element name="Count" type="xs:integer" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>

  <xs:element name="{name}" type="e:{name}"/>
</xs:schema>
"""


def why_not_a_type(name: str, *, known: bool) -> str:
    """Return why an event type cannot have a name, "" when it can; ``known`` says that there is one of this name."""
    if known:
        return Message("{0} is already an event type.", name)
    if _NAME.fullmatch(name) is None:
        return Message("{0}: not the name of an XML element. Use letters, digits, - and _; begin with a letter.", name)
    return ""


def begin_schema(folder: Path, name: str) -> Path:
    """Write NAME.xsd, with two fields as examples, into a folder, and return its path. Raises OSError."""
    make_private(folder)
    path = folder / f"{name}.xsd"
    with path.open("x", encoding="utf-8") as file:
        file.write(_SCHEMA.format(name=name, namespace=EVENT_NAMESPACE))
    return path
