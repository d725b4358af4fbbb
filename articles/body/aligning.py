"""Pairs the blocks of two versions of a body: what stayed, and which block became which."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.body.dividing import key_of
from articles.body.matching import changes_between, matches

ALIKE = 0.35  # from here on a block is a reworked one and not another one
ALIKE_IN_PLACE = 0.2  # the same, where one block stands in the place of one
MOVED = 0.8  # so alike is a block that was moved and touched up on the way
_MOST_COMPARED = 60_000  # pairs of blocks between two that stayed, about half a second
_SAME_KIND = 0.45

_MARKUP = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"<(?:img|video|audio|source)\b[^<>]*?\ssrc=\"([^\"]*)\"")
_EMBED = re.compile(r"\bdata-embed=\"([^\"]*)\"")
_LIBRARY = re.compile(r"\bdata-image=\"([0-9]+)\"")
_KIND = re.compile(r"<([a-z][a-z0-9]*)")
_LONGEST = 4000  # characters of a block that are looked at


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a block is compared: its element, its words as pairs of characters, its pictures."""

    kind: str
    pairs: frozenset[str]
    shows: frozenset[str]

    @classmethod
    def of(cls, block: str) -> "Likeness":
        kind = _KIND.match(block.lstrip())
        text = f"^{''.join(_MARKUP.sub(' ', block).split())[:_LONGEST]}$"
        shows = (*_LIBRARY.findall(block), *_PICTURE.findall(block), *_EMBED.findall(block))
        return cls(
            kind=kind[1] if kind else "",
            pairs=frozenset(map("".join, pairwise(text))),
            shows=frozenset(shows),
        )

    def to(self, other: "Likeness") -> float:
        """Between 0 (nothing in common) and 1."""
        words = _share(self.pairs, other.pairs)
        if self.shows or other.shows:
            return self._as_pictures(other, words)
        return words if self.kind == other.kind else words * 0.9

    def _as_pictures(self, other: "Likeness", words: float) -> float:
        if self.shows & other.shows:
            return 0.7 + 0.3 * words
        if self.kind != other.kind or not (self.shows and other.shows):
            return words * 0.5
        return _SAME_KIND + 0.5 * words * (len(self.pairs) > 1 < len(other.pairs))


def _share(one: frozenset, other: frozenset) -> float:
    """The Dice coefficient of two sets."""
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Every block of both versions, in order, a block beside the one it stayed or became.

    None stands where the other version has no such block. What moved is not recognised here.
    """
    same = matches([key_of(one) for one in old], [key_of(one) for one in new])
    aligned: list[tuple[int | None, int | None]] = list(same)
    for i1, i2, j1, j2 in changes_between(same, (len(old), len(new))):
        aligned += [
            (None if i is None else i1 + i, None if j is None else j1 + j)
            for i, j in _reworked(old[i1:i2], new[j1:j2])
        ]
    return _in_order(aligned)


def _reworked(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    pairs = []
    if 0 < len(old) * len(new) <= _MOST_COMPARED:
        one, other = [Likeness.of(b) for b in old], [Likeness.of(b) for b in new]
        least = ALIKE_IN_PLACE if len(old) == len(new) == 1 else ALIKE
        pairs = _best([[a.to(b) for b in other] for a in one], least)
    left_old = set(range(len(old))) - {i for i, _j in pairs}
    left_new = set(range(len(new))) - {j for _i, j in pairs}
    return [*pairs, *((i, None) for i in left_old), *((None, j) for j in left_new)]


def _best(likeness: list[list[float]], least: float) -> list[tuple[int, int]]:
    """The rising pairs, each at least so alike, that are most alike together."""
    height, width = len(likeness), len(likeness[0])
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i, row in enumerate(likeness):
        above, here = best[i], best[i + 1]
        for j, alike in enumerate(row):
            paired = above[j] + alike if alike >= least else 0.0
            here[j + 1] = max(above[j + 1], here[j], paired)
    pairs, i, j = [], height, width
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _in_order(aligned) -> list[tuple[int | None, int | None]]:
    """Both sides in reading order; what went stands before what came in its place."""
    gone = {i for i, j in aligned if j is None}
    came = {j for i, j in aligned if i is None}
    ordered, next_i, next_j = [], 0, 0
    for i, j in [*sorted(pair for pair in aligned if None not in pair), (None, None)]:
        while next_i in gone:
            ordered.append((next_i, None))
            next_i += 1
        while next_j in came:
            ordered.append((None, next_j))
            next_j += 1
        if i is not None:
            ordered.append((i, j))
            next_i, next_j = i + 1, j + 1
    return ordered
