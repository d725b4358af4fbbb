"""Keeps elements from nesting deeper than any reader of HTML can follow, without losing text."""

import re
from collections import Counter
from collections.abc import Container

from articles.body.elements import words
from articles.body.scanning import StartTags
from articles.body.vocabulary import VOID

DEEPEST = 60

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)")
_CELLS = frozenset({"td", "th"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_LISTS = frozenset({"ul", "ol", "dl", "menu", "dir"})
_PHRASES = words(
    "a abbr b big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub "
    "sup tt u var"
)
_UNCOUNTED = VOID | _SECTIONS  # parsers add the sections of tables on their own
#: element -> what its start ends when that is open, as far out as the elements that bound it
_ENDS = {
    "p": (frozenset({"p"}), None),
    "li": (frozenset({"li"}), _LISTS),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), _LISTS)),
    **dict.fromkeys(_CELLS, (_CELLS, frozenset({"table", "tr"}))),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    **dict.fromkeys(("rt", "rp"), (frozenset({"rt", "rp"}), frozenset({"ruby"}))),
    "option": (frozenset({"option"}), frozenset({"select"})),
}


class _Everything:
    def __contains__(self, name: object) -> bool:
        return True


def shallow(html: str, names: Container[str] = _Everything()) -> str:
    """HTML in which no more than `DEEPEST` elements stand within each other.

    The tags of what lies deeper go and leave a space, so that every word stays; end tags that HTML
    lets one omit are understood (https://html.spec.whatwg.org/multipage/syntax.html#optional-tags).
    HTML that is not so deep is returned as it is. Only elements in `names` count. Never raises;
    the time is linear in the length of `html`.
    """
    if html.count("<") - html.count("</") <= DEEPEST or not _may_be_deep(html, names):
        return html
    return _Flattener(html, names).flattened()


def _may_be_deep(html: str, names: Container[str]) -> bool:
    """Whether more elements than allowed are unclosed at some place; more than are nested."""
    unclosed: Counter[str] = Counter()
    depth = 0
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _UNCOUNTED or name not in names:
            continue
        if not match[1]:
            unclosed[name] += 1
            depth += 1
        elif unclosed[name]:
            unclosed[name] -= 1
            depth -= 1
        if depth > DEEPEST:
            return True
    return False


class _Flattener:
    """Copies HTML with every tag closed in order, leaving out the tags that lie too deep."""

    def __init__(self, html: str, names: Container[str]):
        self.html = html
        self.names = names
        self.start_tags = StartTags(html)
        self.out: list[str] = []
        self.open: list[str] = []
        self.spaced = False
        self.left_out: Counter[str] = Counter()

    def flattened(self) -> str:
        position = 0
        while match := _TAG.search(self.html, position):
            if match.start() > position:
                self.out.append(self.html[position : match.start()])
                self.spaced = False
            position = self._tag(match)
        self.out.append(self.html[position:])
        self._close_down_to(0)
        return "".join(self.out)

    def _tag(self, match: re.Match) -> int:
        """Copy one tag or leave it out; where it ends."""
        name, closing = match[2].lower(), bool(match[1])
        end = self._end_of(match)
        raw = self.html[match.start() : end]
        if name in _UNCOUNTED or name not in self.names or not raw.endswith(">"):
            self.out.append(raw)
        elif closing:
            self._end(name)
        else:
            self._start(name, raw)
        return end

    def _end_of(self, match: re.Match) -> int:
        tag = None if match[1] else self.start_tags.at(match.start())
        if tag:
            return tag[2]
        end, following = self.html.find(">", match.end()), self.html.find("<", match.end())
        return end + 1 if match[1] and end >= 0 and not 0 <= following < end else match.end()

    def _start(self, name: str, raw: str) -> None:
        self._end_implied(name)
        if len(self.open) < DEEPEST:
            self.open.append(name)
            self.out.append(raw)
            return
        self.left_out[name] += 1
        self._part(name)

    def _end(self, name: str) -> None:
        if self.left_out[name]:
            self.left_out[name] -= 1
            self._part(name)
        elif name in self.open:
            self._close_down_to(len(self.open) - 1 - self.open[::-1].index(name))

    def _part(self, name: str) -> None:
        """Keep the words before and after a box apart whose tag is left out."""
        if name not in _PHRASES and not self.spaced:
            self.out.append(" ")
            self.spaced = True

    def _end_implied(self, name: str) -> None:
        ended, bounds = _ENDS.get(name, (frozenset(), frozenset()))
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index] in ended:
                self._close_down_to(index)
                return
            if self.open[index] in bounds if bounds else self.open[index] not in _PHRASES:
                return

    def _close_down_to(self, depth: int) -> None:
        self.out.extend(f"</{name}>" for name in reversed(self.open[depth:]))
        del self.open[depth:]
