"""Pieces of lines of XML, against hand-written ones: where they end, what they are, how far was looked."""

from __future__ import annotations

import pytest

from clacks_monitor.gui.detail.xml_scanner import State, pieces

Found = tuple[str, str, State, int]


@pytest.mark.parametrize(
    ("text", "state", "found"),
    [
        ("ab<c", State.TEXT, [("ab", "", State.TEXT, 3), ("<c", "tag", State.TAG, 5)]),
        ("< a", State.TEXT, [("<", "", State.TEXT, 3), (" a", "", State.TEXT, 4)]),
        ("</a>", State.TEXT, [("</a", "tag", State.TAG, 4), (">", "tag", State.TEXT, 4)]),
        (
            "&lt;&x",
            State.TEXT,
            [("&lt;", "entity", State.TEXT, 4), ("&", "", State.TEXT, 38), ("x", "", State.TEXT, 7)],
        ),
        ("<!--->-->a", State.TEXT, [("<!--->-->", "comment", State.TEXT, 9), ("a", "", State.TEXT, 11)]),
        ("<!-- a", State.TEXT, [("<!-- a", "comment", State.COMMENT, 6)]),
        ("-->", State.COMMENT, [("-->", "comment", State.TEXT, 3)]),
        ("<![CDATA[<a>]]>", State.TEXT, [("<![CDATA[<a>]]>", "", State.TEXT, 15)]),
        ("<?x ?>", State.TEXT, [("<?x ?>", "tag", State.TEXT, 6)]),
        (
            "b=''c=\"\"/>",
            State.TAG,
            [
                ("b", "attribute", State.TAG, 2),
                ("=", "", State.TAG, 3),
                ("''", "string", State.TAG, 4),
                ("c", "attribute", State.TAG, 6),
                ("=", "", State.TAG, 7),
                ('""', "string", State.TAG, 8),
                ("/>", "tag", State.TEXT, 10),
            ],
        ),
        ("b c", State.TAG, [("b", "", State.TAG, 2), (" ", "", State.TAG, 3), ("c", "", State.TAG, 4)]),
        ("/ >", State.TAG, [("/", "", State.TAG, 2), (" ", "", State.TAG, 3), (">", "tag", State.TEXT, 3)]),
        ("!!<b", State.TAG, [("!!", "", State.TAG, 3), ("<b", "tag", State.TAG, 5)]),
        ("a'b\"", State.DOUBLE, [("a'b\"", "string", State.TAG, 4)]),
        ("a\"b'", State.SINGLE, [("a\"b'", "string", State.TAG, 4)]),
        ("ab", State.DOUBLE, [("ab", "string", State.DOUBLE, 2)]),
        ("", State.COMMENT, []),
    ],
)
def test_a_line_is_cut_into_pieces(text: str, state: State, found: list[Found]) -> None:
    assert [(text[p.start : p.end], p.kind, p.state, p.looked) for p in pieces(text, state)] == found


@pytest.mark.parametrize(("length", "kind"), [(32, "entity"), (33, "")])
def test_an_entity_has_a_name_of_bounded_length(length: int, kind: str) -> None:
    first, *_others = pieces("&" + "a" * length + ";", State.TEXT)
    assert first.kind == kind
