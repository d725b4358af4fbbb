"""Passages: words of a body somebody pointed at, found again after the text around them changed.

A passage is a text quote selector of the Web Annotation Data Model (W3C, 4.2.4). White space
counts for nothing, since an editor, a browser and a stored body part blocks differently.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from articles.body.serialising import parse

AROUND = 32  # characters kept of what stands before and after
LONGEST = 2000  # characters kept of a quote
_ANCHOR = 12  # characters of what stands around that must still be there
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words themselves, and what stands before and after them."""

    quote: str
    prefix: str = ""
    suffix: str = ""

    @property
    def kept(self) -> "Passage":
        """As much of it as is stored."""
        return Passage(self.quote.strip()[:LONGEST], self.prefix[-AROUND:], self.suffix[:AROUND])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in a `squeezed` text; `is_changed`: other words stand there now."""

    start: int
    end: int
    is_changed: bool = False


def text_of(html: str) -> str:
    """All words of a body, `squeezed`."""
    return squeezed("".join(parse(html).itertext()))


def squeezed(text: str) -> str:
    """The text without its white space."""
    return _SPACES.sub("", text)


def around(quote: str, text: str) -> Passage | None:
    """The passage that `quote` is where it first stands in the squeezed `text`, if it does."""
    words = squeezed(quote)
    start = text.find(words) if words else -1
    if start < 0:
        return None
    return Passage(quote, text[:start], text[start + len(words) :]).kept


def find(passage: Passage, text: str) -> Place | None:
    """Where `passage` stands in the squeezed `text`.

    Where the same words stand several times, the surroundings decide. If they are gone, but what
    stood around them is not, that is the place, and it is changed; otherwise there is none.
    """
    quote = squeezed(passage.quote)
    before, after = squeezed(passage.prefix), squeezed(passage.suffix)
    starts = [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text)]
    if quote and starts:
        start = max(starts, key=lambda at: _likeness(text, at, at + len(quote), before, after))
        return Place(start, start + len(quote))
    return _between(before[-_ANCHOR:], after[:_ANCHOR], text, longest=3 * len(quote) + 50)


def _likeness(text: str, start: int, end: int, before: str, after: str) -> int:
    """How many characters around a place are those that stood around the passage."""
    left = _alike(reversed(text[max(start - AROUND, 0) : start]), reversed(before))
    return left + _alike(text[end : end + AROUND], after)


def _alike(some, others) -> int:
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count


def _between(before: str, after: str, text: str, *, longest: int) -> Place | None:
    """The shortest stretch between two anchors; the beginning and the end of a text are some."""
    if not before and not after:
        return None
    places = []
    ends = [found.start() for found in re.finditer(f"(?={re.escape(after)})", text)]
    ends = ends if after else [len(text)]
    for found in re.finditer(f"(?={re.escape(before)})", text) if before else [None]:
        start = found.start() + len(before) if found else 0
        following = bisect_left(ends, start)
        if following < len(ends) and ends[following] - start <= longest:
            places.append(Place(start, ends[following], is_changed=True))
    return min(places, key=lambda place: place.end - place.start, default=None)
