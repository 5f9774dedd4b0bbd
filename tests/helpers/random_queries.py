"""Random events and random queries about them, for the property tests of the filter engine."""

from __future__ import annotations

from hypothesis import strategies as st

NAMESPACE = "urn:e"
PROLOG = f"declare namespace e = '{NAMESPACE}'; declare variable $color external; declare variable $n external; "
PLAIN_PROLOG = f"declare namespace e = '{NAMESPACE}'; "
PROPERTIES = {"color": "red", "n": "a"}

_NAMES = st.sampled_from(["e:a", "e:b", "e:c", "a", "b", "*", "*:a", "e:*", "Q{urn:e}a", "Q{}b", "Q{urn:e}*"])
_TEXTS = st.sampled_from(["", "a", "b", "red", " a ", "ab", "1", "\u00e9", "x'y", 'x"y'])
_AXES = st.sampled_from([
    "", "", "", "", "child::", "descendant::", "descendant-or-self::", "self::", "parent::",
    "ancestor::", "ancestor-or-self::", "following-sibling::", "preceding-sibling::",
    "following::", "preceding::",
])  # fmt: skip
_TESTS = st.one_of(
    _NAMES,
    st.sampled_from(["node()", "text()", "comment()", "element()", "processing-instruction()",
                     "element(e:a)", "processing-instruction(p)"]),
)  # fmt: skip
_INTEGERS = st.integers(0, 4).map(str)
_SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "ge"])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _markup(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@st.composite
def _elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(st.sampled_from(["a", "b", "c", "f:a", "f:z"]))
    declared = draw(st.sampled_from(["", "", "", "", ' xmlns=""', f' xmlns="{NAMESPACE}"']))
    attributes = "".join(
        f' {attribute}="{_markup(draw(_TEXTS))}"'
        for attribute in draw(st.sets(st.sampled_from(["a", "b", "f:a", "xml:lang"]), max_size=2))
    )
    leaf = st.one_of(
        _TEXTS.map(_markup),
        st.sampled_from(["\n  ", "&#160;", "&amp;", "\u4e2d", "\U0001f600"]),
        st.sampled_from(["<!--a-->", "<?p a?>", "<![CDATA[a]]>", "a<![CDATA[b]]>"]),
    )
    child = leaf if depth > 1 else st.one_of(leaf, _elements(depth + 1))
    content = "".join(draw(st.lists(child, max_size=3)))
    return f"<{name}{declared}{attributes}>{content}</{name}>"


@st.composite
def events(draw: st.DrawFn) -> bytes:
    """Well-formed events with two namespaces, comments, instructions and CDATA."""
    default = draw(st.sampled_from([f' xmlns="{NAMESPACE}"', "", ' xmlns="urn:other"']))
    children = "".join(draw(st.lists(_elements(), max_size=3)))
    before = draw(st.sampled_from(["", "<!--a-->", "<?p a?>"]))
    return f'{before}<a{default} xmlns:f="{NAMESPACE}">{children}</a>'.encode()


@st.composite
def _steps(draw: st.DrawFn, depth: int) -> str:
    if depth < 2 and draw(st.integers(0, 12)) == 0:
        return f"({draw(_steps(depth + 1))} | {draw(_steps(depth + 1))})"
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(["@a", "@e:a", "@*", "..", ".", "@*:a", "attribute::node()"]))
    step = draw(_AXES) + draw(_TESTS)
    if draw(st.integers(0, 3)) == 0 and depth < 3:
        step += f"[{draw(_predicates(depth + 1))}]"
    return step


@st.composite
def _predicates(draw: st.DrawFn, depth: int) -> str:
    positional = st.sampled_from(["1", "2", "last()", "position() = 1", "position() < 3", "position() = last()"])
    return draw(st.one_of(positional, conditions(depth)))


@st.composite
def paths(draw: st.DrawFn, depth: int = 0) -> str:
    """Location paths, absolute and relative, with predicates and unions."""
    start = draw(st.sampled_from(["", "", "/", "//", "./", ".//"]))
    path = start + draw(_steps(depth))
    for _ in range(draw(st.integers(0, 2 if depth < 2 else 0))):
        path += draw(st.sampled_from(["/", "/", "//"])) + draw(_steps(depth))
    if depth < 2 and draw(st.integers(0, 6)) == 0:
        path = f"({path})[{draw(_predicates(depth + 1))}]"
    if depth < 2 and draw(st.integers(0, 8)) == 0:
        path = f"({path} | {draw(paths(depth + 1))})"
    return path


