"""Compares texts as a reader of Chinese and Latin script does: by character, word and number."""

import re
from collections.abc import Hashable, Sequence
from itertools import accumulate, pairwise

from articles.body.matching import changes_between, matches
from articles.body.text import CJK

Change = tuple[int, int, int, int]
Tokens = Sequence[Hashable]

_MARKS = "\u0300-\u036f\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef"
_TOKEN = re.compile(
    rf"(?:[{CJK}]|[^\W_{CJK}]+(?:[.,'’‑-][^\W_{CJK}]+)*+|\s+|([^\w\s])\1*+|_+)"
    rf"(?:(?<=\u200d).|[{_MARKS}])*+",
    re.DOTALL,
)
_CLAUSE_END = re.compile(r"[，。！？；：,.!?;:\n…—]")
_OPENING = re.compile(r"[（(“‘「『《【\[]")
_IDEOGRAPH = re.compile(rf"[{CJK}]")
_WORD = re.compile(r"[^\W_]")
_COINCIDENCE = 5  # the most that is: two characters, or a word
_BARRIER = 1_000  # what is no text is never taken for a coincidence


def tokens_of(text: str) -> list[str]:
    """One token a CJK character, a Latin word or number, a run of one mark, a run of white space.

    Joined they are the text; combining marks and joined emoji stay with what they belong to.
    """
    return [match[0] for match in _TOKEN.finditer(text)]


def changes(old: Tokens, new: Tokens) -> list[Change]:
    """Where two sequences of tokens differ, as an editor would mark it: `(i1, i2, j1, j2)`.

    Whole clauses are matched first, then tokens between them; what only happens to be alike
    between two changes is part of the change; an insertion begins where a clause does if it can.
    Tokens that are no strings (a picture, a new line) are compared like others.
    """
    found = []
    for i1, i2, j1, j2 in _changed_clauses(old, new):
        pairs = matches(old[i1:i2], new[j1:j2])
        inner = changes_between(pairs, (i2 - i1, j2 - j1))
        found += [(i1 + a, i1 + b, j1 + c, j1 + d) for a, b, c, d in inner]
    return _well_placed(_without_coincidences(found, old, new), old, new)


def _changed_clauses(old: Tokens, new: Tokens) -> list[Change]:
    ends, new_ends = _clause_ends(old), _clause_ends(new)
    pairs = matches(_slices(old, ends), _slices(new, new_ends))
    return [
        (ends[i1], ends[i2], new_ends[j1], new_ends[j2])
        for i1, i2, j1, j2 in changes_between(pairs, (len(ends) - 1, len(new_ends) - 1))
    ]


def _clause_ends(tokens: Tokens) -> list[int]:
    """Where clauses end, from 0 to the end of the tokens."""
    ends = [place for place, token in enumerate(tokens, start=1) if _ends_clause(token)]
    return list(dict.fromkeys([0, *ends, len(tokens)]))


def _ends_clause(token: Hashable) -> bool:
    return not isinstance(token, str) or _CLAUSE_END.match(token) is not None


def _slices(tokens: Tokens, ends: list[int]) -> list[tuple]:
    return [tuple(tokens[a:b]) for a, b in pairwise(ends)]


def _without_coincidences(found: list[Change], old: Tokens, new: Tokens) -> list[Change]:
    """Join changes between which no more stayed than a word or two, and less than they changed."""
    before, after = _weights(old), _weights(new)

    def extent(change: Change) -> int:
        i1, i2, j1, j2 = change
        return max(before[i2] - before[i1], after[j2] - after[j1])

    kept: list[Change] = []
    for change in found:
        i1, i2, j1, j2 = change
        while kept and before[i1] - before[kept[-1][1]] <= min(
            _COINCIDENCE, extent(kept[-1]), extent((i1, i2, j1, j2))
        ):
            i1, _i2, j1, _j2 = kept.pop()
        kept.append((i1, i2, j1, j2))
    return [_trimmed(change, old, new) for change in kept]


def _trimmed(change: Change, old: Tokens, new: Tokens) -> Change:
    """A change without what both its sides begin or end with."""
    i1, i2, j1, j2 = change
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
    return i1, i2, j1, j2


def _weights(tokens: Tokens) -> list[int]:
    """How much text stands before each place."""
    return [0, *accumulate(map(_weight_of, tokens))]


def _weight_of(token: Hashable) -> int:
    if not isinstance(token, str):
        return _BARRIER
    if _IDEOGRAPH.match(token):
        return 2
    return 4 if _WORD.match(token) else 1


def _well_placed(found: list[Change], old: Tokens, new: Tokens) -> list[Change]:
    """Insertions and deletions where they read best, if what surrounds them allows several."""
    placed = []
    bounds = [0, *(change[1] for change in found)]
    next_starts = [*(change[0] for change in found[1:]), len(old)]
    for change, bound, next_start in zip(found, bounds, next_starts, strict=False):
        i1, i2, j1, j2 = change
        room = (i1 - bound, next_start - i2)
        shift = 0
        if i1 == i2:
            shift = _best_shift(new, (j1, j2), room)
        elif j1 == j2:
            shift = _best_shift(old, (i1, i2), room)
        placed.append((i1 + shift, i2 + shift, j1 + shift, j2 + shift))
    return placed


def _best_shift(tokens: Tokens, change: tuple[int, int], room: tuple[int, int]) -> int:
    """How far a run of tokens is moved so that it begins and ends where clauses do; 0 if nowhere.

    `room`: how many unchanged tokens stand before and after it.
    """
    start, end = change
    least, most = 0, 0
    while -least < room[0] and tokens[start + least - 1] == tokens[end + least - 1]:
        least -= 1
    while most < room[1] and tokens[start + most] == tokens[end + most]:
        most += 1
    shifts = sorted(range(least, most + 1), key=abs)
    return max(shifts, key=lambda by: _edge(tokens, start + by) + _edge(tokens, end + by))


def _edge(tokens: Tokens, place: int) -> int:
    """How well a change may begin or end before `tokens[place]`."""
    if place in {0, len(tokens)} or _ends_clause(tokens[place - 1]):
        return 2
    return 1 if isinstance(tokens[place], str) and _OPENING.match(tokens[place]) else 0
