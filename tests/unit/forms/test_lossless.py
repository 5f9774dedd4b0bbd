"""Cutting XML text into slices: what each piece means, where it stands, and what is refused with a place."""

from __future__ import annotations

import pytest

from clacks_monitor.forms import XmlTextError, lossless
from clacks_monitor.forms.lossless import escape_attribute, escape_text, position, split_name, unescape

WRITTEN = "<a x='1&#10;&lt;&#x41;\t\r\n'>t&amp;<![CDATA[<&\r\n]]>\r\n\r<!-- c --><b /></a>"


def test_an_element_knows_its_values_and_its_slices() -> None:
    text = f"<!-- h -->{WRITTEN}\n"
    document = lossless.parse(text)
    root = document.root
    (attribute,) = root.attributes
    assert attribute.value == "1\n<A  "
    assert text[attribute.start : attribute.end] == " x='1&#10;&lt;&#x41;\t\r\n'"
    assert text[attribute.value_start : attribute.value_end] == "1&#10;&lt;&#x41;\t\r\n"
    assert (root.raw, root.plain) == (WRITTEN, "t&<&\n\n\n")
    assert root.inner == WRITTEN.removeprefix("<a x='1&#10;&lt;&#x41;\t\r\n'>").removesuffix("</a>")
    assert (text[: root.start], text[root.end :]) == ("<!-- h -->", "\n")
    (child,) = root.children
    assert (child.raw, child.inner, child.empty, child.parent) == ("<b />", "", True, root)
    assert (root.empty, root.parent) == (False, None)
    assert [root.gap(0), root.gap(1)] == [root.inner.removesuffix("<b />"), ""]
    assert root.texts == ["t&<&\n\n\n", ""]


def test_names_are_expanded_by_the_declarations_in_scope() -> None:
    root = lossless.parse(
        '<a xmlns="u" xmlns:p="v" n="1" p:n="2" xml:lang="de"><p:b/><c xmlns=""/><d xmlns:p="w"><p:e/></d><f/></a>'
    ).root
    b, c, d, f = root.children
    assert [root.qname, b.qname, c.qname, d.qname, d.children[0].qname, f.qname] == [
        *("{u}a", "{v}b", "c", "{u}d", "{w}e", "{u}f"),
    ]
    assert [item.qname for item in root.attributes] == [
        *("xmlns", "xmlns:p", "n", "{v}n", "{http://www.w3.org/XML/1998/namespace}lang"),
    ]
    assert (d.nsmap["p"], f.nsmap["p"], c.nsmap[""]) == ("w", "v", "")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "line 1, column 1: this is not XML: it does not begin with markup"),
        ("x", "line 1, column 1: not well-formed: Start tag expected, '<' not found"),
        ("<a>\n <b></a>", "line 2, column 9: not well-formed: Opening and ending tag mismatch: b line 2 and a"),
        ("<a>&nope;</a>", "line 1, column 10: not well-formed: Entity 'nope' not defined"),
        ("<!DOCTYPE a><a/>", "line 1, column 1: an event has no document type declaration"),
        (
            '<?xml version="1.0"?>\n<!-- x -->\n <!DOCTYPE a><a/>',
            "line 3, column 2: an event has no document type declaration",
        ),
        ('<?xml version="1.0" encoding="nope"?><a/>', "line 1, column 1: the encoding nope is unknown"),
        ('<?xml version="1.0" encoding="idna"?><a/>', "line 1, column 1: the encoding idna is unknown"),
        ('<?xml version="1.0" encoding="undefined"?><a/>', "line 1, column 1: the encoding undefined is unknown"),
        ('<?xml version="1.0" encoding="\0"?><a/>', "line 1, column 1: the encoding \0 is unknown"),
        (b"<a>\xff</a>", "line 1, column 4: not well-formed: Invalid bytes in character encoding"),
        (
            b'<?xml version="1.0" encoding="ARMSCII-8"?><a/>',
            "line 1, column 1: the encoding ARMSCII-8 cannot be edited here",
        ),
    ],
)
def test_what_is_refused_is_said_with_its_place(body: str | bytes, words: str) -> None:
    with pytest.raises(XmlTextError) as refused:
        lossless.parse(body)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("body", "encoding", "bom", "text"),
    [
        ("<a>\xe4</a>", "UTF-8", False, "<a>\xe4</a>"),
        (b"<a/>", "UTF-8", False, "<a/>"),
        (b"\xef\xbb\xbf<a/>", "UTF-8", True, "<a/>"),
        (
            b"<?xml version='1.0' encoding = 'ISO-8859-1'?><a>\xe4</a>",
            *("ISO-8859-1", False, "<?xml version='1.0' encoding = 'ISO-8859-1'?><a>\xe4</a>"),
        ),
        (
            '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u20ac</a>',
            *("ISO-8859-1", False, '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u20ac</a>'),
        ),
    ],
)
def test_the_encoding_is_found_and_kept(body: str | bytes, encoding: str, bom: bool, text: str) -> None:
    document = lossless.parse(body)
    assert (document.encoding, document.bom, document.text) == (encoding, bom, text)
    if isinstance(body, bytes):
        assert document.encode(text) == body
    assert lossless.parse(document.encode(text)).root.qname == "a"


