"""Which items of two sequences correspond, in an amount of work that hostile input cannot raise."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

MOST_EDITS = 1_000
_WORK = 2_000_000  # steps of the inner loop for all slices together, about half a second


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of places, rising on both sides, at which both sequences hold the same.

    A longest common subsequence as long as not more than `MOST_EDITS` items differ; beyond that,
    what stands once in each divides them first, and slices in which too much differs have nothing
    in common.
    """
    found: list[tuple[int, int]] = []
    most_in_slices = min(MOST_EDITS, _WORK // (len(old) + len(new) + 1))
    waiting = [(0, len(old), 0, len(new), True)]
    while waiting:
        i1, i2, j1, j2, may_divide = waiting.pop()
        i1, i2, j1, j2 = _trimmed(old, new, (i1, i2, j1, j2), found)
        if i1 == i2 or j1 == j2:
            continue
        most = MOST_EDITS if may_divide else most_in_slices
        pairs = _shortest_edit(old[i1:i2], new[j1:j2], most)
        if pairs is not None:
            found += [(i1 + i, j1 + j) for i, j in pairs]
        elif may_divide:
            anchors = [(i1 + i, j1 + j) for i, j in _anchors(old[i1:i2], new[j1:j2])]
            found += anchors
            waiting += _between(anchors, (i1, i2, j1, j2))
    return sorted(found)


def changes_between(
    pairs: Sequence[tuple[int, int]], lengths: tuple[int, int]
) -> list[tuple[int, int, int, int]]:
    """What lies between matching places: `(i1, i2, j1, j2)`, the old slice and the new one."""
    changes = []
    i = j = 0
    for next_i, next_j in [*pairs, lengths]:
        if next_i > i or next_j > j:
            changes.append((i, next_i, j, next_j))
        i, j = next_i + 1, next_j + 1
    return changes


def _trimmed(old, new, bounds, found) -> tuple[int, int, int, int]:
    """The bounds without what both slices begin and end with, which is noted as found."""
    i1, i2, j1, j2 = bounds
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        found.append((i1, j1))
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
        found.append((i2, j2))
    return i1, i2, j1, j2


def _between(anchors, bounds) -> list[tuple[int, int, int, int, bool]]:
    """The slices between anchors; without an anchor there is nothing to divide."""
    i1, i2, j1, j2 = bounds
    slices = []
    for i, j in [*anchors, (i2, j2)] if anchors else []:
        slices.append((i1, i, j1, j, False))
        i1, j1 = i + 1, j + 1
    return slices


def _shortest_edit(old, new, most: int) -> list[tuple[int, int]] | None:
    """Matching places after E. Myers, "An O(ND) Difference Algorithm" (Algorithmica 1, 1986).

    None if more than `most` items would have to be taken out or put in.
    """
    if abs(len(old) - len(new)) > most:
        return None
    furthest = {1: 0}
    history = []
    for edits in range(min(most, len(old) + len(new)) + 1):
        history.append(furthest)
        furthest = _step(old, new, furthest, edits)
        if furthest.get(len(old) - len(new), -1) >= len(old):
            return _traced(history, len(old), len(new))
    return None


def _step(old, new, before: dict[int, int], edits: int) -> dict[int, int]:
    """How far each diagonal is reached with one edit more."""
    reached = {}
    length, new_length = len(old), len(new)
    for k in range(-edits, edits + 1, 2):
        down = k == -edits or (k != edits and before[k - 1] < before[k + 1])
        i = before[k + 1] if down else before[k - 1] + 1
        j = i - k
        while i < length and j < new_length and old[i] == new[j]:
            i += 1
            j += 1
        reached[k] = i
    return reached


def _traced(history: list[dict[int, int]], i: int, j: int) -> list[tuple[int, int]]:
    pairs = []
    for edits in range(len(history) - 1, -1, -1):
        before, k = history[edits], i - j
        down = k == -edits or (k != edits and before[k - 1] < before[k + 1])
        from_k = k + 1 if down else k - 1
        from_i, from_j = before[from_k], before[from_k] - from_k
        while i > from_i and j > from_j:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        i, j = from_i, from_j
    return pairs[::-1]


def _anchors(old, new) -> list[tuple[int, int]]:
    """What stands once in each, as far as it comes in the same order (patience)."""
    in_old, in_new = Counter(old), Counter(new)
    places = {item: j for j, item in enumerate(new) if in_new[item] == 1}
    common = [(i, places[item]) for i, item in enumerate(old) if in_old[item] == 1 == in_new[item]]
    return _rising(common)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs that rises on both sides; they rise on the first already."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_i, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        last[place : place + 1] = [index]
    chosen, index = [], last[-1] if last else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]
