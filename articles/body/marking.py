"""Marks in the HTML of a block what another version of it says otherwise, its structure kept."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from articles.body.picturing import reference_of
from articles.body.serialising import parse, serialise
from articles.body.wording import changes, tokens_of

REFORMATTED = "reformatted"

_PHRASES = frozenset(
    {"strong", "em", "u", "s", "sub", "sup", "kbd", "mark", "small", "a", "code"}
    | {"ruby", "rt", "rp", "ins", "del"}
)
_ALONE = frozenset({"img", "br", "video", "audio"})  # elements that are marked as a whole
_TEXTLESS = frozenset(
    {"div", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "figure", "details"}
)

Format = tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Place:
    """Where a token stands: the text or the tail of an element, or the element itself.

    `format` is what surrounds it within its paragraph: `(element, address, title)` each.
    """

    element: etree._Element
    part: str
    format: Format = ()
    text: str = ""
    mark: str = ""


@dataclass(slots=True)
class Side:
    """One version of a block, taken apart into tokens; `write` puts it together with its marks."""

    root: etree._Element
    tokens: list[Hashable] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @classmethod
    def of(cls, html: str) -> "Side":
        side = cls(parse(html))
        side._walk(side.root, ())
        return side

    def _walk(self, element: etree._Element, surrounding: Format) -> None:
        self._text(element, "text", element.text, surrounding)
        for child in element:
            tag, player = child.tag, child.get("data-embed", "")
            if tag in _ALONE:
                self._add(_named(child), Place(child, "element", surrounding))
            elif tag in _PHRASES and not element.get("data-embed"):
                self._walk(child, (*surrounding, _phrase(child)))
            elif not (tag == "a" and element.get("data-embed")):
                self._add((tag, player), Place(child, "start"))
                self._walk(child, ())
            self._text(child, "tail", child.tail, surrounding)

    def _text(self, element, part: str, text: str | None, surrounding: Format) -> None:
        holder = element if part == "text" else element.getparent()
        if not text or (holder.tag in _TEXTLESS and not text.strip()):
            return
        exact = holder.tag in {"pre", "code"}
        for token in tokens_of(text):
            key = token if exact or not token.isspace() else " "
            self._add(key, Place(element, part, surrounding, token))

    def _add(self, token: Hashable, place: Place) -> None:
        self.tokens.append(token)
        self.places.append(place)

    def write(self, tag: str) -> str:
        """The block as HTML, what is marked in elements of this name (`ins` or `del`)."""
        for element, part, runs in self._runs():
            if any(mark for mark, _text in runs):
                _rewrite(element, part, runs, tag)
        for place in self.places:
            if place.part == "element" and place.mark:
                _wrap(place.element, tag)
        return serialise(self.root)

    def _runs(self) -> Iterator[tuple[etree._Element, str, list[tuple[str, str]]]]:
        """Each text of the tree as runs of `(mark, text)`."""
        texts = (place for place in self.places if place.text)
        for (element, part), places in groupby(texts, key=lambda p: (p.element, p.part)):
            runs = groupby(places, key=lambda p: p.mark)
            yield element, part, [(mark, "".join(p.text for p in run)) for mark, run in runs]


def mark_up(old: str, new: str) -> tuple["Side", "Side", list[tuple[int, int, int, int]]]:
    """Both versions of a block with their marks set, and the changes of their tokens.

    What stayed but is formatted or linked otherwise is marked `REFORMATTED` on both sides.
    """
    one, other = Side.of(old), Side.of(new)
    found = changes(one.tokens, other.tokens)
    for i1, i2, j1, j2 in found:
        for place in (*one.places[i1:i2], *other.places[j1:j2]):
            place.mark = "changed"
    for before, after in unchanged(one, other, found):
        if before.format != after.format:
            before.mark = after.mark = REFORMATTED
    return one, other, found


def unchanged(one: Side, other: Side, found) -> Iterator[tuple[Place, Place]]:
    """The places of what stayed, in both versions."""
    i = j = 0
    for i1, i2, j1, j2 in [*found, (len(one.places), 0, len(other.places), 0)]:
        yield from zip(one.places[i:i1], other.places[j:j1], strict=True)
        i, j = i2, j2


def _named(element: etree._Element) -> Hashable:
    if element.tag == "br":
        return ("br",)
    sources = [source.get("src", "") for source in element.iter("source")]
    return (element.tag, reference_of(element), *sources)


def _phrase(element: etree._Element) -> tuple[str, str, str]:
    return (element.tag, element.get("href", ""), element.get("title", ""))


def _rewrite(element: etree._Element, part: str, runs: list[tuple[str, str]], tag: str) -> None:
    """Put marked runs into elements, in the place of the text they were."""
    parent = element if part == "text" else element.getparent()
    index = 0 if part == "text" else parent.index(element) + 1
    setattr(element, part, None)
    last = None
    for mark, text in runs:
        if mark:
            last = etree.Element(tag, {"class": REFORMATTED} if mark == REFORMATTED else {})
            last.text = text
            parent.insert(index, last)
            index += 1
        elif last is None:
            setattr(element, part, text)
        else:
            last.tail = text


def _wrap(element: etree._Element, tag: str) -> None:
    wrapper = etree.Element(tag)
    wrapper.tail, element.tail = element.tail, None
    element.getparent().replace(element, wrapper)
    wrapper.append(element)
