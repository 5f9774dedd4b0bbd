"""Groups, choices and repetitions: their names, their bounds, and what they take from a text."""

from __future__ import annotations

import pytest

from clacks_monitor.forms import Choice, Form, FormField, Group, Repeat, ValueField
from clacks_monitor.forms import containers as containers_module
from clacks_monitor.forms.value_fields import RawXml
from tests.helpers.small_schemas import can_undo, complex_type, form_of, leaf, only, repeat, shown


def one(name: str, **occurs: str) -> str:
    bounds = "".join(f' {key}="{value}"' for key, value in occurs.items())
    return f'<xs:element name="{name}" type="xs:string"{bounds}/>'


BOUNDED = complex_type(one("a", minOccurs="1", maxOccurs="3") + one("b", minOccurs="0", maxOccurs="unbounded"))


@pytest.mark.parametrize(
    ("count", "can_add", "words"),
    [
        (0, True, "is missing"),
        (1, True, None),
        (2, True, None),
        (3, False, None),
    ],
)
def test_a_repetition_keeps_to_its_bounds(count: int, can_add: bool, words: str | None) -> None:
    items = repeat(form_of(BOUNDED, f"<r>{'<a/>' * count}</r>"), "a")
    assert (items.minimum, items.maximum, len(items.items)) == (1, 3, count)
    assert (items.can_add, items.problem()) == (can_add, words)


def test_too_few_and_too_many_are_counted() -> None:
    form = form_of(complex_type(one("a", minOccurs="2", maxOccurs="2")), "<r><a/></r>")
    items = repeat(form, "a")
    assert items.problem() == "at least 2 are required, there are 1"
    items.add()
    assert items.problem() is None
    items.add()
    assert items.problem() == "at most 2 are allowed, found 3"
    items.remove(0)
    items.remove(0)
    items.remove(0)
    assert items.problem() == "is missing"


def test_a_repetition_without_bounds_takes_all_and_says_nothing() -> None:
    items = repeat(form_of(BOUNDED, f"<r><a/>{'<b/>' * 20}</r>"), "b")
    assert (len(items.items), items.can_add, items.problem()) == (20, True, None)
    assert items.children == items.items


def test_more_of_a_kind_than_allowed_are_kept_as_text() -> None:
    form = form_of(BOUNDED, "<r><a>1</a><a/><a/><a>4</a><b/></r>")
    raw = only(form, RawXml)
    assert raw.problem() == "the order of the elements violates the schema"
    assert raw.value == "<a>1</a><a/><a/><a>4</a><b/>"


@pytest.mark.parametrize(("minimum", "most", "count"), [("3", 5_000, 3), ("3", 2, 2), ("3", 3, 3)])
def test_a_new_event_has_as_many_as_are_wanted_up_to_a_bound(
    monkeypatch: pytest.MonkeyPatch, minimum: str, most: int, count: int
) -> None:
    assert containers_module.MAX_NEW == 5_000
    monkeypatch.setattr(containers_module, "MAX_NEW", most)
    form = form_of(complex_type(one("a", minOccurs=minimum, maxOccurs="9")))
    assert len(repeat(form, "a").items) == count


def texts(items: Repeat) -> list[str]:
    return [item.value for item in items.items if isinstance(item, ValueField)]


def numbered() -> tuple[Form, Repeat]:
    form = form_of(complex_type(one("a", minOccurs="0", maxOccurs="9")), "<r><a>0</a><a>1</a><a>2</a><a>3</a></r>")
    return form, repeat(form, "a")


@pytest.mark.parametrize(
    ("index", "to", "order"),
    [(0, 3, "1230"), (3, 0, "3012"), (1, 2, "0213"), (2, 2, "0123"), (0, 0, "0123"), (3, 3, "0123")],
)
def test_items_move(index: int, to: int, order: str) -> None:
    form, items = numbered()
    items.move(index, to)
    assert "".join(texts(items)) == order
    form.edits.undo()
    assert "".join(texts(items)) == "0123"


def test_an_item_is_duplicated_behind_itself() -> None:
    form, items = numbered()
    copied = items.duplicate(1)
    assert isinstance(copied, ValueField)
    assert (texts(items), items.items.index(copied)) == (["0", "1", "1", "2", "3"], 2)
    copied.value = "other"
    assert texts(items) == ["0", "1", "other", "2", "3"]
    form.edits.undo()
    form.edits.undo()
    assert texts(items) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("body", ["<a/><b/>", "<b/>", "<a>1</a>", "<a>2</a><b>3</b>"])
