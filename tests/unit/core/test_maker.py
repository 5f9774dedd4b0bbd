"""Values that a script puts into an event are spelled as the schemas of events want them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from clacks_monitor import EventMaker


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("text", "text"),
        (4, "4"),
        (0.25, "0.25"),
        (1e-7, "1e-07"),
        (True, "true"),
        (False, "false"),
        (float("inf"), "INF"),
        (float("-inf"), "-INF"),
        (float("nan"), "NaN"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_values_become_text(value: object, text: str) -> None:
    assert EventMaker().Load(value).text == text


def test_attributes_and_children() -> None:
    e = EventMaker()
    made = e.Event(e.UserSession(e.Id("pc"), e.User(e.Name("a"), e.Name("b"))), {"k": "1"}, x="2")
    names = [etree.QName(child).localname for child in made.iter(etree.Element)]
    assert names == ["Event", "UserSession", "Id", "User", "Name", "Name"]
    assert dict(made.attrib) == {"k": "1", "x": "2"}
