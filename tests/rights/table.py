"""Who may do what to which story, in one table. It asks no code: the code is measured by it."""

from dataclasses import dataclass
from enum import Enum, auto

NEVER_PUBLISHED, LIVE, WITHDRAWN = "never published", "live", "withdrawn"

#: every place a story can be in: (stage of the working copy, what readers see)
STATES = (
    *((stage, NEVER_PUBLISHED) for stage in ("draft", "in_review", "changes_requested")),
    *((stage, NEVER_PUBLISHED) for stage in ("approved", "scheduled")),
    *((stage, LIVE) for stage in ("live", "draft", "in_review", "changes_requested")),
    *((stage, LIVE) for stage in ("approved", "scheduled")),
    *((stage, WITHDRAWN) for stage in ("withdrawn", "draft", "in_review", "changes_requested")),
    *((stage, WITHDRAWN) for stage in ("approved", "scheduled")),
)
UNFINISHED = ("draft", "changes_requested")

REPORTER, EDITOR, CHIEF, NOBODY = "reporter", "editor", "chief", "nobody"

#: who acts -> what they count as
PEOPLE = {
    "wanda, a reporter": REPORTER,
    "ellen, an editor": EDITOR,
    "charlie, the chief": CHIEF,
    "root, a superuser": CHIEF,
    "nora, staff without a group": NOBODY,
    "ines, an editor who left": NOBODY,
    "otto, outside": NOBODY,
}
#: whose story it is to whoever acts
OWN, ASSIGNED, OTHERS = "begun by them", "assigned to them", "a colleague's"
#: who is put to the test with whose stories: everybody where it could make a difference
PAIRS = (
    *(("wanda, a reporter", whose) for whose in (OWN, ASSIGNED, OTHERS)),
    *((who, OTHERS) for who, role in PEOPLE.items() if role in {EDITOR, CHIEF}),
    *((who, OWN) for who, role in PEOPLE.items() if role == NOBODY),
)


def states_for(who):
    """All states where the state counts; some for those who may everything or nothing in all."""
    role = PEOPLE[who]
    return STATES[::3] if role == NOBODY or who.startswith("root") else STATES


class May(Enum):
    """When somebody may do something to a story, if it is possible at all."""

    NEVER = auto()
    OWN_UNFINISHED = auto()
    OWN_ONES = auto()
    UNLESS_WITHDRAWN = auto()
    ALWAYS = auto()


_NEVER, _ALWAYS = May.NEVER, May.ALWAYS
_UNFINISHED, _OWN = May.OWN_UNFINISHED, May.OWN_ONES


@dataclass(frozen=True)
class Row:
    """One thing to be done to a story.

    `reporter`, `editor`, `chief`: when they may; `stages` and `seen`: where it is possible at
    all, whoever does it.
    """

    action: str
    reporter: May
    editor: May
    chief: May
    stages: tuple[str, ...] = tuple(dict.fromkeys(stage for stage, _seen in STATES))
    seen: tuple[str, ...] = (NEVER_PUBLISHED, LIVE, WITHDRAWN)


_BEFORE = ("approved", "scheduled")
_THERE = (NEVER_PUBLISHED, LIVE)

TABLE = (
    #   what                reporter     editor                chief    possible in
    Row("revise", _UNFINISHED, _ALWAYS, _ALWAYS),
    Row("restore", _UNFINISHED, _ALWAYS, _ALWAYS),
    Row("submit", _UNFINISHED, _ALWAYS, _ALWAYS, UNFINISHED),
    Row("request_changes", _NEVER, _ALWAYS, _ALWAYS, ("in_review", "approved")),
    Row("approve", _NEVER, _ALWAYS, _ALWAYS, (*UNFINISHED, "in_review", "withdrawn")),
    Row("publish", _NEVER, May.UNLESS_WITHDRAWN, _ALWAYS, _BEFORE),
    Row("schedule", _NEVER, May.UNLESS_WITHDRAWN, _ALWAYS, _BEFORE),
    Row("unschedule", _NEVER, _ALWAYS, _ALWAYS, ("scheduled",)),
    Row("withdraw", _NEVER, _NEVER, _ALWAYS, seen=(LIVE,)),
    Row("plan_withdrawal", _NEVER, _NEVER, _ALWAYS, seen=_THERE),
    Row("drop_withdrawal", _NEVER, _NEVER, _ALWAYS, seen=_THERE),
    Row("delete", _NEVER, _NEVER, _ALWAYS, seen=(NEVER_PUBLISHED,)),
    Row("assign", _NEVER, _ALWAYS, _ALWAYS),
    Row("share", _UNFINISHED, _ALWAYS, _ALWAYS, seen=_THERE),
    Row("revoke", _OWN, _ALWAYS, _ALWAYS),
    Row("name_revision", _OWN, _ALWAYS, _ALWAYS),
    Row("collide", _OWN, _ALWAYS, _ALWAYS),
    Row("resolve", _UNFINISHED, _ALWAYS, _ALWAYS),
    Row("autosave", _OWN, _ALWAYS, _ALWAYS),
    Row("note", _OWN, _ALWAYS, _ALWAYS),
    Row("reply", _OWN, _ALWAYS, _ALWAYS),
    Row("settle_note", _OWN, _ALWAYS, _ALWAYS),
    Row("edit_colleagues_note", _NEVER, _NEVER, _NEVER),
    Row("delete_colleagues_note", _NEVER, _NEVER, _NEVER),
    Row("delete_guests_note", _NEVER, _ALWAYS, _ALWAYS),
)
#: looking at a story at the desk: its form, preview, history, links
LOOKING = Row("look", _OWN, _ALWAYS, _ALWAYS)


def is_right(row: Row, *, role: str, whose: str, state: tuple[str, str]) -> bool:
    """Whether the table gives `role` the right, be it possible or not."""
    if role == NOBODY:
        return False
    stage, seen = state
    return {
        May.NEVER: False,
        May.ALWAYS: True,
        May.UNLESS_WITHDRAWN: seen != WITHDRAWN,
        May.OWN_ONES: whose != OTHERS,
        May.OWN_UNFINISHED: whose != OTHERS and stage in UNFINISHED,
    }[getattr(row, role)]


def happens(row: Row, *, role: str, whose: str, state: tuple[str, str]) -> bool:
    """Whether it is done: a right to it, and possible there."""
    stage, seen = state
    possible = stage in row.stages and seen in row.seen
    return possible and is_right(row, role=role, whose=whose, state=state)
