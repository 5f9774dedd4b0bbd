"""Summaries: each form of a template, and that both languages have the same ones."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from clacks_monitor import assets
from clacks_monitor.core import summary as summary_module
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
        ("[{A}|{B} instead]", "<E><B>y</B></E>", "y instead"),
        ("[{A}|{B} instead]", "<E/>", "– instead"),
        ("[{A:x=an x|y=a y}|no A]", "<E><A>y</A></E>", "a y"),
        ("{A}[ {B!A}]", "<E><A>load</A><B>load</B></E>", "load"),
        ("{A}[ {B!A}]", "<E><A>cpu</A><B>percent</B></E>", "cpu percent"),
        ("{A~s}", "<E><A>0.0049</A></E>", "4.9 ms"),
        ("{A~duration}", "<E><A>134</A></E>", "2 min 14 s"),
        ("{A~B:memory=B|percent=%}", "<E><A>4.66681e+09</A><B>memory</B></E>", "4.67 GB"),
        ("{A~B:memory=B|percent=%}", "<E><A>58.2075 1</A><B>percent</B></E>", "58.2 % 1 %"),
        ("{A~B:memory=B}", "<E><A>1.67375</A><B>load</B></E>", "1.67"),
        ("{A~B:memory=B}", "<E><A>7</A></E>", "7"),
    ],
)
def test_a_template_says(template: str, xml: str, expected: str) -> None:
    assert summary(template, xml) == expected


def test_every_language_has_words_for_the_same_events() -> None:
    names = assets.names("resources", "summaries", suffix=".json")
    assert len(names) >= 2
    types = [set(json.loads(assets.text("resources", "summaries", name))["templates"]) for name in names]
    assert all(found == types[0] for found in types)
    assert types[0] == {name.removesuffix(".xsd") for name in assets.names("schemas", suffix=".xsd")}


def first_fields(xml: str) -> str:
    return Summaries({}, "")(etree.fromstring(xml), "Unknown")


def test_without_a_template_attributes_and_leaves_are_shown_in_their_order() -> None:
    assert first_fields("<E a='1' b=' 2 '><C><D>x</D></C><!-- no --><F/></E>") == "a=1, b=2, D=x, F="
    assert first_fields("<E xmlns:o='urn:o' o:a='1'><o:B>2</o:B></E>") == "a=1, B=2"


def test_a_summary_is_cut() -> None:
    found = first_fields("<E>" + "<a>xx</a>" * 1_000 + "</E>")
    assert (len(found), found[-1]) == (200, "…")
    assert summary("{A}", f"<E><A>{'x' * 201}</A></E>") == "x" * 199 + "…"
    assert summary("{A}", f"<E><A>{'x' * 200}</A></E>") == "x" * 200


def test_of_a_text_ten_times_the_length_is_looked_at() -> None:
    assert summary("{A}", f"<E><A>{' ' * 1_999}x</A></E>") == "x"
    assert summary("{A}", f"<E><A>{' ' * 2_000}x</A></E>") == "–"


def test_templates_are_about_a_namespace() -> None:
    template = Summaries({"E": "{A/B} {C}{#C| one| many}"}, "urn:e")
    xml = "<E xmlns='urn:e'><A><B>deep</B></A><C>c</C><x:C xmlns:x='urn:x'>other</x:C></E>"
    assert template(etree.fromstring(xml), "E") == "deep c1 one"


def test_a_language_without_templates_gets_the_english_ones() -> None:
    poll = etree.fromstring("<ClientPoll/>")
    english, german, other = (Summaries.load(language, "")(poll, "ClientPoll") for language in ("en", "de", "xx"))
    assert other == english != german


def test_a_client_is_called_by_the_name_that_it_announced() -> None:
    summaries = Summaries.load("en", "")
    leave = etree.fromstring("<ClientLeave><Id>7f3a</Id></ClientLeave>")
    assert summaries(leave, "ClientLeave") == "7f3a leaves"
    announce = etree.fromstring("<ClientAnnounce><Id>7f3a</Id><Name>ws-support-2\n</Name></ClientAnnounce>")
    summaries(announce, "ClientAnnounce")
    assert summaries(leave, "ClientLeave") == "ws-support-2 leaves"
    assert Summaries.load("en", "")(leave, "ClientLeave") == "7f3a leaves"


@pytest.mark.parametrize(
    ("language", "xml", "expected"),
    [
        (
            "en",
            (
                "<AMINotification><Call><Type>CallMissed</Type><Identity>ann</Identity><From>+49301</From><To>+49892</To>"
                "<Timestamp>1</Timestamp><Cause>No answer</Cause></Call></AMINotification>"
            ),
            "missed call for ann: +49301 → +49892, No answer",
        ),
        (
            "de",
            (
                "<PhoneNotification><QueueMemberStatus><Queue>support</Queue><MemberName>Ann</MemberName>"
                "<Status>AST_DEVICE_RINGINUSE</Status></QueueMemberStatus></PhoneNotification>"
            ),
            "Ann in support: klingelt, in Gebrauch",
        ),
        (
            "de",
            "<BusClientState><Id>1</Id><State>leave</State><Type>proxy</Type></BusClientState>",
            "Proxy 1 verlässt den Bus",
        ),
        (
            "en",
            (
                "<BusClientState><Id>1</Id><Hostname>a.example</Hostname><State>init</State><Type>backend</Type>"
                "</BusClientState>"
            ),
            "backend a.example starts",
        ),
        ("en", "<BackendState><Type>index</Type><Progress>40</Progress></BackendState>", "index, 40 %"),
        (
            "en",
            "<BackendState><Type>index</Type><State>reading</State><Step>1</Step><TotalSteps>2</TotalSteps></BackendState>",
            "index: reading, step 1 of 2",
        ),
        ("de", "<Notification><Target>ann</Target><Body>Feierabend</Body></Notification>", "an ann: Feierabend"),
        ("en", "<Trigger><Type>ACLChanged</Type><Check>{}</Check></Trigger>", "proxies: read the access rules again"),
        (
            "en",
            (
                "<Inventory><Software/><Software/><Hardware><Name>ws-1</Name><OperatingSystem>Debian</OperatingSystem>"
                "</Hardware></Inventory>"
            ),
            "inventory of ws-1, Debian, 2 packages",
        ),
        ("en", "<ClientSignature><Id>1</Id><Name>ws-1</Name></ClientSignature>", "ws-1 offers no methods"),
        (
            "en",
            "<ExtensionAllowed><ExtensionName>Posix</ExtensionName><Allowed>0</Allowed><DN>cn=a</DN></ExtensionAllowed>",
            "Posix is not allowed any more: cn=a",
        ),
    ],
)
def test_what_the_templates_of_gosa_say(language: str, xml: str, expected: str) -> None:
    element = etree.fromstring(xml)
    assert Summaries.load(language, "")(element, str(element.tag)) == expected


def test_a_member_of_the_bus_is_called_by_its_host() -> None:
    summaries = Summaries.load("en", "")
    ready = "<BusClientState><Id>7f</Id><Hostname>a.example</Hostname><State>ready</State></BusClientState>"
    summaries(etree.fromstring(ready), "BusClientState")
    gone = etree.fromstring("<BusClientState><Id>7f</Id><State>leave</State><Type>client</Type></BusClientState>")
    assert summaries(gone, "BusClientState") == "client a.example leaves the bus"


def test_the_names_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary_module, "MAX_NAMES", 2)
    summaries = Summaries({"ClientLeave": "{&Id}"}, "")

    def announce(identity: str, name: str) -> None:
        summaries(etree.fromstring(f"<E><Id>{identity}</Id><Name>{name}</Name></E>"), "ClientAnnounce")

    def shown(identity: str) -> str:
        return summaries(etree.fromstring(f"<E><Id>{identity}</Id></E>"), "ClientLeave")

    for identity, name in (
        ("1", "one"),
        ("2", "two"),
        ("1", "first"),
        ("3", "x" * 1_000),
        ("y" * 101, "long"),
        ("4", ""),
    ):
        announce(identity, name)
    assert [shown(identity) for identity in ("1", "2", "4")] == ["first", "2", "4"]
    assert len(shown("3")) == 100
    assert shown("y" * 101) == "y" * 101


def test_numbers_are_written_as_the_language_does() -> None:
    event = etree.fromstring(
        "<NodeStatus><Load>0.4321</Load><Latency>0.00495</Latency><Workers>3</Workers></NodeStatus>"
    )
    assert Summaries.load("de", "")(event, "NodeStatus") == "Agent –: Last 0,432, Latenz 4,95 ms, 3 Worker"