def test_a_declaration_of_the_document_type_is_cut_whole_where_it_is_allowed() -> None:
    head = "<!DOCTYPE a [<!ENTITY x \"]>\"><!-- ]> --><?p ]>?> <!ATTLIST a b CDATA '>'>] >\n"
    document = lossless.parse(f"{head}<a>1</a>", doctype=True)
    assert (document.text[: document.root.start], document.root.plain) == (head, "1")
    system = '<!DOCTYPE a SYSTEM "x>y" ><a/>'
    assert lossless.parse(system, doctype=True).root.start == system.index("<a/>")


@pytest.mark.parametrize(
    "place", ["<a><!-- <!DOCTYPE b> --></a>", "<a><![CDATA[<!DOCTYPE b>]]></a>", "<!--<!DOCTYPE b>--><a/>"]
)
def test_only_a_declaration_at_its_place_is_one(place: str) -> None:
    assert lossless.parse(place).text == place


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"),
        ("&#65;&#x41;&#x1f600;", "AA\U0001f600"),
        ("&amp;lt;", "&lt;"),
        ("&other;", "&other;"),
    ],
)
def test_references_are_resolved_once(raw: str, value: str) -> None:
    assert unescape(raw) == value


def test_values_are_escaped_so_that_they_come_back() -> None:
    value = "<a & 'b' \"c\">\t\r\n"
    assert escape_text(value) == "&lt;a &amp; 'b' \"c\"&gt;\t&#13;\n"
    assert escape_attribute(value) == "&lt;a &amp; 'b' &quot;c&quot;>&#9;&#13;&#10;"
    assert escape_attribute(value, "'") == '&lt;a &amp; &apos;b&apos; "c">&#9;&#13;&#10;'


def test_places_count_from_one() -> None:
    assert [position("ab\n\nc", at) for at in (0, 1, 2, 3, 4, 5)] == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2)]


def test_names_are_split() -> None:
    names = [split_name(name) for name in ("{u}a", "a", "{}a", "{u}v}a")]
    assert names == [("u", "a"), ("", "a"), ("", "a"), ("u}v", "a")]


def test_entities_are_resolved_in_schemas_and_nothing_is_left_out_unless_wanted() -> None:
    body = b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;<!-- c --><?p i?></a>'
    _text, _encoding, _bom, schema = lossless.decode_text(body, schema=True)
    assert (schema.text, len(schema)) == ("y", 2)
    _text, _encoding, _bom, bare = lossless.decode_text(body, schema=True, bare=True)
    assert (bare.text, len(bare)) == ("y", 0)
    event = lossless.decode_text(body)[3]
    assert event.text is None
