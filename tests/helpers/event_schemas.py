"""Schema files of event types, and events of them."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from clacks_monitor.forms import Catalogue

NS = "http://www.gonicus.de/Events"
SCHEMAS = Path(__file__).parents[2] / "schemas"


def schema(name: str, content: str = '<xs:element name="v" type="xs:int"/>', extra: str = "") -> str:
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NS}" targetNamespace="{NS}"'
        f' elementFormDefault="qualified">\n{extra}\n<xs:element name="{name}"><xs:complexType><xs:sequence>\n'
        f"{content}\n</xs:sequence></xs:complexType></xs:element>\n</xs:schema>"
    )


def event(inner: str) -> etree._Element:
    return etree.fromstring(f'<Event xmlns="{NS}">{inner}</Event>')


def own(folder: Path) -> Catalogue:
    """Return a catalogue that trusts its folder: nothing is read in a process."""
    return Catalogue([folder], own=[folder])