@st.composite
def conditions(draw: st.DrawFn, depth: int = 0) -> str:
    """Conditions; most of them have a fast path, some only nearly."""
    if depth >= 2:
        return draw(paths(depth))
    inner = conditions(depth + 1)
    path = paths(depth + 1)
    forms = [
        lambda: draw(path),
        lambda: f"({draw(inner)} {draw(st.sampled_from(['and', 'or']))} {draw(inner)})",
        lambda: f"{draw(st.sampled_from(['not', 'boolean']))}({draw(inner)})",
        lambda: f"{draw(st.sampled_from(['exists', 'empty']))}({draw(path)})",
        lambda: f"({draw(path)} {draw(st.sampled_from(['=', '!=']))} {_quoted(draw(_TEXTS))})",
        lambda: f"({draw(path)} {draw(st.sampled_from(['=', '!=']))} {draw(path)})",
        lambda: f"({draw(path)} {draw(st.sampled_from(['=', '!=', 'eq']))} $color)",
        lambda: f"(count({draw(path)}) {draw(_SIGNS)} {draw(_INTEGERS)})",
        lambda: _string_test(draw),
        lambda: f"(some $x in {draw(path)} satisfies {draw(_bound('$x', depth))})",
        lambda: f"(every $x in {draw(path)} satisfies {draw(_bound('$x', depth))})",
        lambda: f"(for $y in {draw(path)} where {draw(_bound('$y', depth))} return $y/*)",
        lambda: f"(let $z := {draw(path)} return {draw(_bound('$z', depth))})",
        lambda: f"(if ({draw(inner)}) then {draw(inner)} else {draw(inner)})",
    ]
    forms += [
        lambda: f"({draw(_INTEGERS)} {draw(_SIGNS)} count({draw(path)}))",
        lambda: f"($color {draw(st.sampled_from(['=', '!=']))} {draw(path)})",
        lambda: f"({draw(path)}, {draw(path)})",
        lambda: draw(st.sampled_from(["true()", "false()", "fn:exists(//e:a)", "fn:not(fn:false())", "()"])),
        lambda: f"(for $u in {draw(path)}, $v in $u/{draw(_NAMES)} return $v)",
        lambda: f"(for $u in {draw(path)} let $v := $u/{draw(_NAMES)} where {draw(_bound('$v', depth))} return $v)",
        lambda: f"(let $w := {draw(path)}, $z := $w/{draw(_NAMES)} return {draw(_bound('$z', depth))})",
        lambda: f"(some $x in {draw(path)}, $y in $x/* satisfies {draw(_bound('$y', depth))})",
        lambda: f"(every $x in {draw(path)}, $y in {draw(path)} satisfies {draw(_bound('$x', depth))})",
        lambda: f"(some $x in {draw(path)} satisfies (every $y in $x/* satisfies $y = $x))",
        lambda: f"(for $y in {draw(path)} where {draw(inner)} return {draw(inner)})",
        lambda: f"(exists(({draw(path)})[{draw(_INTEGERS)}]))",
        lambda: f"({draw(path)}/string() = {_quoted(draw(_TEXTS))})",
        lambda: f"({draw(path)} intersect {draw(path)})",
        lambda: f"({draw(path)}[. = {_quoted(draw(_TEXTS))}] is {draw(path)})",
        lambda: f"(string(({draw(path)})[1]) {draw(_SIGNS)} {_quoted(draw(_TEXTS))})",
    ]
    return forms[draw(st.integers(0, len(forms) - 1))]()


def _string_test(draw: st.DrawFn) -> str:
    single = draw(st.sampled_from(["(//e:b)[1]", "@a", ".", "/e:a", "(@*)[1]", "$n", "/*/@b"]))
    text = _quoted(draw(_TEXTS))
    return draw(st.sampled_from([
        f"contains({single}, {text})", f"starts-with({single}, {text})",
        f"(string-length({single}) > 1)", f"(normalize-space({single}) = {text})",
        f"(local-name({single}) = {text})" if single != "$n" else "true()",
        f"({single} eq {text})", f"({single} ne {text})",
    ]))  # fmt: skip


