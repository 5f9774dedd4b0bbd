"""Schemas of version 1.1: each construct is named with its place, and 1.0 is not accused."""

from __future__ import annotations

import pytest

from clacks_monitor.forms.lossless import parse
from clacks_monitor.forms.versions import newer_construct

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t">'
VC = 'xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning"'


@pytest.mark.parametrize(
    ("body", "named"),
    [
        *((f"<xs:{name}/>", name) for name in ("alternative", "assert", "assertion", "defaultOpenContent")),
        *((f"<xs:{name}/>", name) for name in ("explicitTimezone", "openContent", "override")),
        *((f'<xs:any {name}="x"/>', name) for name in ("appliesToEmpty", "defaultAttributes", "inheritable")),
        *((f'<xs:any {name}="x"/>', name) for name in ("notNamespace", "notQName", "xpathDefaultNamespace")),
        ('<xs:any defaultAttributesApply="x"/>', "defaultAttributesApply"),
        (f'<xs:element {VC} vc:minVersion="1.1"/>', "minVersion"),
        ('<xs:element targetNamespace="u"/>', "targetNamespace of a local element"),
        ('<xs:attribute targetNamespace="u"/>', "targetNamespace of a local attribute"),
        ('<xs:element type="xs:dateTimeStamp"/>', "dateTimeStamp"),
        ('<xs:restriction base=" xs:anyAtomicType "/>', "anyAtomicType"),
        ('<xs:list itemType="xs:yearMonthDuration"/>', "yearMonthDuration"),
        ('<xs:union memberTypes="xs:int xs:dayTimeDuration"/>', "dayTimeDuration"),
        ("<xs:all><xs:any/></xs:all>", "any in an all group"),
        ('<xs:all><xs:group ref="g"/></xs:all>', "group in an all group"),
        ('<xs:all><xs:element maxOccurs="2"/></xs:all>', "maxOccurs above 1 in an all group"),
        ('<xs:all><xs:element maxOccurs="unbounded"/></xs:all>', "maxOccurs above 1 in an all group"),
    ],
)
def test_what_came_with_1_1_is_named(body: str, named: str) -> None:
    problem = newer_construct(parse(f"{HEAD}\n <xs:annotation/>{body}</xs:schema>").root)
    assert problem is not None
    assert problem.text == f"{named} belongs to XML Schema 1.1; the agent's validator (libxml2) supports 1.0 only"
    nested = body.startswith("<xs:all>")
    assert (problem.line, problem.column) == (2, 18 + 8 * nested)


@pytest.mark.parametrize(
    "body",
    [
        "<t:assert/>",
        '<xs:element type="t:error"/>',
        '<xs:element type="error"/>',
        '<xs:element name="error"/>',
        '<xs:all><xs:element maxOccurs="1"/><xs:element maxOccurs="0"/><xs:element/><xs:annotation/></xs:all>',
        '<xs:sequence><xs:any/><xs:group ref="g"/><xs:element maxOccurs="2"/></xs:sequence>',
        f'<xs:element {VC} vc:minVersion="1.0"/>',
        f'<xs:element {VC} vc:minVersion=" 1 "/>',
        '<xs:any targetNamespace="u"/>',
    ],
)
def test_what_1_0_has_is_not_named(body: str) -> None:
    assert newer_construct(parse(f"{HEAD}{body}</xs:schema>").root) is None


def test_the_first_in_the_text_is_named() -> None:
    body = "<xs:element>\n<xs:assert/></xs:element>\n<xs:override/>"
    problem = newer_construct(parse(f"{HEAD}{body}</xs:schema>").root)
    assert problem is not None
    assert (problem.text.split()[0], problem.line) == ("assert", 2)
