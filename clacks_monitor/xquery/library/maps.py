"""Maps and arrays.

Owner: xquery. Thread: any. Source: F&O 3.1, section 17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel.functions import Array, Entry, Function, Map, same_key
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import atomize, call_converted
from clacks_monitor.xquery.library.higher import one_boolean, sorted_by
from clacks_monitor.xquery.library.options import choice
from clacks_monitor.xquery.library.sequences import collation_of
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from clacks_monitor.xquery.evaluation.frame import Frame, Items


@function("map:merge($maps as map(*)*, $options as map(*)) as map(*)", least=1)
def _merge(f: Frame, maps: Items, options: Map | None = None) -> Map:
    how = choice(options, "duplicates", ("use-first", "use-last", "use-any", "combine", "reject"), "use-first")
    data: dict[Any, Entry] = {}
    for one in maps:
        f.run.budget.step()
        if how == "use-last":
            data.update(one.data)
            continue
        for same, entry in one.data.items():
            if same not in data:
                data[same] = entry
            elif how == "reject":
                raise QueryError("FOJS0003", Message("The key '{0}' appears twice.", entry[0]))
            elif how == "combine":
                data[same] = (data[same][0], [*data[same][1], *entry[1]])
                f.run.budget.spend(len(entry[1]))
        f.run.budget.check_items(len(data))
    return Map.of(data)


@function("map:size($map as map(*)) as xs:integer")
def _size(_f: Frame, one: Map) -> int:
    return one.size


@function("map:keys($map as map(*)) as xs:anyAtomicType*")
def _keys(_f: Frame, one: Map) -> Items:
    return [key for key, _ in one.entries()]


@function("map:contains($map as map(*), $key as xs:anyAtomicType) as xs:boolean")
def _contains(_f: Frame, one: Map, key: Any) -> bool:
    return one.entry(key) is not None


@function("map:get($map as map(*), $key as xs:anyAtomicType) as item()*")
def _get(_f: Frame, one: Map, key: Any) -> Items:
    return one.get(key)


@function("map:find($input as item()*, $key as xs:anyAtomicType) as array(*)")
def _find(_f: Frame, given: Items, key: Any) -> Array:
    found: list[Items] = []

    def search(items: Items) -> None:
        for item in items:
            if isinstance(item, Array):
                for member in item.members:
                    search(member)
            elif isinstance(item, Map):
                entry = item.entry(key)
                if entry is not None:
                    found.append(entry[1])
                for _, value in item.entries():
                    search(value)

    search(given)
    return Array(found)


@function("map:put($map as map(*), $key as xs:anyAtomicType, $value as item()*) as map(*)")
def _put(_f: Frame, one: Map, key: Any, value: Items) -> Map:
    return one.with_entry(key, value)


@function("map:entry($key as xs:anyAtomicType, $value as item()*) as map(*)")
def _entry(_f: Frame, key: Any, value: Items) -> Map:
    return Map.of({same_key(key): (key, value)})


@function("map:remove($map as map(*), $keys as xs:anyAtomicType*) as map(*)")
def _remove(_f: Frame, one: Map, keys: Items) -> Map:
    return one.without(keys)


@function("map:for-each($map as map(*), $action as function(xs:anyAtomicType, item()*) as item()*) as item()*")
def _map_for_each(f: Frame, one: Map, do: Function) -> Items:
    out: list[Any] = []
    for key, value in one.entries():
        out.extend(call_converted(do, [(key,), value], f.run))
    return out


# ---------------------------------------------------------------- arrays
def _position(array: Array, position: int, extra: int = 0) -> int:
    if not 1 <= position <= len(array.members) + extra:
        raise QueryError(
            "FOAY0001", Message("There is no member {0}; the array has {1}.", position, len(array.members))
        )
    return position - 1


@function("array:size($array as array(*)) as xs:integer")
def _array_size(_f: Frame, array: Array) -> int:
    return len(array.members)


@function("array:get($array as array(*), $position as xs:integer) as item()*")
def _array_get(_f: Frame, array: Array, position: int) -> Items:
    return array.get(position)


@function("array:put($array as array(*), $position as xs:integer, $member as item()*) as array(*)")
def _array_put(_f: Frame, array: Array, position: int, member: Items) -> Array:
    at = _position(array, position)
    return Array([*array.members[:at], member, *array.members[at + 1 :]])


@function("array:append($array as array(*), $appendage as item()*) as array(*)")
def _append(_f: Frame, array: Array, member: Items) -> Array:
    return Array([*array.members, member])


@function("array:subarray($array as array(*), $start as xs:integer, $length as xs:integer) as array(*)", least=2)
def _subarray(_f: Frame, array: Array, start: int, length: int | None = None) -> Array:
    at = _position(array, start, 1)
    if length is None:
        return Array(array.members[at:])
    if length < 0:
        raise QueryError("FOAY0002", Message("The length of a subarray must not be negative."))
    if at + length > len(array.members):
        _position(array, start + length)
    return Array(array.members[at : at + length])


@function("array:remove($array as array(*), $positions as xs:integer*) as array(*)")
def _array_remove(_f: Frame, array: Array, positions: Items) -> Array:
    gone = {_position(array, p) for p in positions}
    return Array([m for i, m in enumerate(array.members) if i not in gone])


@function("array:insert-before($array as array(*), $position as xs:integer, $member as item()*) as array(*)")
def _array_insert(_f: Frame, array: Array, position: int, member: Items) -> Array:
    at = _position(array, position, 1)
    return Array([*array.members[:at], member, *array.members[at:]])


@function("array:head($array as array(*)) as item()*")
def _array_head(_f: Frame, array: Array) -> Items:
    return array.get(1)


@function("array:tail($array as array(*)) as array(*)")
def _array_tail(_f: Frame, array: Array) -> Array:
    _position(array, 1)
    return Array(array.members[1:])


@function("array:reverse($array as array(*)) as array(*)")
def _array_reverse(_f: Frame, array: Array) -> Array:
    return Array(array.members[::-1])


@function("array:join($arrays as array(*)*) as array(*)")
def _join(_f: Frame, arrays: Items) -> Array:
    return Array([m for a in arrays for m in a.members])


@function("array:for-each($array as array(*), $action as function(item()*) as item()*) as array(*)")
def _array_for_each(f: Frame, array: Array, do: Function) -> Array:
    return Array([call_converted(do, [m], f.run) for m in array.members])


@function("array:filter($array as array(*), $function as function(item()*) as xs:boolean) as array(*)")
def _array_filter(f: Frame, array: Array, test: Function) -> Array:
    return Array([m for m in array.members if one_boolean(call_converted(test, [m], f.run))])


@function(
    "array:fold-left($array as array(*), $zero as item()*,"
    " $function as function(item()*, item()*) as item()*) as item()*"
)
def _array_fold_left(f: Frame, array: Array, zero: Items, do: Function) -> Items:
    for member in array.members:
        zero = call_converted(do, [zero, member], f.run)
    return zero


@function(
    "array:fold-right($array as array(*), $zero as item()*,"
    " $function as function(item()*, item()*) as item()*) as item()*"
)
def _array_fold_right(f: Frame, array: Array, zero: Items, do: Function) -> Items:
    for member in array.members[::-1]:
        zero = call_converted(do, [member, zero], f.run)
    return zero


@function(
    "array:for-each-pair($array1 as array(*), $array2 as array(*),"
    " $function as function(item()*, item()*) as item()*) as array(*)"
)
def _array_pairs(f: Frame, a: Array, b: Array, do: Function) -> Array:
    return Array([call_converted(do, [x, y], f.run) for x, y in zip(a.members, b.members, strict=False)])


@function(
    "array:sort($array as array(*), $collation as xs:string?,"
    " $key as function(item()*) as xs:anyAtomicType*) as array(*)",
    least=1,
)
def _array_sort(f: Frame, array: Array, collation: str | None = None, key: Function | None = None) -> Array:
    by = collation_of(f, collation)
    pairs = [(atomize(m if key is None else call_converted(key, [m], f.run)), m) for m in array.members]
    return Array(sorted_by(f, pairs, by))


@function("array:flatten($input as item()*) as item()*")
def _flatten(_f: Frame, given: Items) -> Items:
    out: list[Any] = []
    for item in given:
        if isinstance(item, Array):
            for member in item.members:
                out += _flatten(_f, member)
        else:
            out.append(item)
    return out
