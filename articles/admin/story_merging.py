"""A conflict as a page shows it: what can be taken of each edit, and what is chosen already."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.admin.story_comparing import (
    FieldChange,
    Fold,
    Row,
    addresses_in,
    block_row,
    field_change,
    folds,
    marked_html,
)
from articles.admin.story_facts import FACTS, Form, Names
from articles.body.comparing import compare_blocks
from articles.body.merging import Choice, Standing, default_of
from articles.desk.reconciling import SEVERAL, Collision, unchanged, value_of

_ALIKE = {Standing.SAME, Standing.BOTH_ALIKE}


@dataclass(frozen=True)
class Choices:
    """What somebody has chosen so far: fields by name, chunks of the body by index."""

    fields: dict[str, Choice] = field(default_factory=dict)
    chunks: dict[int, Choice] = field(default_factory=dict)

    @classmethod
    def sent(cls, found: Collision, data):
        """The choices of a form, as far as they make sense."""
        fields = {name: _chosen(data.get(f"field-{name}")) for name in found.fields}
        chunks = {at: _chosen(data.get(f"chunk-{at}")) for at in range(len(found.chunks))}
        return cls(
            {
                name: choice
                for name, choice in fields.items()
                if choice and (choice is not Choice.BOTH or name in SEVERAL)
            },
            {at: choice for at, choice in chunks.items() if choice},
        )

    def carried_over(self, before: Collision, now: Collision):
        """Those of them that still answer the same question."""
        names, places = unchanged(before, now)
        fields = {name: choice for name, choice in self.fields.items() if name in names}
        return Choices(fields, {places[i]: c for i, c in self.chunks.items() if i in places})


def _chosen(said):
    return Choice(said) if said in set(Choice) else None


@dataclass(frozen=True)
class Option:
    """One thing to choose: whose it is, and what it says (a FieldChange or a Row; None: both)."""

    value: Choice
    label: str
    shown: FieldChange | Row | None
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """A field or a place in the body that not both left alone."""

    name: str
    label: str
    is_conflict: bool
    options: list[Option]
    before: str = ""  # what stood there, as safe HTML, if both changed it

    @property
    def is_open(self):
        """Whether nothing is chosen yet."""
        return not any(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class MergePage:
    """All questions of a conflict; `body` has folds between them for what needs none."""

    fields: list[Question]
    body: list[Question | Fold]
    is_trivial: bool

    @property
    def is_body_touched(self):
        return any(isinstance(one, Question) for one in self.body)


def merge_page(found, choices, whose):
    """The questions of `found`; `whose`: what the two edits are called, by `Choice`."""
    return MergePage(
        fields=list(_field_questions(found, choices, whose)),
        body=list(_body_questions(found, choices, whose)),
        is_trivial=found.needs_nobody,
    )


def _field_questions(found, choices, whose):
    names = Names(*(one for one in (found.ancestor, found.mine, found.theirs) if one))
    for fact in FACTS:
        standing = found.fields.get(fact.name, Standing.SAME)
        if fact.form is Form.BODY or standing in _ALIKE:
            continue
        chosen = choices.fields.get(fact.name) or default_of(standing)
        options = [
            Option(
                choice,
                _label(choice, standing, whose),
                _field_under(choice, fact, found, names),
                is_chosen=choice is chosen,
            )
            for choice in _choices(standing, has_both=fact.name in SEVERAL)
        ]
        is_conflict = standing is Standing.CONFLICT
        yield Question(f"field-{fact.name}", fact.label, is_conflict, options)


def _field_under(choice, fact, found, names):
    """What the field would say, marked against what it said before if that is known."""
    taken = found.mine.changed(**{fact.name: value_of(found, fact.name, choice)})
    return field_change(fact, found.ancestor or taken, taken, names)


def _choices(standing, *, has_both):
    """What can be chosen, the change of the one side first."""
    sides = [Choice.MINE, Choice.THEIRS]
    if standing is Standing.THEIRS:
        sides.reverse()
    return [*sides, Choice.BOTH] if standing is Standing.CONFLICT and has_both else sides


def _label(choice, standing, whose):
    if choice is Choice.BOTH:
        return _("Both")
    if standing is not Standing.CONFLICT and choice is not default_of(standing):
        return _("Leave it as it was")
    return whose[choice]


def _body_questions(found, choices, whose):
    addresses = addresses_in(
        *(one.body for one in (found.ancestor, found.mine, found.theirs) if one)
    )
    alike, is_first = [], True
    for at, chunk in enumerate([*found.chunks, None]):
        if chunk is not None and chunk.standing in _ALIKE:
            alike.append(chunk.mine)
            continue
        yield from folds(alike, addresses, is_first=is_first, is_last=chunk is None)
        alike, is_first = [], False
        if chunk is not None:
            yield _block_question(at, chunk, choices, whose, addresses)


def _block_question(at, chunk, choices, whose, addresses):
    chosen = choices.chunks.get(at) or chunk.default
    options = [
        Option(
            choice,
            _label(choice, chunk.standing, whose),
            _block_under(choice, chunk, addresses),
            is_chosen=choice is chosen,
        )
        for choice in _choices(chunk.standing, has_both=bool(chunk.mine and chunk.theirs))
    ]
    is_conflict = chunk.standing is Standing.CONFLICT
    before = marked_html(chunk.ancestor, addresses) if is_conflict else ""
    return Question(f"chunk-{at}", "", is_conflict, options, before)


def _block_under(choice, chunk, addresses):
    if choice is Choice.BOTH:
        return None
    side = chunk.mine if choice is Choice.MINE else chunk.theirs
    return block_row(compare_blocks(chunk.ancestor, side), addresses)
