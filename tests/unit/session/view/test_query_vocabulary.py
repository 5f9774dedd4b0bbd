"""The words of the schemas: taken over whole, read when they are first wanted, and again after they have changed."""

from __future__ import annotations

from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.forms.vocabulary import AttributeInfo, ElementInfo
from clacks_monitor.session.view.query_vocabulary import QueryVocabulary, vocabulary_of

KIND = AttributeInfo("kind", "", "What it is.", ("a", "b"), required=True)
STATUS = ElementInfo("Status", "urn:s", "How it is.", (), (), ("busy", "free"), "string", open=True)
CALL = ElementInfo("Call", "urn:s", "A call.", (STATUS,), (KIND,), (), "CallType")


def test_words_are_taken_over_with_all_that_is_known() -> None:
    found = vocabulary_of([CALL, STATUS])
    (event,) = found.roots
    assert (found.namespace, event.name, [word.name for word in event.children]) == (
        EVENT_NAMESPACE, "Event", ["Call", "Status"],
    )  # fmt: skip
    call = event.children[0]
    assert (call.documentation, call.type_name, call.values, call.open) == ("A call.", "CallType", (), False)
    (attribute,) = call.attributes
    assert (attribute.name, attribute.documentation, attribute.type_name, attribute.values) == (
        "kind", "What it is.", "", ("a", "b"),
    )  # fmt: skip
    (status,) = call.children
    assert (status.name, status.values, status.type_name, status.open) == ("Status", ("busy", "free"), "string", True)


def test_schemas_are_read_once_until_they_are_forgotten() -> None:
    reads: list[int] = []

    def elements() -> list[ElementInfo]:
        reads.append(1)
        return [CALL]

    words = QueryVocabulary(elements)
    assert reads == []
    first = words()
    assert (words() is first, len(reads)) == (True, 1)
    words.forget()
    assert (words() is first, len(reads)) == (False, 2)