@st.composite
def _bound(draw: st.DrawFn, name: str, depth: int) -> str:
    """A condition about a variable that is bound to nodes."""
    test = draw(_NAMES)
    text = _quoted(draw(_TEXTS))
    return draw(st.one_of(
        st.sampled_from([
            f"{name}/{test}", f"({name} = {text})", f"{name}/@a", f"exists({name}/..)",
            f"{name}[{test}]", f"({name}/{test} != {text})", f"not({name}//{test})",
            f"contains({name}, {text})", f"($color = {name})", f"(count({name}) = 1)",
        ]),
        conditions(depth + 2),
    ))  # fmt: skip


_PROLOGS = st.sampled_from([
    PROLOG, PROLOG, f"declare default element namespace '{NAMESPACE}'; {PROLOG}",
    PROLOG.replace("$n external", "$n as xs:string external"), f"{PROLOG}declare variable $k := 'red'; ",
])  # fmt: skip
queries = st.builds(str.__add__, _PROLOGS, conditions())
"""Whole queries with their prolog."""


@st.composite
def _values(draw: st.DrawFn, depth: int = 0) -> str:
    """Expressions of any type, for the general engine: most have a value, some raise an error."""
    leaf = st.one_of(
        st.integers(-3, 12).map(lambda n: f"({n})"),
        _TEXTS.map(_quoted),
        st.sampled_from(["1.5", "2e0", "()", "(1, 2, 3)", "('a', 'b')", "true()", "$color", "//e:b", "/*/@a", "/*"]),
        paths(1),
    )
    if depth >= 3:
        return draw(leaf)
    inner = _values(depth + 1)
    forms = [
        lambda: f"({draw(inner)} {draw(st.sampled_from(['+', '-', '*', 'div', 'idiv', 'mod']))} {draw(inner)})",
        lambda: f"({draw(inner)} {draw(_SIGNS)} {draw(inner)})",
        lambda: f"({draw(inner)}, {draw(inner)})",
        lambda: f"({draw(inner)}) {draw(st.sampled_from(['[1]', '[last()]', '[. = 1]', '[position() < 2]']))}",
        lambda: f"(if ({draw(inner)}) then {draw(inner)} else {draw(inner)})",
        lambda: f"(for $i in {draw(inner)} order by string($i) descending return ($i, {draw(leaf)}))",
        lambda: f"(for $i at $p in {draw(inner)} where $p < 3 return {draw(inner)})",
        lambda: f"(let $l := {draw(inner)} return ({draw(inner)}, $l))",
        lambda: f"(some $q in {draw(inner)} satisfies {draw(inner)})",
        lambda: f"{draw(st.sampled_from(_FUNCTIONS))}({draw(inner)})",
        lambda: f"{draw(st.sampled_from(_TEXT_FUNCTIONS))}(string(({draw(inner)})[1]), {draw(_TEXTS.map(_quoted))})",
        lambda: f"<x y='{{{draw(inner)}}}'>{{{draw(inner)}}}</x>",
        lambda: f"(typeswitch ({draw(inner)}) case xs:integer return 1 case node() return 2 default return 'd')",
        lambda: (
            f"(({draw(inner)}) instance of {draw(st.sampled_from(['xs:integer', 'item()*', 'node()+', 'xs:string?']))})"
        ),
        lambda: f"(({draw(inner)}) castable as {draw(st.sampled_from(['xs:integer', 'xs:double?', 'xs:boolean']))})",
        lambda: f"(try {{ {draw(inner)} }} catch * {{ {draw(leaf)} }})",
        lambda: f"({draw(inner)} ! string(.))",
        lambda: f"({draw(inner)} || {draw(leaf)})",
        lambda: draw(leaf),
        lambda: f"(for $g in {draw(inner)} group by $k := string($g) order by $k return ($k, count($g)))",
        lambda: f"(switch (string(({draw(inner)})[1])) case 'a' return {draw(inner)} default return {draw(leaf)})",
        lambda: f"(map {{ 'a': {draw(inner)}, 'b': {draw(leaf)} }}?{draw(st.sampled_from(['a', 'b', '*', 'z']))})",
        lambda: f"([{draw(inner)}, {draw(inner)}]?{draw(st.sampled_from(['1', '2', '*']))})",
        lambda: f"(for-each({draw(inner)}, function($e) {{ {draw(leaf)} }}))",
        lambda: f"(fold-left({draw(inner)}, {draw(leaf)}, function($s, $e) {{ ($s, string($e))[1] }}))",
        lambda: f"(sort(({draw(inner)}) ! string(.)))",
        lambda: f"(subsequence({draw(inner)}, {draw(_INTEGERS)}, {draw(_INTEGERS)}))",
        lambda: f"(insert-before({draw(inner)}, {draw(_INTEGERS)}, {draw(inner)}))",
        lambda: f"(remove({draw(inner)}, {draw(_INTEGERS)}))",
        lambda: f"(deep-equal({draw(inner)}, {draw(inner)}))",
        lambda: f"(index-of(({draw(inner)}) ! string(.), {draw(_TEXTS.map(_quoted))}))",
        lambda: f"(replace(string(({draw(inner)})[1]), '[ab]', 'x'))",
        lambda: f"(tokenize(string-join(({draw(inner)}) ! string(.), ' ')))",
        lambda: f"(({draw(inner)}) ! position())",
        lambda: f"(for tumbling window $w in {draw(inner)} start at $s when $s mod 2 = 1 return count($w))",
        lambda: f"(document {{ {draw(inner)} }}/node())",
        lambda: f"(<a>{{{draw(inner)}}}</a>//text())",
        lambda: f"(({draw(inner)}) treat as {draw(st.sampled_from(['item()*', 'node()*', 'xs:anyAtomicType?']))})",
        lambda: (
            f"(every $q in {draw(inner)} satisfies $q instance of {draw(st.sampled_from(['node()', 'xs:integer']))})"
        ),
    ]
    return forms[draw(st.integers(0, len(forms) - 1))]()


