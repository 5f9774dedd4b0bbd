"""Summaries: each form of a template, and that both languages have the same ones."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core.summary import Summaries


def summary(template: str, xml: str) -> str:
    return Summaries({"E": template}, "")(etree.fromstring(xml), "E")


@pytest.mark.parametrize(
    ("template", "xml", "expected"),
    [
        ("{A} to {B}", "<E><A> x\n y </A></E>", "x y to –"),
        ("{A/B}", "<E><A><B>deep</B></A></E>", "deep"),
        ("{@a}", "<E a='1'/>", "1"),
        ("{@a:1=one|2=two}", "<E a='2'/>", "two"),
        ("{@a:1=one|2=two}", "<E a='3'/>", "3"),
        ("{A:x=a: b}", "<E><A>x</A></E>", "a: b"),
        ("{#A|thing|things}", "<E><A/></E>", "1 thing"),
        ("{#A|thing|things}", "<E><A/><A/></E>", "2 things"),
        ("it[ has {A}]", "<E/>", "it"),
        ("it[ has {A}]", "<E><A>x</A></E>", "it has x"),
        ("[{A} is here|nobody is here]", "<E/>", "nobody is here"),
        ("[{A} is here|nobody is here]", "<E><A>x</A></E>", "x is here"),
        ("[{#A|thing|things}|nothing]", "<E><A/></E>", "1 thing"),
        ("[{#A|thing|things}|nothing]", "<E/>", "nothing"),
        ("[{A:x=an x|y=a y}|no A]", "<E><A>y</A></E>", "a y"),
    ],
)
def test_a_template_says(template: str, xml: str, expected: str) -> None:
    assert summary(template, xml) == expected


def test_every_language_has_words_for_the_same_events() -> None:
    names = assets.names("resources", "summaries", suffix=".json")
    assert len(names) >= 2
    types = [set(json.loads(assets.text("resources", "summaries", name))) for name in names]
    assert all(found == types[0] for found in types)
    assert types[0] == {name.removesuffix(".xsd") for name in assets.names("schemas", suffix=".xsd")}
