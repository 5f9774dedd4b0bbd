"""What a peer says of itself, as the monitor reads it."""

from __future__ import annotations

import pytest
from cproton import ffi
from proton import Connection, Described, ProtonException, symbol

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
        from proton import Data

        self.filter = Data()
        if values:
            self.filter.put_dict({symbol(f"f{n}"): value for n, value in enumerate(values)})


def test_the_filters_of_a_terminus_by_their_descriptors() -> None:
    described = Described(symbol("a:filter"), "x")
    found = remote_properties.filter_descriptors(Terminus(described, "no filter"))  # type: ignore[arg-type]  # what is asked of it
    assert found == ["a:filter"]
    assert remote_properties.filter_descriptors(Terminus()) == []  # type: ignore[arg-type]  # as above
