"""Schemas with each construct that a form has widgets for, and a session that knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.fake_sender import FakeSession

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:e="http://www.gonicus.de/Events"'
    ' targetNamespace="http://www.gonicus.de/Events" elementFormDefault="qualified">'
)
KINDS = (
    HEAD
    + """
<xs:complexType name="Kinds"><xs:sequence>
 <xs:element name="Whole" type="xs:integer"/>
 <xs:element name="Byte" type="xs:byte"/>
 <xs:element name="Day" type="xs:date"/>
 <xs:element name="Moment" type="xs:dateTime"/>
 <xs:element name="Long" type="xs:duration"/>
 <xs:element name="Bytes" type="xs:hexBinary"/>
 <xs:element name="More" type="xs:base64Binary"/>
 <xs:element name="On" type="xs:boolean"/>
 <xs:element name="Words" type="xs:NMTOKENS"/>
 <xs:element name="Message" type="xs:string"/>
 <xs:element name="Colour"><xs:simpleType><xs:restriction base="xs:string">
  <xs:enumeration value="red"/><xs:enumeration value="green"/></xs:restriction></xs:simpleType></xs:element>
 <xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip" namespace="##other"/>
</xs:sequence></xs:complexType><xs:element name="Kinds" type="e:Kinds"/></xs:schema>"""
)
SHAPES = (
    HEAD
    + """
<xs:complexType name="Tree"><xs:sequence>
 <xs:element name="Name" type="xs:string"/><xs:element name="Tree" type="e:Tree" minOccurs="0"/>
</xs:sequence></xs:complexType>
<xs:complexType name="Shapes"><xs:sequence>
 <xs:choice><xs:element name="Number" type="xs:string"/><xs:element name="Person" type="xs:string"/></xs:choice>
 <xs:element name="Line" type="xs:string" minOccurs="1" maxOccurs="3"/>
 <xs:element name="Tree" type="e:Tree" minOccurs="0"/>
 <xs:element name="Nil" nillable="true" type="xs:int"/>
 <xs:sequence minOccurs="0">
  <xs:element name="Street" type="xs:string"/><xs:element name="Town" type="xs:string"/>
 </xs:sequence>
</xs:sequence></xs:complexType><xs:element name="Shapes" type="e:Shapes"/></xs:schema>"""
)


def session_with_schemas(folder: Path) -> FakeSession:
    """Return a session whose catalogue holds the built-in types, and Kinds and Shapes."""
    schemas = folder / "schemas"
    schemas.mkdir()
    (schemas / "Kinds.xsd").write_text(KINDS)
    (schemas / "Shapes.xsd").write_text(SHAPES)
    return FakeSession(folder, schemas=[schemas])
