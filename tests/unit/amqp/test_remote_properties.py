"""What a peer says of itself, as the monitor reads it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from cproton import ffi
from proton import Connection, Data, Described, ProtonException, SymbolList, symbol

from clacks_monitor.amqp import remote_properties


class Engine:
    """An engine whose peer says this, or cannot be understood."""

    def __init__(self, said: object) -> None:
        self._said = said

    @property
    def remote_properties(self) -> object:
        if isinstance(self._said, Exception):
            raise self._said
        return self._said


def read(said: object) -> dict[str, object]:
    engine: Connection = Engine(said)  # type: ignore[assignment]  # what is asked of it
    return remote_properties.properties(engine)


def test_properties_are_bounded_lines_and_numbers() -> None:
    said = {symbol("product"): "A\nbroker", "size": 5, "share": 0.5, "ready": True, "list": [1], "long": "x" * 1000}
    found = read(said)
    assert found["product"] == "A broker"
    assert (found["size"], found["share"], found["ready"], found["list"]) == (5, 0.5, True, "[1]")
    assert len(str(found["long"])) == 500


def test_of_very_many_the_first_are_read() -> None:
    found = read({f"name {n}": n for n in range(101)})
    assert list(found.values()) == list(range(100))


@pytest.mark.parametrize(
    "said", [ProtonException(), ValueError(), TypeError(), KeyError(), RecursionError(), None, ["a"], 7]
)
def test_nonsense_is_nothing_said(said: object) -> None:
    assert read(said) == {}


def test_texts_of_the_engine() -> None:
    assert remote_properties.text(ffi.NULL) == ""
    for said, shown in ((b"", ""), (b"it is", "it is"), (b"a\xffb", "a\\xffb"), ("ä\n".encode(), "ä")):
        assert remote_properties.text(ffi.new("char[]", said)) == shown
    assert len(remote_properties.text(ffi.new("char[]", b"x" * 100_000))) == 500


class Terminus:
    """A terminus with this filter map."""

    def __init__(self, *values: object) -> None:
        self.filter = Data()
        if values:
            self.filter.put_dict({symbol(f"f{n}"): value for n, value in enumerate(values)})


def test_the_filters_of_a_terminus_by_their_descriptors() -> None:
    described = Described(symbol("a:filter"), "x")
    found = remote_properties.filter_descriptors(Terminus(described, "no filter"))  # type: ignore[arg-type]  # what is asked of it
    assert found == ["a:filter"]
    assert remote_properties.filter_descriptors(Terminus()) == []  # type: ignore[arg-type]  # as above


def test_the_filters_of_a_terminus_by_name_and_value_as_bounded_lines() -> None:
    terminus = Terminus(Described(symbol("a:filter"), "x\n" * 1000), "plain", 7)
    found = remote_properties.filters(terminus)  # type: ignore[arg-type]  # what is asked of it
    assert found[0] == ("f0", f"{'x ' * 249}x…")
    assert found[1:] == (("f1", "plain"), ("f2", "7"))
    assert remote_properties.filters(Terminus()) == ()  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (None, ()),
        (symbol("one"), ("one",)),
        ([symbol("one"), "two\n3"], ("one", "two 3")),
        (SymbolList([symbol("one"), symbol("two")]).to_array(), ("one", "two")),  # type: ignore[no-untyped-call]  # it is proton's
        ([symbol("x")] * 1000, ("x",) * 100),
        (7, ()),
    ],
)
def test_capabilities_are_bounded_lines_however_they_are_said(said: object, found: tuple[str, ...]) -> None:
    data = Data()
    data.put_object(said)
    terminus = SimpleNamespace(capabilities=data)
    assert remote_properties.terminus_capabilities(terminus) == found  # type: ignore[arg-type]  # what is asked of it
    connection: Connection = SimpleNamespace(remote_offered_capabilities=said)  # type: ignore[assignment]  # as above
    assert remote_properties.offered_capabilities(connection) == found


def test_unreadable_capabilities_are_none() -> None:
    class Broken:
        @property
        def remote_offered_capabilities(self) -> object:
            raise RecursionError

    broken: Connection = Broken()  # type: ignore[assignment]  # what is asked of it
    assert remote_properties.offered_capabilities(broken) == ()
