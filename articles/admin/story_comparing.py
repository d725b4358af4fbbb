"""Two snapshots beside each other, as a page of the desk shows them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from articles.admin.base import shown_html
from articles.admin.story_facts import FACTS, Form, Names, Pictured
from articles.body.comparing import Kind, Matter, Segment, compare_bodies, compare_texts
from articles.body.matching import changes_between, matches
from articles.body.picturing import with_addresses
from articles.desk import picturing
from articles.images.showing import shown

_BLOCKS = {
    "p": _("Paragraph"),
    "h2": _("Heading"),
    "h3": _("Subheading"),
    "h4": _("Small heading"),
    "ul": _("Bulleted list"),
    "ol": _("Numbered list"),
    "blockquote": _("Quotation"),
    "pre": _("Code block"),
    "table": _("Table"),
    "figure": _("Picture"),
}
_CONTEXT = 1  # unchanged blocks in sight beside a changed one


@dataclass(frozen=True)
class FieldChange:
    """A field in both versions. Of texts and lists, `segments` say what stayed, went and came."""

    name: str
    label: str
    form: str
    is_changed: bool
    segments: tuple[Segment, ...] = ()
    old: Pictured | str | None = None
    new: Pictured | str | None = None

    @property
    def is_empty(self):
        """Whether neither version says anything."""
        return not (self.segments or self.old or self.new)


@dataclass(frozen=True)
class Said:
    """A remark in words; `old` and `new` where they say more."""

    label: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Row:
    """A block in both versions, as safe HTML, and what else is to be said of it."""

    kind: str
    old: str
    new: str
    remarks: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Fold:
    """Blocks nobody changed, as safe HTML; out of sight until somebody asks, if there are many."""

    count: int
    html: str


@dataclass(frozen=True)
class StoryChange:
    """All that is to be said of two versions: the fields, and the body block by block."""

    fields: list[FieldChange]
    body: list[Row | Fold] = field(default_factory=list)

    @property
    def changed(self):
        return [one for one in self.fields if one.is_changed]

    @property
    def unchanged(self):
        return [one for one in self.fields if not one.is_changed and not one.is_empty]

    @property
    def is_body_changed(self):
        return any(isinstance(one, Row) for one in self.body)


def compare(old, new):
    """What became of snapshot `old` in snapshot `new`."""
    return compare_facts(FACTS, old, new, Names(old, new))


def compare_facts(facts, old, new, names):
    """The same of anything that has a body and these `facts`; `names` know what both say."""
    fields = [field_change(fact, old, new, names) for fact in facts if fact.form is not Form.BODY]
    return StoryChange(fields, body_rows(compare_bodies(old.body, new.body), old.body, new.body))


def field_change(fact, old, new, names):
    """What became of one field; `names` know what both say."""
    one, other = getattr(old, fact.name), getattr(new, fact.name)
    made = {"name": fact.name, "label": fact.label, "form": fact.form.name.lower()}
    if fact.form is Form.TEXT:
        return FieldChange(**made, is_changed=one != other, segments=compare_texts(one, other))
    if fact.form is Form.SEVERAL:
        lists = (names.several(fact.name, values) for values in (one, other))
        return FieldChange(**made, is_changed=one != other, segments=compare_lists(*lists))
    show = names.picture if fact.form is Form.PICTURE else lambda v: names.word(fact.name, v)
    return FieldChange(**made, is_changed=one != other, old=show(one), new=show(other))


def compare_lists(old, new):
    """Two lists of words as what stayed, went and came, in reading order."""
    pairs = matches(old, new)
    segments, i = [], 0
    ends = (len(old), len(old), len(new), len(new))
    for i1, i2, j1, j2 in [*changes_between(pairs, (len(old), len(new))), ends]:
        segments += [Segment(Kind.SAME, word) for word in old[i:i1]]
        segments += [Segment(Kind.REMOVED, word) for word in old[i1:i2]]
        segments += [Segment(Kind.ADDED, word) for word in new[j1:j2]]
        i = i2
    return tuple(segments)


def body_rows(changes, *bodies):
    """The blocks of compared `bodies` for a page: what changed, and the rest folded."""
    addresses = addresses_in(*bodies)
    rows, unchanged = [], []
    for change in [*changes, None]:
        if change is not None and change.kind is Kind.SAME:
            unchanged.append(change.new)
            continue
        rows += folds(unchanged, addresses, is_first=not rows, is_last=change is None)
        unchanged = []
        if change is not None:
            rows.append(block_row(change, addresses))
    return rows


def block_row(change, addresses):
    """A changed block for a page; `addresses`: where its pictures are, by their reference."""
    return Row(
        str(change.kind),
        marked_html(change.old_marked, addresses),
        marked_html(change.new_marked, addresses),
        tuple(_said(remark) for remark in change.remarks),
    )


def _said(remark):
    """A remark with words in the place of elements; what a picture is, one sees."""
    label = str(remark.matter.label)
    if remark.matter is Matter.PICTURE or not (remark.old or remark.new):
        return Said(label)
    if remark.matter is Matter.BLOCK:
        return Said(label, *(str(_BLOCKS.get(tag, tag)) for tag in (remark.old, remark.new)))
    return Said(label, remark.old, remark.new)


def folds(blocks, addresses, *, is_first, is_last):
    """Unchanged blocks: those beside a change in sight, those between them in one fold."""
    before = 0 if is_first else _CONTEXT
    after = len(blocks) if is_last else max(len(blocks) - _CONTEXT, before)
    parts = [blocks[:before], blocks[before:after], blocks[after:]]
    return [
        Fold(len(part) if at == 1 else 0, marked_html("".join(part), addresses))
        for at, part in enumerate(parts)
        if part
    ]


def marked_html(html, addresses):
    """A compared block as part of a page, its pictures as the library has them."""
    return shown_html(with_addresses(html, addresses), marked=True)


def addresses_in(*bodies):
    """Where to find a file of each picture of `bodies` that the library knows."""
    found = {key: shown(image) for key, image in picturing.known_in(*bodies).items()}
    return {key: visible.src for key, visible in found.items() if visible}
