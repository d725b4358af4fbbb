"""Merges two texts that grew from one: block by block in a body, value by value elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.body.aligning import MOVED, Likeness, align
from articles.body.dividing import divide, key_of
from articles.body.matching import matches


class Standing(StrEnum):
    """Who changed something since the common ancestor."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH_ALIKE = "both_alike"
    CONFLICT = "conflict"


class Choice(StrEnum):
    """What is taken of a chunk."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"

    @property
    def label(self):
        return _CHOICES[self]


_CHOICES = {Choice.MINE: _("Mine"), Choice.THEIRS: _("Theirs"), Choice.BOTH: _("Both")}
_MOST_COMPARED = 40_000  # pairs of blocks
_SIDES = ("mine", "theirs", "ancestor")
_DEFAULTS = {
    Standing.SAME: Choice.MINE,
    Standing.MINE: Choice.MINE,
    Standing.THEIRS: Choice.THEIRS,
    Standing.BOTH_ALIKE: Choice.MINE,
}


class Undecided(ValueError):
    """A chunk in which both sides differ has no choice yet."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A place in a body: what stood there, and what each side has there now, HTML or empty."""

    standing: Standing
    ancestor: str
    mine: str
    theirs: str

    @property
    def default(self) -> Choice | None:
        """See `default_of`."""
        return default_of(self.standing)


def default_of(standing: Standing) -> Choice | None:
    """The side that is taken if nobody chooses; None where both changed something."""
    return _DEFAULTS.get(standing)


def standing_of(ancestor: Any, mine: Any, theirs: Any) -> Standing:
    """Who changed a value."""
    if mine == theirs:
        return Standing.SAME if mine == ancestor else Standing.BOTH_ALIKE
    if mine == ancestor:
        return Standing.THEIRS
    return Standing.MINE if theirs == ancestor else Standing.CONFLICT


def standings(
    ancestor: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Standing]:
    """Who changed each of the values that have a name in `mine`; all three have the same names."""
    return {name: standing_of(ancestor[name], mine[name], theirs[name]) for name in mine}


def merge(ancestor: str, mine: str, theirs: str) -> tuple[Chunk, ...]:
    """Two stored bodies and what both began from, as chunks in reading order; never raises.

    A chunk is a block of the ancestor, or what was put in before, between or after its blocks.
    The `mine` of all joined are `mine`, and so for the others. What one side moved is a conflict
    in its new place if the other side did not leave it as it was: else it could stand twice.
    """
    base = divide(ancestor)
    one, other = _Edits(base, divide(mine)), _Edits(base, divide(theirs))
    chunks: list[Chunk] = []
    for at in range(len(base) + 1):
        chunks += _inserted(one.before[at], other.before[at])
        if at < len(base):
            chunks.append(_chunk(base[at], one.became[at], other.became[at]))
    return tuple(_with_moves_asked_for(chunks))


def merged(chunks: Sequence[Chunk], choices: Mapping[int, Choice]) -> str:
    """The body that results from the choices, by the index of the chunk.

    What has no choice takes its default: everything only one side changed is in it. `BOTH` is mine
    and then theirs. Raises `Undecided` if a conflict has no choice. A result that says what one of
    the sides says is that side to the letter.
    """
    pieces: list[str] = []
    for index, chunk in enumerate(chunks):
        choice = choices.get(index, chunk.default)
        if choice is None:
            raise Undecided(_("Please choose in every place that both have changed."))
        pieces += _taken(chunk, choice)
    sides = [[getattr(chunk, side) for chunk in chunks] for side in _SIDES]
    for is_alike in (_is_spelled_alike, _says_the_same):
        if side := next((one for one in sides if is_alike(one, pieces)), None):
            return "".join(side)
    return "".join(_apart(pieces)).rstrip("\n")