def test_a_duplicate_writes_what_its_source_writes(body: str) -> None:
    inner = f'<xs:sequence minOccurs="0" maxOccurs="unbounded">{one("a", minOccurs="0")}{one("b", minOccurs="0")}'
    form = form_of(complex_type(inner + "</xs:sequence>"), f"<r>{body}</r>")
    next(field for field in form.root.walk() if isinstance(field, Repeat)).duplicate(0)
    assert shown(form) == f"<r>{body}{body}</r>"


@pytest.mark.parametrize(("index", "to"), [(-1, 0), (0, -1), (4, 0), (0, 4)])
def test_items_move_nowhere_else(index: int, to: int) -> None:
    form, items = numbered()
    with pytest.raises(IndexError, match="there are 4"):
        items.move(index, to)
    assert not can_undo(form)


def test_items_are_added_where_wanted_and_removed() -> None:
    form, items = numbered()
    added = items.add(1)
    assert isinstance(added, ValueField)
    assert (added.path, added.in_repeat) == ("a[2]", True)
    added.value = "x"
    last = items.add()
    assert items.items[-1] is last
    assert "".join(texts(items)) == "0x123"
    items.remove(-1)
    items.remove(0)
    assert "".join(texts(items)) == "x123"
    with pytest.raises(IndexError):
        items.remove(4)
    while form.edits.undo():
        pass
    assert "".join(texts(items)) == "0123"


def test_adding_brings_the_group_around_back() -> None:
    form = form_of(
        complex_type(f'<xs:sequence minOccurs="0">{one("k")}{one("a", minOccurs="0", maxOccurs="2")}</xs:sequence>'),
        "<r></r>",
    )
    group = only(form, Group)
    items = next(child for child in group.children if isinstance(child, Repeat))
    items.add()
    assert shown(form) == "<r><k/><a/></r>"


CHOICE = complex_type(
    f"<xs:choice>{one('a')}<xs:sequence>{one('b')}{one('c', minOccurs='0')}</xs:sequence></xs:choice>"
)


def test_a_choice_takes_the_branch_that_a_text_has() -> None:
    choice = only(form_of(CHOICE, "<r><b>1</b><c>2</c></r>"), Choice)
    assert (choice.selected, choice.labels, choice.problem()) == (1, ("a", "b, c"), None)
    assert [field.label for field in choice.children] == ["b, c"]
    assert [field.label for field in choice.branches] == ["a", "b, c"]
    assert list(choice.opened_branches) == [1, 0]


def test_a_choice_that_a_text_lacks_asks_for_one() -> None:
    form = form_of(CHOICE, "<r></r>")
    choice = only(form, Choice)
    assert (choice.selected, choice.children, choice.problem()) == (None, (), "choose one of: a, b, c")
    choice.selected = 0
    assert (choice.problem(), shown(form)) == (None, "<r><a/></r>")
    choice.selected = None
    assert (choice.problem(), shown(form)) == ("choose one of: a, b, c", "<r></r>")
    form.edits.undo()
    assert shown(form) == "<r><a/></r>"
    choice.selected = 0
    assert form.edits.undo()
    assert not can_undo(form)


@pytest.mark.parametrize("index", [-1, 2])
def test_a_choice_has_no_other_branches(index: int) -> None:
    choice = only(form_of(CHOICE, "<r><a/></r>"), Choice)
    with pytest.raises(IndexError, match="there are 2 branches"):
        choice.selected = index
    assert choice.selected == 0


def test_a_choice_with_an_empty_branch_needs_nothing() -> None:
    form = form_of(complex_type(f"<xs:choice>{one('a')}{one('b', minOccurs='0')}</xs:choice>"), "<r></r>")
    choice = only(form, Choice)
    assert (choice.selected, choice.problem()) == (1, None)
    assert shown(form) == "<r></r>"


def test_a_required_choice_that_is_absent_is_missing() -> None:
    form = form_of(CHOICE, "<r><a/></r>")
    choice = only(form, Choice)
    choice.present = False
    assert choice.problem() == "is missing"
    assert shown(form) == "<r></r>"


