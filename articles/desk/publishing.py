"""Publishing: an approved revision becomes what readers see; a live story is withdrawn."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk import announcing_tasks, leaving, notifying, picturing, review, timetable
from articles.desk.gate import require_passed
from articles.desk.recording import lock, record
from articles.desk.revisions import require_newest
from articles.desk.rights import require
from articles.desk.writing import put_on_row, put_relations
from articles.gate import Occasion
from articles.models import Article, Revision, Snapshot, User
from articles.workflow import TransitionRefused, Verb, next_stage


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
    occasion: Occasion = Occasion.PUBLISH,
    minor: bool = False,
) -> Article:
    """Copy the approved revision onto the row, render it, and let readers see it.

    `at`: when it was first published, if that was not now (a document from elsewhere); aware, not
    in the future. `time_known`: whether more than the day of `at` is known. A story that was
    published before keeps its first time. `revision`: the one that was on the screen; if another
    is approved by now, nothing is published. `occasion`: what the gate is asked for; people are
    not told of a document that comes in. `minor`: whether the change is too small to tell readers
    of an update (a slip of the pen), so that `modified_at` stays. Raises `NotAllowed`,
    `TransitionRefused`, `NewerRevision`, `IncompleteStory`.
    """
    lock(article)
    require(by, Verb.PUBLISH, article)
    stage = next_stage(Verb.PUBLISH, stage=article.stage, visibility=article.visibility)
    require_newest(article.approved_revision_id, shown=revision)
    snapshot = article.approved_revision.snapshot
    require_passed(article, snapshot, occasion=occasion)
    timetable.require_time_to_read(article)
    now = timezone.now()
    minor = minor and article.first_published_at is not None
    is_change = _note_change(article, snapshot, minor=minor, now=now)
    _copy_approved(article, snapshot)
    _set_times(article, at=at, time_known=time_known, minor=minor, now=now)
    article.stage = stage
    article.withdrawn_at, article.withdrawn_reason = None, ""
    told = timetable.kept(article.scheduled_at) | ({"minor": True} if minor else {})
    timetable.forget_publication(article)
    article.live_revision = article.approved_revision
    article.save()
    picturing.note_live_text(article)
    record(Verb.PUBLISH, article, by=by, revision=article.live_revision, **told)
    if occasion is not Occasion.IMPORT:
        notifying.published(article, by=by)
    if is_change and (occasion is not Occasion.IMPORT or announcing_tasks.is_news(article)):
        announcing_tasks.announce(article)
    return article


@transaction.atomic
def approve_and_publish(
    article: Article,
    *,
    by: User | None,
    at: datetime | None = None,
    time_known: bool = True,
    revision: Revision | None = None,
    occasion: Occasion = Occasion.PUBLISH,
    minor: bool = False,
) -> Article:
    """Approve the working copy and publish it: both, or neither.

    What is said is that of `publish`; `revision` is the one to be approved as well. Raises what
    either of them raises.
    """
    is_news = occasion is not Occasion.IMPORT
    review.approve(article, by=by, revision=revision, is_news=is_news)
    return publish(
        article,
        by=by,
        at=at,
        time_known=time_known,
        revision=revision,
        occasion=occasion,
        minor=minor,
    )


_WITHDRAWN_COLUMNS = (
    *("stage", "withdrawn_at", "withdrawn_reason", "public_change_at"),
    *("approved_revision", "edited_at"),
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
    article.withdrawn_at = article.public_change_at = timezone.now()
    article.withdrawn_reason = reason.strip()
    article.approved_revision = None
    told = {"reason": article.withdrawn_reason, **timetable.kept(article.withdraw_at)}
    timetable.forget_publication(article)
    timetable.forget_withdrawal(article)
    article.save(update_fields=_WITHDRAWN_COLUMNS)
    picturing.note_live_text(article)
    record(Verb.WITHDRAW, article, by=by, revision=article.live_revision, **told)
    notifying.withdrawn(article, reason=reason.strip(), by=by)
    announcing_tasks.announce(article)
    return article


def _copy_approved(article: Article, snapshot: Snapshot) -> None:
    """Put what was approved onto the row, and what readers are sent of it."""
    if not _mirrors_approved(article):
        put_on_row(article, snapshot)
        put_relations(article, snapshot)
    article.rendered_body = picturing.rendered(article.body, is_paid=article.sponsored)


def _mirrors_approved(article: Article) -> bool:
    """Whether the row says what was approved already: until first published it follows the desk."""
    unread = article.first_published_at is None
    return unread and article.approved_revision_id == article.working_revision_id


def _note_change(article: Article, snapshot: Snapshot, *, minor: bool, now: datetime) -> bool:
    """Write down for the sitemaps that the story, or where it stands, changes for readers.

    A minor change is none as long as readers see the story, and in the same lists. Returns whether
    it is one.
    """
    is_known = article.first_published_at is not None
    has_moved = is_known and leaving.note_left(Snapshot.of(article), snapshot, at=now)
    is_change = not minor or has_moved or article.withdrawn_at is not None
    if is_change:
        article.public_change_at = now
    return is_change


def _set_times(
    article: Article, *, at: datetime | None, time_known: bool, minor: bool, now: datetime
) -> None:
    if article.first_published_at is None:
        article.first_published_at = article.published_at = min(at or now, now)
        article.published_time_known = time_known or at is None
    elif article.approved_revision_id != article.live_revision_id and not minor:
        article.modified_at = now
