"""The functions a query can call, with signature and one sentence, for completion and hover.

Role: data. Owner: editor. Thread: any, constants. Source of names and types:
https://www.w3.org/TR/xpath-functions-31/. Functions that reach outside the event (doc, collection,
environment-variable, ...) are left out: a filter has no use for them, they only raise errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Signature:
    """One function: ``parameters`` and ``result`` as in the specification.

    ``newer``: the broker's XQuery 1.0 does not have it. Trailing parameters in brackets are optional.
    """

    name: str
    parameters: str
    result: str
    summary: str
    newer: bool

    @property
    def text(self) -> str:
        """The whole signature on one line."""
        return f"{self.name}({self.parameters}) as {self.result}"


_LINE: Final = re.compile(r"(\+?)\s*([\w:-]+)\((.*)\) as (\S+(?: \S+)*?) # (.+)")

# + marks what came with version 3.0 or 3.1.
_TABLE: Final = """
count($items as item()*) as xs:integer # How many items there are.
exists($items as item()*) as xs:boolean # Whether there is at least one item.
empty($items as item()*) as xs:boolean # Whether there is no item.
not($value as item()*) as xs:boolean # True if the effective boolean value is false.
boolean($value as item()*) as xs:boolean # The effective boolean value.
true() as xs:boolean # The constant true.
false() as xs:boolean # The constant false.
contains($text as xs:string?, $part as xs:string?[, $collation]) as xs:boolean # Whether the text holds the part.
starts-with($text as xs:string?, $start as xs:string?[, $collation]) as xs:boolean # Whether the text begins so.
ends-with($text as xs:string?, $end as xs:string?[, $collation]) as xs:boolean # Whether the text ends so.
matches($text as xs:string?, $pattern as xs:string[, $flags]) as xs:boolean # Whether a regular expression is found in the text.
replace($text as xs:string?, $pattern as xs:string, $by as xs:string[, $flags]) as xs:string # The text with each match replaced.
tokenize($text as xs:string?, $pattern as xs:string[, $flags]) as xs:string* # The pieces between the matches.
string($item as item()?) as xs:string # The item as text; without argument the context item.
string-length($text as xs:string?) as xs:integer # The number of characters.
normalize-space($text as xs:string?) as xs:string # Without blanks around, single blanks within.
upper-case($text as xs:string?) as xs:string # In capitals.
lower-case($text as xs:string?) as xs:string # In small letters.
substring($text as xs:string?, $start as xs:double[, $length]) as xs:string # A part by position, counted from 1.
substring-before($text as xs:string?, $part as xs:string?[, $collation]) as xs:string # What stands before the part.
substring-after($text as xs:string?, $part as xs:string?[, $collation]) as xs:string # What stands after the part.
translate($text as xs:string?, $from as xs:string, $to as xs:string) as xs:string # Characters replaced one by one.
concat($a as xs:anyAtomicType?, $b as xs:anyAtomicType?, ...) as xs:string # All arguments as one text.
string-join($texts as xs:string*, $between as xs:string) as xs:string # The texts as one, with something between.
compare($a as xs:string?, $b as xs:string?[, $collation]) as xs:integer? # -1, 0 or 1.
codepoint-equal($a as xs:string?, $b as xs:string?) as xs:boolean? # Whether two texts are the same.
codepoints-to-string($codes as xs:integer*) as xs:string # Text of Unicode numbers.
string-to-codepoints($text as xs:string?) as xs:integer* # The Unicode numbers of a text.
normalize-unicode($text as xs:string?[, $form]) as xs:string # In a Unicode normal form.
encode-for-uri($text as xs:string?) as xs:string # Escaped for a part of a URI.
iri-to-uri($iri as xs:string?) as xs:string # An IRI as a URI.
escape-html-uri($uri as xs:string?) as xs:string # Escaped as HTML browsers do.
resolve-uri($relative as xs:string?[, $base]) as xs:anyURI? # A relative reference made absolute.
number($value as xs:anyAtomicType?) as xs:double # As a number, NaN if it is none.
sum($values as xs:anyAtomicType*[, $zero]) as xs:anyAtomicType? # The total.
avg($values as xs:anyAtomicType*) as xs:anyAtomicType? # The mean.
min($values as xs:anyAtomicType*[, $collation]) as xs:anyAtomicType? # The smallest.
max($values as xs:anyAtomicType*[, $collation]) as xs:anyAtomicType? # The largest.
abs($number as xs:numeric?) as xs:numeric? # Without its sign.
ceiling($number as xs:numeric?) as xs:numeric? # The next integer upwards.
floor($number as xs:numeric?) as xs:numeric? # The next integer downwards.
round($number as xs:numeric?) as xs:numeric? # The nearest integer.
round-half-to-even($number as xs:numeric?[, $precision]) as xs:numeric? # Rounded, halves to even digits.
position() as xs:integer # The place of the context item, from 1.
last() as xs:integer # The number of items that are looked at.
data($items as item()*) as xs:anyAtomicType* # The typed values.
distinct-values($values as xs:anyAtomicType*[, $collation]) as xs:anyAtomicType* # Each value once.
index-of($values as xs:anyAtomicType*, $search as xs:anyAtomicType[, $collation]) as xs:integer* # The places of a value.
insert-before($items as item()*, $position as xs:integer, $more as item()*) as item()* # With items put in.
remove($items as item()*, $position as xs:integer) as item()* # Without the item at a place.
reverse($items as item()*) as item()* # In the opposite order.
subsequence($items as item()*, $start as xs:double[, $length]) as item()* # Some items in a row.
unordered($items as item()*) as item()* # In any order.
zero-or-one($items as item()*) as item()? # An error if there are several.
one-or-more($items as item()*) as item()+ # An error if there are none.
exactly-one($items as item()*) as item() # An error unless there is one.
deep-equal($a as item()*, $b as item()*[, $collation]) as xs:boolean # Whether two sequences are alike in depth.
name($node as node()?) as xs:string # The name with its prefix.
local-name($node as node()?) as xs:string # The name without its prefix.
namespace-uri($node as node()?) as xs:anyURI # The namespace of the name.
node-name($node as node()?) as xs:QName? # The name as a QName.
root($node as node()?) as node()? # The top of the tree.
lang($language as xs:string?[, $node]) as xs:boolean # Whether xml:lang says so.
nilled($node as node()?) as xs:boolean? # Whether an element is nilled.
base-uri($node as node()?) as xs:anyURI? # The base URI of a node.
document-uri($node as node()?) as xs:anyURI? # The URI of a document.
id($ids as xs:string*[, $node]) as element()* # Elements by their ID.
idref($ids as xs:string*[, $node]) as node()* # Nodes that refer to an ID.
QName($namespace as xs:string?, $name as xs:string) as xs:QName # A QName of its parts.
resolve-QName($name as xs:string?, $element as element()) as xs:QName? # A QName by the prefixes of an element.
prefix-from-QName($name as xs:QName?) as xs:NCName? # The prefix.
local-name-from-QName($name as xs:QName?) as xs:NCName? # The local part.
namespace-uri-from-QName($name as xs:QName?) as xs:anyURI? # The namespace.
namespace-uri-for-prefix($prefix as xs:string?, $element as element()) as xs:anyURI? # What a prefix means at an element.
in-scope-prefixes($element as element()) as xs:string* # The prefixes known at an element.
current-dateTime() as xs:dateTime # Now.
current-date() as xs:date # Today.
current-time() as xs:time # The time of day.
implicit-timezone() as xs:dayTimeDuration # The time zone where none is given.
dateTime($date as xs:date?, $time as xs:time?) as xs:dateTime? # Of a date and a time.
year-from-dateTime($value as xs:dateTime?) as xs:integer? # The year.
month-from-dateTime($value as xs:dateTime?) as xs:integer? # The month.
day-from-dateTime($value as xs:dateTime?) as xs:integer? # The day.
hours-from-dateTime($value as xs:dateTime?) as xs:integer? # The hour.
minutes-from-dateTime($value as xs:dateTime?) as xs:integer? # The minute.
seconds-from-dateTime($value as xs:dateTime?) as xs:decimal? # The second.
timezone-from-dateTime($value as xs:dateTime?) as xs:dayTimeDuration? # The time zone.
year-from-date($value as xs:date?) as xs:integer? # The year.
month-from-date($value as xs:date?) as xs:integer? # The month.
day-from-date($value as xs:date?) as xs:integer? # The day.
hours-from-time($value as xs:time?) as xs:integer? # The hour.
minutes-from-time($value as xs:time?) as xs:integer? # The minute.
seconds-from-time($value as xs:time?) as xs:decimal? # The second.
days-from-duration($value as xs:duration?) as xs:integer? # The days.
hours-from-duration($value as xs:duration?) as xs:integer? # The hours.
minutes-from-duration($value as xs:duration?) as xs:integer? # The minutes.
seconds-from-duration($value as xs:duration?) as xs:decimal? # The seconds.
adjust-dateTime-to-timezone($value as xs:dateTime?[, $timezone]) as xs:dateTime? # In another time zone.
default-collation() as xs:string # The collation that comparisons use.
static-base-uri() as xs:anyURI? # The base URI of the query.
error($code as xs:QName?[, $reason, $object]) as none # Raises an error: the event does not match.
trace($items as item()*, $label as xs:string) as item()* # The items unchanged.
+ head($items as item()*) as item()? # The first item.
+ tail($items as item()*) as item()* # All but the first item.
+ innermost($nodes as node()*) as node()* # Nodes that hold none of the others.
+ outermost($nodes as node()*) as node()* # Nodes that are in none of the others.
+ has-children($node as node()?) as xs:boolean # Whether a node has children.
+ path($node as node()?) as xs:string? # A path that leads to the node.
+ generate-id($node as node()?) as xs:string # A text that identifies the node.
+ analyze-string($text as xs:string?, $pattern as xs:string[, $flags]) as element() # Matches and the rest, as XML.
+ format-number($value as xs:numeric?, $picture as xs:string[, $format]) as xs:string # A number by a picture.
+ format-integer($value as xs:integer?, $picture as xs:string[, $language]) as xs:string # An integer by a picture.
+ format-dateTime($value as xs:dateTime?, $picture as xs:string[, $language, $calendar, $place]) as xs:string? # A time by a picture.
+ format-date($value as xs:date?, $picture as xs:string[, $language, $calendar, $place]) as xs:string? # A date by a picture.
+ format-time($value as xs:time?, $picture as xs:string[, $language, $calendar, $place]) as xs:string? # A time of day by a picture.
+ parse-ietf-date($text as xs:string?) as xs:dateTime? # A date as in e-mail headers.
+ parse-xml($text as xs:string?) as document-node()? # A document of its text.
+ parse-xml-fragment($text as xs:string?) as document-node()? # Nodes of their text.
+ serialize($items as item()*[, $options]) as xs:string # As XML or JSON text.
+ parse-json($text as xs:string?[, $options]) as item()? # Maps and arrays of JSON text.
+ json-to-xml($text as xs:string?[, $options]) as document-node()? # JSON as XML.
+ xml-to-json($node as node()?[, $options]) as xs:string? # Back from json-to-xml.
+ for-each($items as item()*, $action as function(item()) as item()*) as item()* # The function called on each item.
+ filter($items as item()*, $test as function(item()) as xs:boolean) as item()* # The items that pass a test.
+ fold-left($items as item()*, $zero as item()*, $step as function(item()*, item()) as item()*) as item()* # Collected from the left.
+ fold-right($items as item()*, $zero as item()*, $step as function(item(), item()*) as item()*) as item()* # Collected from the right.
+ for-each-pair($a as item()*, $b as item()*, $action as function(item(), item()) as item()*) as item()* # The function called on pairs.
+ sort($items as item()*[, $collation, $key]) as item()* # In order.
+ apply($function as function(*), $arguments as array(*)) as item()* # A call with arguments of an array.
+ function-lookup($name as xs:QName, $arity as xs:integer) as function(*)? # A function by its name.
+ function-name($function as function(*)) as xs:QName? # The name of a function.
+ function-arity($function as function(*)) as xs:integer # The number of its parameters.
+ contains-token($texts as xs:string*, $token as xs:string[, $collation]) as xs:boolean # Whether a word is among blanks.
+ collation-key($text as xs:string[, $collation]) as xs:base64Binary # A key that sorts like the text.
+ default-language() as xs:language # The language of formatting.
+ random-number-generator($seed as xs:anyAtomicType?) as map(*) # Numbers at random.
+ map:get($map as map(*), $key as xs:anyAtomicType) as item()* # The value of a key.
+ map:contains($map as map(*), $key as xs:anyAtomicType) as xs:boolean # Whether there is the key.
+ map:keys($map as map(*)) as xs:anyAtomicType* # All keys.
+ map:size($map as map(*)) as xs:integer # The number of entries.
+ map:put($map as map(*), $key as xs:anyAtomicType, $value as item()*) as map(*) # With an entry.
+ map:remove($map as map(*), $keys as xs:anyAtomicType*) as map(*) # Without entries.
+ map:entry($key as xs:anyAtomicType, $value as item()*) as map(*) # A map of one entry.
+ map:merge($maps as map(*)*[, $options]) as map(*) # Several maps as one.
+ map:for-each($map as map(*), $action as function(xs:anyAtomicType, item()*) as item()*) as item()* # The function called on each entry.
+ map:find($items as item()*, $key as xs:anyAtomicType) as array(*) # Values of a key at any depth.
+ array:get($array as array(*), $position as xs:integer) as item()* # The member at a place.
+ array:size($array as array(*)) as xs:integer # The number of members.
+ array:append($array as array(*), $member as item()*) as array(*) # With one more at the end.
+ array:put($array as array(*), $position as xs:integer, $member as item()*) as array(*) # With one replaced.
+ array:head($array as array(*)) as item()* # The first member.
+ array:tail($array as array(*)) as array(*) # All but the first member.
+ array:join($arrays as array(*)*) as array(*) # Several arrays as one.
+ array:flatten($items as item()*) as item()* # The members without their arrays.
+ array:reverse($array as array(*)) as array(*) # In the opposite order.
+ array:subarray($array as array(*), $start as xs:integer[, $length]) as array(*) # Some members in a row.
+ array:for-each($array as array(*), $action as function(item()*) as item()*) as array(*) # The function called on each member.
+ array:filter($array as array(*), $test as function(item()*) as xs:boolean) as array(*) # The members that pass a test.
+ array:sort($array as array(*)[, $collation, $key]) as array(*) # In order.
+ math:pi() as xs:double # The number pi.
+ math:sqrt($number as xs:double?) as xs:double? # The square root.
+ math:pow($base as xs:double?, $exponent as xs:numeric) as xs:double? # A power.
+ math:exp($number as xs:double?) as xs:double? # A power of e.
+ math:log($number as xs:double?) as xs:double? # The natural logarithm.
+ math:log10($number as xs:double?) as xs:double? # The decimal logarithm.
+ math:sin($angle as xs:double?) as xs:double? # The sine.
+ math:cos($angle as xs:double?) as xs:double? # The cosine.
+ math:tan($angle as xs:double?) as xs:double? # The tangent.
"""  # noqa: E501 - a table reads best with one row per line


def read_signatures(table: str) -> dict[str, Signature]:
    """Return the functions of a table by name: ``name(parameters) as type # sentence``, one on each line."""
    found: dict[str, Signature] = {}
    for line in table.strip().splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"not a signature: {line}")
        newer, name, parameters, result, summary = match.groups()
        found[name] = Signature(name, parameters, result, summary, bool(newer))
    return found


@cache
def signatures() -> dict[str, Signature]:
    """All functions by name, as written without the ``fn:`` prefix; the usual ones first."""
    return read_signatures(_TABLE)
