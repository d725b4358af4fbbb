"""Writing: a story is begun, edited and, if nobody ever read it, thrown away."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles.body import text
from articles.characters import storable
from articles.desk import autosaving, notifying, pictures, picturing, revisions, timetable
from articles.desk.canonical import without_own
from articles.desk.link_tasks import try_links
from articles.desk.recording import lock, record
from articles.desk.rights import may, require
from articles.images.models import Image
from articles.models import Article, Byline, Revision, Snapshot, Tag, User
from articles.models.fields import SanitisedHTML, SanitisedHTMLField
from articles.models.snapshot import PLAIN_FIELDS
from articles.slugs import slugify
from articles.workflow import (
    SETTLED,
    TransitionRefused,
    Verb,
    Visibility,
    next_stage,
    stage_after_edit,
)


class UnacceptableStory(TransitionRefused):
    """A value that no row can hold (a title of 500 characters); `str()` says which and why."""


@transaction.atomic
def create(
    snapshot: Snapshot, *, by: User | None, note: str = "", import_ref: str | None = None
) -> Article:
    """Begin a story: a draft that mirrors `snapshot`, its first revision and an event.

    `import_ref`: the reference of the document it comes from, if any. Raises `NotAllowed` and
    `UnacceptableStory`.
    """
    require(by, Verb.CREATE)
    snapshot = acceptable(snapshot)
    article = Article(created_by=by, import_ref=import_ref)
    put_on_row(article, snapshot)
    article.save()
    put_relations(article, snapshot)
    revision = revisions.write(article, snapshot, by=by, note=note)
    article.save(update_fields=["working_revision"])
    _see_to_the_text(article, snapshot, by=by)
    record(Verb.CREATE, article, by=by, revision=revision)
    return article


@transaction.atomic
def revise(
    article: Article,
    snapshot: Snapshot,
    *,
    by: User | None,
    note: str = "",
    based_on: Revision | None = None,
    merged_from: Revision | None = None,
    keeps_approval: bool = True,
) -> Article:
    """Save a new revision of a story; nothing happens if it says what the newest one says.

    Until a story is first published its row follows; afterwards readers keep the live text until
    the next publication. `based_on`: the revision the edit began from (the newest, if not said);
    a newer one is not looked at, see `conflicts.save` for that. `merged_from`: the other parent.
    `keeps_approval`: whether an approver's edit is approved with it, as nobody's is when it
    comes from a document or brings back another text. Raises `NotAllowed` and `UnacceptableStory`.
    """
    lock(article)
    require(by, Verb.REVISE, article)
    snapshot = without_own(article, acceptable(snapshot))
    changed = snapshot.differing_fields(working_snapshot(article))
    if not changed:
        return article
    base = based_on or article.working_revision
    revision = revisions.write(
        article, snapshot, by=by, note=note, based_on=base, merged_from=merged_from
    )
    may_approve = keeps_approval and may(by, Verb.APPROVE, article)
    was_settled, planned = article.stage in SETTLED, article.scheduled_at
    _move_after_edit(article, revision, may_approve=may_approve)
    _save_edit(article, snapshot)
    if was_settled and article.stage not in SETTLED:
        _tell_that_it_is_void(article, planned=planned, by=by)
    if {"body", "header_image"} & set(changed):
        _see_to_the_text(article, snapshot, by=by)
    kept = {"still_at": article.scheduled_at.isoformat()} if article.scheduled_at else {}
    record(Verb.REVISE, article, by=by, revision=revision, fields=list(changed), **kept)
    return article


@transaction.atomic
def delete(article: Article, *, by: User | None) -> None:
    """Throw away a story that was never published; the audit trail keeps its title.

    What others typed in it and did not save stays, for each of them as a new story.
    Raises `NotAllowed`, and `TransitionRefused` for a story that readers have seen.
    """
    lock(article)
    require(by, Verb.DELETE, article)
    next_stage(Verb.DELETE, stage=article.stage, visibility=article.visibility)
    record(Verb.DELETE, article, by=by, id=article.pk)
    autosaving.let_go(article, by=by)
    # Its revisions go first, and no story may stand approved without one.
    _move_after_edit(article, article.working_revision, may_approve=False)
    article.save(update_fields=["approved_revision", *_STANDING])
    article.delete()


def working_snapshot(article: Article) -> Snapshot:
    """What the desk is working on: the newest revision, or the row if there is none.

    A header picture that turned out to be a double is the one it is a double of.
    """
    if article.working_revision is None:
        return Snapshot.of(article)
    return as_known_now(article.working_revision.snapshot)


def as_known_now(snapshot: Snapshot) -> Snapshot:
    """A stored snapshot whose header picture, if it is a double, is the one it is a double of."""
    if snapshot.header_image is None:
        return snapshot
    return snapshot.changed(header_image=Image.objects.standing_for(snapshot.header_image))


def acceptable(snapshot: Snapshot) -> Snapshot:
    """The snapshot in the form in which it is stored, its HTML through the allow-list.

    Raises `UnacceptableStory` for values that a column cannot hold.
    """
    snapshot = snapshot.changed(**_storable(snapshot))
    title = " ".join(snapshot.title.split())
    snapshot = snapshot.changed(
        title=title,
        body=SanitisedHTML(SanitisedHTMLField.sanitiser(snapshot.body)),
        slug=snapshot.slug or slugify(title),
        also_in=tuple(sorted(set(snapshot.also_in) - {snapshot.category})),
        bylines=tuple(dict.fromkeys((author, str(role)) for author, role in snapshot.bylines)),
        tags=_distinct_tags(snapshot.tags),
    )
    _check_columns(snapshot)
    return snapshot


def put_on_row(article: Article, snapshot: Snapshot) -> None:
    """Copy the plain facts of `snapshot` onto the (unsaved) row, with what is counted from them."""
    for name in PLAIN_FIELDS:
        setattr(article, name, getattr(snapshot, name))
    article.header_image_id = Image.objects.standing_for(snapshot.header_image)
    article.category_id = snapshot.category
    article.character_count = text.count_characters(snapshot.body)
    article.reading_minutes = text.reading_minutes(snapshot.body)


def put_relations(article: Article, snapshot: Snapshot) -> None:
    """Make the saved row's bylines, further categories and tags those of `snapshot`."""
    is_new = article.working_revision_id is None
    current = Snapshot() if is_new else Snapshot.of(article)
    if current.bylines != snapshot.bylines:
        if current.bylines:
            article.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(article=article, author_id=author, role=role, position=position)
            for position, (author, role) in enumerate(snapshot.bylines)
        )
    if current.also_in != snapshot.also_in:
        article.also_in.set(snapshot.also_in)
    if current.tags != snapshot.tags:
        article.tags.set(snapshot.tags)