def _taken(chunk: Chunk, choice: Choice) -> list[str]:
    sides = {Choice.MINE: [chunk.mine], Choice.THEIRS: [chunk.theirs]}
    taken = sides.get(choice, [chunk.mine, chunk.theirs])
    if chunk.standing in {Standing.SAME, Standing.BOTH_ALIKE}:
        # the same block; only the white space after it can differ
        taken = [chunk.theirs if chunk.mine == chunk.ancestor else chunk.mine]
    return [side for side in taken if side]


def _is_spelled_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return "".join(one) == "".join(other)


def _says_the_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows of blocks differ by no more than white space around them."""
    return list(filter(None, map(key_of, one))) == list(filter(None, map(key_of, other)))


def _apart(pieces: list[str]) -> Iterator[str]:
    """Every piece on a line of its own, also one that was the last of its side."""
    for piece in pieces:
        yield piece if piece[-1:].isspace() else f"{piece}\n"


class _Edits:
    """What one side made of the ancestor: `became[i]` of a block, `before[i]` put in before it."""

    def __init__(self, base: Sequence[str], side: Sequence[str]):
        self.became = [""] * len(base)
        self.before: list[list[str]] = [[] for _at in range(len(base) + 1)]
        at = 0
        for i, j in align(base, side):
            if i is None:
                self.before[at].append(side[j])
                continue
            at = i + 1
            self.became[i] = "" if j is None else side[j]


def _with_moves_asked_for(chunks: list[Chunk]) -> list[Chunk]:
    """Conflicts where a side put in what it took out elsewhere, and the other one touched that."""
    asked = list(chunks)
    for side in (Standing.MINE, Standing.THEIRS):
        came = {
            at: getattr(chunk, side)
            for at, chunk in enumerate(chunks)
            if chunk.standing is side and not chunk.ancestor
        }
        for at in _moved(_gone(chunks, side), came):
            asked[at] = replace(chunks[at], standing=Standing.CONFLICT)
    return asked


def _gone(chunks: list[Chunk], side: Standing) -> list[str]:
    """The blocks of the ancestor that a side took out and the other one took out or reworked."""
    touched = {Standing.BOTH_ALIKE, Standing.CONFLICT}
    return [
        chunk.ancestor
        for chunk in chunks
        if chunk.ancestor and chunk.standing in touched and not getattr(chunk, side)
    ]


def _moved(gone: list[str], came: Mapping[int, str]) -> Iterator[int]:
    """Which of the blocks that came are one of those that went, perhaps touched up."""
    keys = set(map(key_of, gone))
    is_little = len(gone) * len(came) <= _MOST_COMPARED
    likenesses = [Likeness.of(block) for block in gone] if is_little and came else []
    for at, block in came.items():
        likeness = Likeness.of(block) if likenesses else None
        if key_of(block) in keys or any(likeness.to(one) >= MOVED for one in likenesses):
            yield at


def _chunk(ancestor: str, mine: str, theirs: str) -> Chunk:
    standing = standing_of(key_of(ancestor), key_of(mine), key_of(theirs))
    return Chunk(standing, ancestor, mine, theirs)


def _inserted(mine: list[str], theirs: list[str]) -> list[Chunk]:
    """What both put in at one place: what is the same once, what is not as one chunk each."""
    pairs = matches([key_of(one) for one in mine], [key_of(one) for one in theirs])
    chunks, i, j = [], 0, 0
    for next_i, next_j in pairs:
        chunks += _put_in(mine[i:next_i], theirs[j:next_j])
        chunks.append(Chunk(Standing.BOTH_ALIKE, "", mine[next_i], theirs[next_j]))
        i, j = next_i + 1, next_j + 1
    return [*chunks, *_put_in(mine[i:], theirs[j:])]


def _put_in(mine: list[str], theirs: list[str]) -> list[Chunk]:
    if mine and theirs:
        return [Chunk(Standing.CONFLICT, "", "".join(mine), "".join(theirs))]
    one_sided = [Chunk(Standing.MINE, "", block, "") for block in mine]
    return one_sided or [Chunk(Standing.THEIRS, "", "", block) for block in theirs]
