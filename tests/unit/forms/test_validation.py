"""Two validators' opinions: who objects, where it is said, and what is said once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest
from lxml import etree

from clacks_monitor.forms import ValidationIssue, lossless
from clacks_monitor.forms.validation import node_of, path_of, validate

if TYPE_CHECKING:
    from clacks_monitor.forms.errors import Finding
    from clacks_monitor.forms.schema_set import SchemaSet

TEXT = "<r>\n<a/><b><c/><!-- x --><c/></b>\n</r>"


@dataclass
class Opinions:
    """A schema whose validators say what they are told to, of the elements at some indexes."""

    first: list[tuple[str, ...]] = field(default_factory=list)
    second: list[tuple[str, ...]] = field(default_factory=list)
    asked_second: int = 0

    def findings(self, element: etree._Element) -> list[Finding]:
        return self._found(element, self.first)

    def second_findings(self, element: etree._Element) -> list[Finding]:
        self.asked_second += 1
        return self._found(element, self.second)

    def _found(self, element: etree._Element, told: list[tuple[str, ...]]) -> list[Finding]:
        return [(element.find(path) if path != "." else element, ValidationIssue(words)) for path, words in told]  # type: ignore[misc]  # it is there


def judged(schema: Opinions, *, second: bool = True) -> list[str]:
    document = lossless.parse(TEXT)
    element = etree.fromstring(TEXT)
    return [
        f"{problem} [{problem.objector}] {node.name}"
        for node, problem in validate(cast("SchemaSet", schema), element, document.root, second=second)
    ]


LXML, XMLSCHEMA = (
    "reported only by the agent's validator (libxml2)",
    "accepted by the agent's validator (libxml2), not allowed by XML Schema",
)


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        (Opinions(), []),
        (
            Opinions([("b/c[2]", "odd"), ("a", "bad")], [("a", "also bad"), ("b", "more")]),
            ["line 2, column 1: a: bad [] a", "line 2, column 22: b/c[2]: odd [] c"],
        ),
        (Opinions([("b", "odd")], []), [f"line 2, column 5: b: odd ({LXML}) [lxml] b"]),
        (Opinions([], [("b/c[1]", "odd")]), [f"line 2, column 8: b/c[1]: odd ({XMLSCHEMA}) [xmlschema] c"]),
        (Opinions([], [(".", "odd")]), [f"line 1, column 1: odd ({XMLSCHEMA}) [xmlschema] r"]),
    ],
)
def test_both_are_asked_and_the_only_objector_is_named(schema: Opinions, told: list[str]) -> None:
    assert judged(schema) == told
    assert schema.asked_second == 1


def test_without_a_second_opinion_none_is_asked_and_none_is_lacking() -> None:
    schema = Opinions([("a", "bad")], [("b", "odd")])
    assert judged(schema, second=False) == ["line 2, column 1: a: bad [] a"]
    assert schema.asked_second == 0
    assert judged(Opinions([], [("b", "odd")]), second=False) == []


def test_an_element_is_found_as_far_as_the_text_goes() -> None:
    element, top = etree.fromstring("<r><a/><b><c/><c/><c/></b></r>"), lossless.parse(TEXT).root
    assert node_of(top, element, element) is top
    assert node_of(top, element, element[1][1]) is top.children[1].children[1]
    assert node_of(top, element, element[1][2]) is top.children[1]


def test_paths_count_twins_only() -> None:
    top = lossless.parse("<r><x:a xmlns:x='u'/><a/><a/><b><a/></b></r>").root
    one, two, three, b = top.children
    assert [path_of(node, top) for node in (top, one, two, three, b, b.children[0])] == [
        *("", "a", "a[1]", "a[2]", "b", "b/a"),
    ]
