"""Boards: the newest state of each key, and since when; what says nothing changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core import board as board_module
from clacks_monitor.core.board import Board, BoardDefinition, Rule, Spelling, StateName

DOORS = BoardDefinition(
    "doors",
    "Doors",
    "Door",
    columns={"by": "By", "locks": "Locks"},
    states={"open": StateName("open", "warn"), "shut": StateName("shut", "good")},
    rules=(
        Rule("Opened", key="@id", state="open", values={"by": "Person/Name", "locks": "#Lock"}),
        Rule("Shut", key="@id", state="shut", clears=("by",)),
        Rule("Painted", key="Doors", listed=True, state_of="Colour", states={"red": "wet"}),
        Rule("Alarm", every=("open",), state="guarded"),
    ),
)


def wrap(inner: str) -> bytes:
    return f'<Event xmlns="http://www.gonicus.de/Events">{inner}</Event>'.encode()


def opened(door: str, person: str = "", locks: int = 0) -> tuple[str, bytes]:
    name = f"<Person><Name>{person}</Name></Person>" if person else ""
    return "Opened", wrap(f'<Opened id="{door}">{name}{"<Lock/>" * locks}</Opened>')


def shut(door: str) -> tuple[str, bytes]:
    return "Shut", wrap(f'<Shut id="{door}"/>')


def after(*events: tuple[str, bytes]) -> dict[str, tuple[str, int, int, tuple[str, ...]]]:
    board = Board(DOORS)
    for number, (name, body) in enumerate(events, 1):
        board.receive(name, body, number * 10, number)
    return {row.key: (row.state, row.since_ns, row.seen_ns, row.values) for row in board.rows()}


def test_a_state_is_kept_with_its_beginning_and_the_last_sight() -> None:
    assert after(opened("a", "Ann", 2), opened("a"), shut("b")) == {
        "a": ("open", 10, 20, ("Ann", "2")),
        "b": ("shut", 30, 30, ("", "")),
    }


def test_a_change_begins_anew_and_clears_what_it_says() -> None:
    assert after(opened("a", "Ann", 1), shut("a")) == {"a": ("shut", 20, 20, ("", "1"))}


def test_several_keys_in_a_list_and_values_that_stand_for_states() -> None:
    painted = ("Painted", wrap("<Painted><Doors> a  b </Doors><Colour>red</Colour></Painted>"))
    plain = ("Painted", wrap("<Painted><Doors>c</Doors><Colour>none</Colour></Painted>"))
    assert {key: row[0] for key, row in after(painted, plain).items()} == {"a": "wet", "b": "wet"}


def test_an_event_about_all_in_a_state() -> None:
    found = after(opened("a"), shut("b"), ("Alarm", wrap("<Alarm/>")), opened("c"))
    assert {key: row[:2] for key, row in found.items()} == {"a": ("guarded", 30), "b": ("shut", 20), "c": ("open", 40)}


@pytest.mark.parametrize(
    "event",
    [
        ("Opened", b"no xml"),
        ("Opened", b""),
        ("Opened", wrap("")),
        ("Opened", wrap("<Other id='a'/>")),
        ("Opened", wrap("<Opened/>")),
        ("Other", wrap("<Opened id='a'/>")),
        ("Opened", b'<!DOCTYPE e [<!ENTITY f SYSTEM "file:///etc/passwd">]><Event><Opened>&f;</Opened></Event>'),
    ],
)
def test_what_says_nothing_changes_nothing(event: tuple[str, bytes]) -> None:
    assert after(event) == {}


def test_a_board_knows_only_so_many_and_forgets_who_was_seen_longest_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_module, "MAX_KEYS", 2)
    assert list(after(opened("a"), opened("b"), opened("a"), opened("c"))) == ["a", "c"]


EVENTS = st.lists(st.tuples(st.sampled_from(["open", "shut", "alarm"]), st.sampled_from("abc")), max_size=30)


@given(EVENTS)
def test_the_board_is_what_a_plain_walk_through_the_events_says(steps: list[tuple[str, str]]) -> None:
    states: dict[str, str] = {}
    since: dict[str, int] = {}
    events = []
    for number, (step, door) in enumerate(steps, 1):
        events.append(opened(door) if step == "open" else shut(door) if step == "shut" else ("Alarm", wrap("<Alarm/>")))
        concerned = [key for key, state in states.items() if state == "open"] if step == "alarm" else [door]
        for key in concerned:
            state = "guarded" if step == "alarm" else step
            if states.get(key) != state:
                states[key], since[key] = state, number * 10
    assert {key: row[:2] for key, row in after(*events).items()} == {key: (states[key], since[key]) for key in states}


def calls(*spellings: Spelling) -> Board:
    rule = Rule("Call", key="To", listed=True, state="rings", values={"with": "From", "note": "From"})
    columns = {"with": "With", "note": "Note"}
    return Board(BoardDefinition("calls", "Calls", "Number", columns, {}, (rule,), "", spellings, frozenset({"with"})))


def call(callers: str, called: str) -> tuple[str, bytes, int, int]:
    return "Call", wrap(f"<Call><From>{callers}</From><To>{called}</To></Call>"), 10, 1


SITE = (Spelling("00", "+"), Spelling("0", "+49"), Spelling("", "+4929329", 3))


def test_one_number_in_several_spellings_is_one_key_which_remembers_them() -> None:
    board = calls(*SITE)
    for called in ("+4929329110", "110 004929329110", "029329110", "110"):
        board.receive(*call("0044", called))
    (row,) = board.rows()
    assert (row.key, row.texts) == ("+4929329110", ("+4929329110", "004929329110", "029329110", "110"))


def test_spelled_columns_hold_keys_and_others_stay_as_they_are() -> None:
    board = calls(*SITE)
    board.receive(*call("110 0044", "+1"))
    (row,) = board.rows()
    assert row.values == ("+4929329110 +44", "110 0044")


def test_without_spellings_a_key_stands_in_events_as_it_is() -> None:
    board = calls()
    board.receive(*call("1", "2"))
    (row,) = board.rows()
    assert (row.key, row.spellings, row.texts) == ("2", (), ("2",))


def test_only_the_latest_spellings_are_remembered() -> None:
    board = calls(*(Spelling("0" * zeros, "+", zeros + 1) for zeros in range(1, 30)))
    for zeros in range(1, 30):
        board.receive(*call("9", "0" * zeros + "7"))
    (row,) = board.rows()
    assert row.texts == tuple("0" * zeros + "7" for zeros in range(30 - board_module.MAX_SPELLINGS, 30))


def rows(board: Board, *events: tuple[str, bytes]) -> list[board_module.BoardRow]:
    for number, (name, body) in enumerate(events, 1):
        board.receive(name, body, number * 10, number)
    return list(board.rows())


def test_the_entry_in_which_a_key_was_last_seen_is_known() -> None:
    (row,) = rows(Board(DOORS), opened("a"), (*shut("b")[:1], b"no xml"), opened("a"))
    assert (row.sequence, row.since_ns, row.seen_ns) == (3, 10, 30)


def test_keys_and_values_are_cut() -> None:
    (row,) = rows(Board(DOORS), opened("k" * 250, "p" * 400))
    assert row.key == "k" * 200
    assert row.values[0] == "p" * 300


def test_a_state_that_is_not_translated_is_the_value_itself() -> None:
    definition = BoardDefinition("x", "X", "K", {}, {}, (Rule("S", key="K", state_of="V"),))
    found = rows(Board(definition), ("S", wrap("<S><K>a</K><V>up</V></S>")), ("S", wrap("<S><K>b</K><V/></S>")))
    assert [(row.key, row.state) for row in found] == [("a", "up")]


def test_a_value_that_is_lacking_leaves_the_last_one() -> None:
    (row,) = rows(Board(DOORS), opened("a", "Ann", 2), opened("a", "", 0))
    assert row.values == ("Ann", "2")


def test_several_values_are_divided_by_commas_and_elements_counted_at_a_path() -> None:
    rule = Rule("S", key="K", state="s", values={"v": "V", "n": "#L/M"})
    definition = BoardDefinition("x", "X", "K", {"n": "N", "v": "V"}, {}, (rule,))
    (row,) = rows(Board(definition), ("S", wrap("<S><K>a</K><V>1</V><V>2</V><L><M/><M/></L><M/></S>")))
    assert row.values == ("2", "1, 2")


def test_each_rule_of_a_type_is_applied_in_its_order() -> None:
    rules = (Rule("S", key="K", state="one"), Rule("S", key="K", state_of="V", states={"x": "two"}))
    definition = BoardDefinition("x", "X", "K", {}, {}, rules)
    assert definition.types == {"S"}
    found = rows(Board(definition), ("S", wrap("<S><K>a</K><V>x</V></S>")), ("S", wrap("<S><K>b</K><V>y</V></S>")))
    assert [(row.key, row.state) for row in found] == [("a", "two"), ("b", "one")]


def test_an_event_too_large_to_be_checked_changes_nothing() -> None:
    assert rows(Board(DOORS), ("Opened", wrap(f"<Opened id='a'>{'<b/>' * 200_001}</Opened>"))) == []


def test_a_state_without_a_name_is_shown_as_it_is() -> None:
    assert DOORS.state_name("open") == StateName("open", "warn")
    assert DOORS.state_name("odd") == StateName("odd", "quiet")


def test_a_spelling_with_a_length_is_about_keys_of_that_length_only() -> None:
    spelling = Spelling("0", "+", 3)
    assert [spelling.fits(text) for text in ("012", "01", "0123", "112")] == [True, False, False, False]
    assert Spelling("0", "+").fits("0123")
    assert spelling.of("012") == "+12"


def test_the_bounds_of_a_board() -> None:
    found = board_module.MAX_KEYS, board_module.MAX_KEY, board_module.MAX_VALUE, board_module.MAX_SPELLINGS
    assert found == (5_000, 200, 300, 8)
    assert board_module.MOODS == ("quiet", "good", "warn", "bad", "active")