_FUNCTIONS = [
    "count", "exists", "empty", "not", "boolean", "string", "data", "sum", "max", "min", "avg", "reverse",
    "distinct-values", "string-join", "number", "abs", "round", "floor", "string-length", "normalize-space",
    "upper-case", "head", "tail", "string-to-codepoints",
]  # fmt: skip
_TEXT_FUNCTIONS = ["contains", "starts-with", "ends-with", "substring-before", "substring-after", "concat", "compare"]

bodies = _values()
"""Bodies of queries that use much of the language; put PROLOG before them."""


plain_queries = st.builds(
    lambda text: PLAIN_PROLOG + text.replace("$color", "'red'").replace("$n", "'a'"), conditions()
)
"""Whole queries that take no properties."""


@st.composite
def single_events(draw: st.DrawFn) -> bytes:
    """Well-formed events whose root holds one element, written in many ways; often without attributes."""
    default = draw(st.sampled_from([f' xmlns="{NAMESPACE}"', f"  xmlns='{NAMESPACE}'\n", "", ' xmlns="urn:other"']))
    before = draw(st.sampled_from([
        "", "", "", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n', "\n", "<!-- > -->", "<?p > ?>",
        "<?xml version='1.0' encoding='iso-8859-1'?>",
    ]))  # fmt: skip
    space = draw(st.sampled_from(["", "", "\n  ", "text", "<!--a-->", "&#62;"]))
    attributes = draw(st.sampled_from(["", "", "", ' a=">"', " b='<'".replace("<", "&lt;"), f' xmlns:g="{NAMESPACE}"']))
    child = draw(st.one_of(
        _elements(),
        st.sampled_from(["<a/>", "<f:a />", "<b>red</b>", '<b xmlns="urn:other">a</b>', "<b><c>a</c><c>b</c></b>",
                         "<g:a xmlns:g='urn:g'/>", "<a><a/></a>", "<a ></a>"]),
    ))  # fmt: skip
    after = draw(st.sampled_from(["", "", "\n", "<!--a-->", "\n<?p a?>\n"]))
    name = draw(st.sampled_from(["a", "a", "f:a", "b"]))
    root = f'<{name}{default} xmlns:f="{NAMESPACE}"{attributes}>{space}{child}{space}</{name}>'
    return f"{before}{root}{after}".encode()
