"""Reconciling: what two edits of one story changed, and the story that comes of choosing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from articles.body.merging import (
    Choice,
    Chunk,
    Standing,
    Undecided,
    default_of,
    merge,
    merged,
    standings,
)
from articles.desk import writing
from articles.models import Conflict, Revision, Snapshot

# Fields that hold several things of which both sides may have added some.
SEVERAL = ("also_in", "bylines", "tags")


@dataclass(frozen=True, slots=True)
class Collision:
    """Two edits of a story and what both began from.

    `ancestor` is None if that is not known; then everything in which both differ is a conflict.
    `fields`: who changed each field but the body; `chunks`: the body, block by block.
    """

    ancestor: Snapshot | None
    mine: Snapshot
    theirs: Snapshot
    fields: Mapping[str, Standing]
    chunks: tuple[Chunk, ...]

    @property
    def needs_nobody(self) -> bool:
        """Whether both can be had without deciding anything."""
        standing = (*self.fields.values(), *(chunk.standing for chunk in self.chunks))
        return Standing.CONFLICT not in standing


def collision(conflict: Conflict, *, beside: Revision | None = None) -> Collision:
    """The colliding edit of `conflict` beside the working copy as it is now, or an older one."""
    if beside is None:
        theirs = writing.working_snapshot(conflict.article)
    else:
        theirs = writing.as_known_now(beside.snapshot)
    mine = writing.as_known_now(conflict.mine.snapshot)
    ancestor = writing.as_known_now(conflict.ancestor.snapshot) if conflict.ancestor else None
    return Collision(
        ancestor=ancestor,
        mine=mine,
        theirs=theirs,
        fields=_standings(ancestor, mine, theirs),
        chunks=merge(ancestor.body if ancestor else "", mine.body, theirs.body),
    )


def merged_snapshot(
    found: Collision, *, fields: Mapping[str, Choice], chunks: Mapping[int, Choice]
) -> Snapshot:
    """The story that results from the choices; what only one side changed needs none.

    `fields` by name, `chunks` by index. `BOTH` is for `SEVERAL` and for chunks; a field that can
    have only one value needs one side. Raises `Undecided` while something has no choice.
    """
    values = {
        name: value_of(found, name, fields.get(name) or default_of(standing))
        for name, standing in found.fields.items()
    }
    return found.mine.changed(**values, body=merged(found.chunks, chunks))


def unchanged(before: Collision, now: Collision) -> tuple[set[str], dict[int, int]]:
    """Where one conflict still asks what it asked `before` somebody saved once more.

    Returns the names of the fields, and the index now of each such chunk by its index before.
    """
    names = {n for n in now.fields if getattr(before.theirs, n) == getattr(now.theirs, n)}
    then, here = _places(before.chunks), _places(now.chunks)
    alike = [chunk for chunk in then if len(then[chunk]) == len(here.get(chunk, ()))]
    return names, {i: j for c in alike for i, j in zip(then[c], here[c], strict=True)}


def _places(chunks: Iterable[Chunk]) -> dict[Chunk, list[int]]:
    places = defaultdict(list)
    for at, chunk in enumerate(chunks):
        places[chunk].append(at)
    return dict(places)


def value_of(found: Collision, name: str, choice: Choice | None) -> Any:
    """What a field says under a choice. Raises `Undecided` if there is none, or none for it."""
    if choice is None or (choice is Choice.BOTH and name not in SEVERAL):
        raise Undecided(name)
    mine, theirs = getattr(found.mine, name), getattr(found.theirs, name)
    if choice is Choice.BOTH:
        before = getattr(found.ancestor, name) if found.ancestor else ()
        return _together(before, mine, theirs)
    return mine if choice is Choice.MINE else theirs


def _together(before: tuple, mine: tuple, theirs: tuple) -> tuple:
    """What stands on either side, in the order of mine, without what one of them took out."""
    everything = dict.fromkeys((*mine, *theirs))
    gone = {one for one in before if one not in mine or one not in theirs}
    return tuple(one for one in everything if one not in gone)


def _standings(ancestor, mine, theirs) -> dict[str, Standing]:
    one, other = (_fields_of(snapshot) for snapshot in (mine, theirs))
    if ancestor is not None:
        return standings(_fields_of(ancestor), one, other)
    return {n: Standing.SAME if one[n] == other[n] else Standing.CONFLICT for n in one}


def _fields_of(snapshot: Snapshot) -> dict:
    return {name: value for name, value in asdict(snapshot).items() if name != "body"}
