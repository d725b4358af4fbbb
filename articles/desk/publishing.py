"""Publishing: an approved revision becomes what readers see; a live story is withdrawn."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.body import text
from articles.desk import notifying, picturing, timetable
from articles.desk.recording import lock, record
from articles.desk.revisions import require_newest
from articles.desk.rights import require
from articles.desk.writing import put_on_row, put_relations
from articles.images.models import Image
from articles.models import Article, Author, Category, Revision, Snapshot, User
from articles.workflow import TransitionRefused, Verb, next_stage


class IncompleteStory(TransitionRefused):
    """Something that every published story has is missing; `str()` names all of it."""


class ReasonMissing(TransitionRefused):
    """Readers of a withdrawn story are told why."""


@transaction.atomic
def publish(
    article: Article,
    *,
    by: User | None,
    at: datetime | None = None,
    time_known: bool = True,
    revision: Revision | None = None,
    is_news: bool = True,
) -> Article:
    """Copy the approved revision onto the row, render it, and let readers see it.

    `at`: when it was first published, if that was not now (a document from elsewhere); aware, not
    in the future. `time_known`: whether more than the day of `at` is known. A story that was
    published before keeps its first time. `revision`: the one that was on the screen; if another
    is approved by now, nothing is published. `is_news`: whether people are told, as they are not
    of what was published elsewhere. Raises `NotAllowed`, `TransitionRefused`,
    `NewerRevision`, `IncompleteStory`.
    """
    lock(article)
    require(by, Verb.PUBLISH, article)
    stage = next_stage(Verb.PUBLISH, stage=article.stage, visibility=article.visibility)
    require_newest(article.approved_revision_id, shown=revision)
    snapshot = article.approved_revision.snapshot
    require_complete(snapshot)
    _require_time_to_read(article)
    _copy_approved(article, snapshot)
    _set_times(article, at=at, time_known=time_known)
    article.stage = stage
    article.withdrawn_at, article.withdrawn_reason = None, ""
    told = timetable.kept(article.scheduled_at)
    timetable.forget_publication(article)
    article.live_revision = article.approved_revision
    article.save()
    picturing.note_live_text(article)
    record(Verb.PUBLISH, article, by=by, revision=article.live_revision, **told)
    if is_news:
        notifying.published(article, by=by)
    return article


_WITHDRAWN_COLUMNS = (
    *("stage", "withdrawn_at", "withdrawn_reason", "approved_revision", "edited_at"),
    *timetable.PUBLICATION,
    *timetable.WITHDRAWAL,
)


@transaction.atomic
def withdraw(article: Article, *, reason: str, by: User | None) -> Article:
    """Take a live story away from readers; its address answers 410 with the reason.

    Raises `NotAllowed`, `TransitionRefused`, and `ReasonMissing` without a reason.
    """
    lock(article)
    require(by, Verb.WITHDRAW, article)
    if not reason.strip():
        raise ReasonMissing(_("Tell the readers why the story is withdrawn."))
    article.stage = next_stage(Verb.WITHDRAW, stage=article.stage, visibility=article.visibility)
    article.withdrawn_at = timezone.now()
    article.withdrawn_reason = reason.strip()
    article.approved_revision = None
    told = {"reason": article.withdrawn_reason, **timetable.kept(article.withdraw_at)}
    timetable.forget_publication(article)
    timetable.forget_withdrawal(article)
    article.save(update_fields=_WITHDRAWN_COLUMNS)
    picturing.note_live_text(article)
    record(Verb.WITHDRAW, article, by=by, revision=article.live_revision, **told)
    notifying.withdrawn(article, reason=reason.strip(), by=by)
    return article


def missing_for_publication(snapshot: Snapshot) -> list[str]:
    """What a story lacks before it can be published, a sentence each; empty if nothing."""
    wanting = {
        _("The title is missing."): not snapshot.title,
        _("The category is missing."): not _exists(Category, [snapshot.category]),
        _("Nobody stands in the byline."): not snapshot.bylines,
        _("The body is empty."): not text.plain_text(snapshot.body) and "<" not in snapshot.body,
        _("An author in the byline does not exist any more."): not _exists(
            Author, [author for author, _role in snapshot.bylines]
        ),
        _("The header picture does not exist any more."): not _exists(
            Image, [snapshot.header_image] if snapshot.header_image else []
        ),
        _("A further category does not exist any more."): not _exists(Category, snapshot.also_in),
    }
    return [str(sentence) for sentence, is_wanting in wanting.items() if is_wanting]


def require_complete(snapshot: Snapshot) -> None:
    """Raise `IncompleteStory` with all that is missing for publication."""
    if missing := missing_for_publication(snapshot):
        raise IncompleteStory(" ".join(missing))


def _exists(model, ids) -> bool:
    """Whether every one of `ids` is a row of `model`."""
    wanted = set(ids)
    return not wanted or model.objects.filter(pk__in=wanted - {None}).count() == len(wanted)


def _copy_approved(article: Article, snapshot: Snapshot) -> None:
    """Put what was approved onto the row, and what readers are sent of it."""
    if not _mirrors_approved(article):
        put_on_row(article, snapshot)
        put_relations(article, snapshot)
    article.rendered_body = picturing.rendered(article.body)


def _mirrors_approved(article: Article) -> bool:
    """Whether the row says what was approved already: until first published it follows the desk."""
    unread = article.first_published_at is None
    return unread and article.approved_revision_id == article.working_revision_id


def _require_time_to_read(article: Article) -> None:
    """Nothing goes live that would be withdrawn in the same second (after an outage, say)."""
    if article.withdraw_at is not None and article.withdraw_at <= timezone.now():
        raise timetable.UnsuitableTime(
            _("The planned withdrawal lies in the past; change its time or drop it first.")
        )


def _set_times(article: Article, *, at: datetime | None, time_known: bool) -> None:
    now = timezone.now()
    if article.first_published_at is None:
        article.first_published_at = article.published_at = min(at or now, now)
        article.published_time_known = time_known or at is None
    elif article.approved_revision_id != article.live_revision_id:
        article.modified_at = now