def test_the_other_branches_values_survive_an_edit_of_the_text() -> None:
    form = form_of(CHOICE, "<r><a>1</a></r>")
    only(form, Choice).selected = 1
    leaf(form, "b").value = "2"
    form.text_edited(form.text.replace("<b>2</b>", "<b>3</b>"))
    choice = only(form, Choice)
    choice.selected = 0
    assert shown(form) == "<r><a>1</a></r>"
    choice.selected = 1
    assert shown(form) == "<r><b>3</b></r>"


ALL = (
    '<xs:element name="r"><xs:complexType><xs:all>'
    f"{one('a')}{one('b', minOccurs='0')}{one('c', minOccurs='0')}</xs:all></xs:complexType></xs:element>"
)


def test_an_all_group_keeps_the_texts_order_and_puts_what_is_new_last() -> None:
    form = form_of(ALL, "<r><c>1</c><a>2</a></r>")
    assert [(field.path, field.present) for field in form.root.walk()][1:] == [("a", True), ("b", False), ("c", True)]
    leaf(form, "b").value = "3"
    leaf(form, "a").value = "4"
    assert shown(form) == "<r><c>1</c><a>4</a><b>3</b></r>"
    assert form.problems() == []


def test_an_all_group_takes_each_once() -> None:
    form = form_of(ALL, "<r><a>1</a><a>2</a></r>")
    assert only(form, RawXml).value == "<a>1</a><a>2</a>"
    missing = form_of(ALL, "<r><b/></r>")
    assert leaf(missing, "a").problem() == "is missing"
    assert leaf(missing, "c").problem() is None


def labels(declarations: str) -> list[str]:
    return [field.label for field in form_of(declarations).root.walk()]


def test_groups_are_named_by_the_schema_or_by_what_is_in_them() -> None:
    named = '<xs:group name="pair"><xs:annotation><xs:documentation>Two.</xs:documentation></xs:annotation>'
    named += f"<xs:sequence>{one('a')}{one('b')}</xs:sequence></xs:group>"
    form = form_of(complex_type('<xs:group ref="t:pair" maxOccurs="2"/>') + named)
    pair = next(field for field in form.root.walk() if isinstance(field, Repeat))
    assert (pair.label, [item.path for item in pair.items]) == ("pair", ["pair[1]"])
    many = "".join(one(name) for name in "abcd")
    assert labels(complex_type(f'<xs:sequence maxOccurs="2">{many}</xs:sequence>{one("z")}'))[1] == "a, b, c, ..."
    assert labels(complex_type(f"<xs:choice>{many}</xs:choice>{one('z')}"))[1] == "a or b or c, ..."
    three = "".join(one(name) for name in "abc")
    assert labels(complex_type(f"<xs:choice>{three}</xs:choice>{one('z')}"))[1] == "a or b or c"
    assert labels(complex_type('<xs:any processContents="lax" maxOccurs="2"/>'))[1] == "any element"
    inner = f'<xs:choice><xs:any processContents="lax" namespace="##other"/>{one("b")}</xs:choice>'
    assert labels(complex_type(inner + one("z")))[1] == "any element or b"


def test_a_repetition_tells_what_its_element_is() -> None:
    element = (
        '<xs:element name="a" maxOccurs="2" type="xs:string"><xs:annotation><xs:documentation>An a.'
        "</xs:documentation></xs:annotation></xs:element>"
    )
    items = repeat(form_of(complex_type(element)), "a")
    assert (items.documentation, items.items[0].documentation) == ("An a.", "An a.")


def test_a_group_of_optional_parts_that_repeats_ends_where_nothing_is_taken() -> None:
    inner = f'<xs:sequence minOccurs="0" maxOccurs="unbounded">{one("a", minOccurs="0")}{one("b", minOccurs="0")}'
    form = form_of(complex_type(inner + "</xs:sequence>"), "<r><a/><b/><b/><a/></r>")
    groups: tuple[FormField, ...] = next(field for field in form.root.walk() if isinstance(field, Repeat)).items
    assert [[child.present for child in group.children] for group in groups] == [
        *([True, True], [False, True], [True, False]),
    ]
    assert shown(form) == "<r><a/><b/><b/><a/></r>"
