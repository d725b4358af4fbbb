"""Compares two bodies for an editor: block beside block, marked to the character inside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from articles.body.aligning import MOVED, Likeness, align
from articles.body.dividing import divide, key_of
from articles.body.marking import Place, Side, mark_up, unchanged
from articles.body.wording import changes, tokens_of

_MOST_MOVED = 40_000  # pairs of blocks looked at


class Kind(StrEnum):
    """What became of a block."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Matter(StrEnum):
    """What of a block can change besides its words."""

    BLOCK = "block"
    FORMATTING = "formatting"
    LINK = "link"
    PICTURE = "picture"
    DESCRIPTION = "description"
    PLAYER = "player"
    LANGUAGE = "language"
    STRUCTURE = "structure"
    MARKUP = "markup"

    @property
    def label(self):
        return _MATTERS[self]


_MATTERS = {
    Matter.BLOCK: _("The kind of paragraph was changed."),
    Matter.FORMATTING: _("The formatting was changed."),
    Matter.LINK: _("A link was changed."),
    Matter.PICTURE: _("The picture was changed."),
    Matter.DESCRIPTION: _("The description of the picture was changed."),
    Matter.PLAYER: _("The player was changed."),
    Matter.LANGUAGE: _("The language of the code was changed."),
    Matter.STRUCTURE: _("The structure was changed."),
    Matter.MARKUP: _("Only what a reader does not see was changed."),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something besides words that was changed; `old` and `new` where they can be told.

    They are elements, addresses, descriptions or `data-embed` references, as `matter` has it;
    empty where there was or is none.
    """

    matter: Matter
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One block and what became of it.

    `old` and `new`: the block in both versions, to the letter, with the white space after it; a
    block that moved stands in two of these, each with one side only. `old_marked` and
    `new_marked`: the same with `<del>` and `<ins>` around what differs
    (`sanitising.sanitise_compared` leaves it unchanged if both bodies are sanitised).
    """

    kind: Kind
    old: str = ""
    new: str = ""
    old_marked: str = ""
    new_marked: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of plain text that is in both versions (`SAME`), or in one of them."""

    kind: Kind
    text: str


def compare_texts(old: str, new: str) -> tuple[Segment, ...]:
    """Two plain strings as runs of what stayed, went and came, in reading order.

    Without the added ones they are `old`, without the removed ones `new`.
    """
    one, other = tokens_of(old), tokens_of(new)
    runs, i = [], 0
    for i1, i2, j1, j2 in [*changes(one, other), (len(one), len(one), len(other), len(other))]:
        runs += [
            Segment(Kind.SAME, "".join(one[i:i1])),
            Segment(Kind.REMOVED, "".join(one[i1:i2])),
            Segment(Kind.ADDED, "".join(other[j1:j2])),
        ]
        i = i2
    return tuple(run for run in runs if run.text)


def compare_bodies(old: str, new: str) -> tuple[BlockChange, ...]:
    """Two stored bodies block by block, in reading order; never raises.

    All `old` joined are `old`, all `new` joined are `new`.
    """
    one, other = divide(old), divide(new)
    compared = [
        compare_blocks("" if i is None else one[i], "" if j is None else other[j])
        for i, j in align(one, other)
    ]
    return tuple(_with_moves(compared))


def compare_blocks(old: str, new: str) -> BlockChange:
    """One block in two versions; empty where there was or is none."""
    if not old or not new:
        kind = Kind.REMOVED if old else Kind.ADDED
        return BlockChange(kind, old, new, old_marked=old, new_marked=new)
    if key_of(old) == key_of(new):
        return BlockChange(Kind.SAME, old, new, old_marked=old, new_marked=new)
    return _changed(Kind.CHANGED, old, new)


def _changed(kind: Kind, old: str, new: str) -> BlockChange:
    one, other, found = mark_up(key_of(old), key_of(new))
    remarks = tuple(dict.fromkeys(_remarks(one, other, found)))
    return BlockChange(kind, old, new, one.write("del"), other.write("ins"), remarks)


def _with_moves(compared: list[BlockChange]) -> list[BlockChange]:
    """What went here and came there is one block that moved."""
    gone = {at: c.old for at, c in enumerate(compared) if c.kind is Kind.REMOVED}
    came = {at: c.new for at, c in enumerate(compared) if c.kind is Kind.ADDED}
    moved = list(compared)
    for at, to in _moves(gone, came):
        change = _changed(Kind.MOVED, gone[at], came[to])
        moved[at] = replace(change, new="", new_marked="", remarks=())
        moved[to] = replace(change, old="", old_marked="")
    return moved


def _moves(gone: dict[int, str], came: dict[int, str]) -> Iterator[tuple[int, int]]:
    if not 0 < len(gone) * len(came) <= _MOST_MOVED:
        return
    arrived = {to: Likeness.of(block) for to, block in came.items()}
    for at, block in gone.items():
        likeness = Likeness.of(block)
        best = max(arrived, key=lambda to: likeness.to(arrived[to]), default=None)
        if best is not None and likeness.to(arrived[best]) >= MOVED:
            del arrived[best]
            yield at, best


def _remarks(one: Side, other: Side, found) -> Iterator[Remark]:
    """What is to be said of a changed block besides the marks in its text."""
    said = [*_of_shown(one, other, found), *_of_formats(one, other, found), *_of_blocks(one, other)]
    yield from said
    has_marks = any(place.mark and place.text.strip() for place in (*one.places, *other.places))
    if not said and not has_marks:
        yield Remark(Matter.STRUCTURE if found else Matter.MARKUP)


def _of_shown(one: Side, other: Side, found) -> Iterator[Remark]:
    """Pictures, films and players that were put in, taken out or changed."""
    for i1, i2, j1, j2 in found:
        gone, came = _shown(one.tokens[i1:i2]), _shown(other.tokens[j1:j2])
        for at in range(max(len(gone), len(came))):
            old = gone[at] if at < len(gone) else ("", "")
            new = came[at] if at < len(came) else ("", "")
            matter = Matter.PLAYER if "figure" in {old[0], new[0]} else Matter.PICTURE
            yield Remark(matter, old[1], new[1])
    for before, after in unchanged(one, other, found):
        old, new = before.element.get("alt", ""), after.element.get("alt", "")
        if before.part == "element" and old != new:
            yield Remark(Matter.DESCRIPTION, old, new)


def _shown(tokens: Sequence) -> list[tuple[str, str]]:
    """The element and the reference of whatever among tokens is no text and no structure."""
    return [
        (token[0], token[1])
        for token in tokens
        if isinstance(token, tuple) and len(token) > 1 and token[1]
    ]


def _of_formats(one: Side, other: Side, found) -> Iterator[Remark]:
    for before, after in unchanged(one, other, found):
        if before.format == after.format:
            continue
        links = _link(before), _link(after)
        if links[0] != links[1]:
            yield Remark(Matter.LINK, links[0][1], links[1][1])
        if _plain(before) != _plain(after):
            yield Remark(Matter.FORMATTING)


def _link(place: Place) -> tuple[str, str, str]:
    return next((phrase for phrase in place.format if phrase[0] == "a"), ("", "", ""))


def _plain(place: Place) -> set[str]:
    return {tag for tag, _address, _title in place.format if tag != "a"}


def _of_blocks(one: Side, other: Side) -> Iterator[Remark]:
    old, new = one.root, other.root
    if len(old) == len(new) == 1 and old[0].tag != new[0].tag:
        yield Remark(Matter.BLOCK, old[0].tag, new[0].tag)
    languages = [
        "".join(code.get("class", "").removeprefix("language-") for code in root.iter("code"))
        for root in (old, new)
    ]
    if languages[0] != languages[1]:
        yield Remark(Matter.LANGUAGE, *languages)