def _see_to_the_text(article: Article, snapshot: Snapshot, *, by: User | None) -> None:
    """Send for the working copy's remote pictures, note which ones it uses, try its links."""
    pictures.send_for(snapshot)
    picturing.note_working_copy(article, snapshot)
    try_links(article, snapshot.body, by=by)


def _move_after_edit(article: Article, revision: Revision, *, may_approve: bool) -> None:
    """Move the working copy on; where that voids an approval, a schedule goes with it."""
    article.stage = stage_after_edit(article.stage, may_approve=may_approve)
    if article.stage in SETTLED:
        article.approved_revision = revision
        # It may be mended, so it is tried again at once.
        timetable.forget_failed_publication(article)
    else:
        article.approved_revision = None
        timetable.forget_publication(article)


def _tell_that_it_is_void(article: Article, *, planned: datetime | None, by: User | None) -> None:
    if planned is None:
        notifying.unapproved(article, by=by)
        return
    record(Verb.UNSCHEDULE, article, by=by, was=planned.isoformat())
    notifying.unscheduled(article, was=planned, by=by)


def _storable(snapshot: Snapshot) -> dict[str, str]:
    values = {name: getattr(snapshot, name) for name in PLAIN_FIELDS}
    return {name: storable(text) for name, text in values.items() if isinstance(text, str)}


def _save_edit(article: Article, snapshot: Snapshot) -> None:
    """Until first published the row follows; afterwards only the desk's own columns change."""
    if article.visibility is Visibility.NEVER_PUBLISHED:
        put_on_row(article, snapshot)
        put_relations(article, snapshot)
        article.save()
    else:
        article.save(update_fields=["working_revision", "approved_revision", *_STANDING])


_STANDING = ("stage", "edited_at", *timetable.PUBLICATION)


def _distinct_tags(names: tuple[str, ...]) -> tuple[str, ...]:
    """Tags without doubles, whatever their case; the first spelling wins."""
    distinct = {}
    for name in names:
        stripped = " ".join(storable(name).split())
        if stripped:
            distinct.setdefault(stripped.casefold(), stripped)
    return tuple(sorted(distinct.values()))


def _check_columns(snapshot: Snapshot) -> None:
    candidate = Article(**{name: getattr(snapshot, name) for name in PLAIN_FIELDS})
    unchecked = {f.name for f in Article._meta.fields} - set(PLAIN_FIELDS) | {"body"}
    try:
        candidate.clean_fields(exclude=unchecked)
    except ValidationError as error:
        raise UnacceptableStory(_sentences(error)) from error
    longest = Tag._meta.get_field("name").max_length
    if any(len(name) > longest for name in snapshot.tags):
        raise UnacceptableStory(_("A tag has at most %(n)d characters.") % {"n": longest})


def _sentences(error: ValidationError) -> str:
    labels = {f.name: str(f.verbose_name) for f in Article._meta.fields}
    return " ".join(
        f"{labels[name]}: {' '.join(messages)}" for name, messages in error.message_dict.items()
    )
