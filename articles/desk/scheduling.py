"""Scheduling: an approved story goes live at its time, a live one is withdrawn at another.

The schedule stands on the story's row; `clock` keeps it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles.desk import timetable
from articles.desk.gate import require_passed
from articles.desk.link_tasks import try_links
from articles.desk.publishing import ReasonMissing
from articles.desk.recording import lock, record
from articles.desk.revisions import require_newest
from articles.desk.rights import require
from articles.desk.timetable import UnsuitableTime, require_future
from articles.models import Article, Revision, User
from articles.workflow import RULES, Stage, TransitionRefused, Verb, next_stage

_WITHDRAWAL_COLUMNS = ("edited_at", *timetable.WITHDRAWAL, *timetable.PUBLICATION_FAILURE)


@transaction.atomic
def schedule(
    article: Article,
    *,
    at: datetime,
    by: User | None,
    revision: Revision | None = None,
    minor: bool = False,
) -> Article:
    """Let an approved story go live at `at` (aware, in the future); again, to change the time.

    Of a live story the approved change goes live then, and readers keep their text until it does.
    `revision`: the one that was on the screen; if another is approved by now, nothing is scheduled.
    `minor`: whether it will be published as a minor change, see `publishing.publish`. Raises
    `NotAllowed`, `TransitionRefused`, `NewerRevision`, `UnsuitableTime`, `UnclearTime`,
    `IncompleteStory`.
    """
    lock(article)
    require(by, Verb.SCHEDULE, article)
    stage = next_stage(Verb.SCHEDULE, stage=article.stage, visibility=article.visibility)
    require_newest(article.approved_revision_id, shown=revision)
    require_future(at)
    _require_order(publication=at, withdrawal=article.withdraw_at)
    snapshot = article.approved_revision.snapshot
    require_passed(article, snapshot)
    before = {"was": article.scheduled_at.isoformat()} if article.scheduled_at else {}
    timetable.forget_failed_publication(article)
    article.stage, article.scheduled_at = stage, at
    article.schedule_is_minor = minor and article.first_published_at is not None
    article.save(update_fields=["stage", "edited_at", *timetable.PUBLICATION])
    revision = article.approved_revision
    told = before | ({"minor": True} if article.schedule_is_minor else {})
    record(Verb.SCHEDULE, article, by=by, revision=revision, at=at.isoformat(), **told)
    try_links(article, snapshot.body, by=by)
    return article


@transaction.atomic
def unschedule(article: Article, *, by: User | None) -> Article:
    """Take the time away; the story stays approved. Raises `NotAllowed`, `TransitionRefused`."""
    lock(article)
    require(by, Verb.UNSCHEDULE, article)
    article.stage = next_stage(Verb.UNSCHEDULE, stage=article.stage, visibility=article.visibility)
    was = article.scheduled_at.isoformat()
    timetable.forget_publication(article)
    article.save(update_fields=["stage", "edited_at", *timetable.PUBLICATION])
    record(Verb.UNSCHEDULE, article, by=by, revision=article.approved_revision, was=was)
    return article


@transaction.atomic
def plan_withdrawal(article: Article, *, at: datetime, reason: str, by: User | None) -> Article:
    """Let a story be withdrawn at `at` (aware, in the future); again, to change time or reason.

    It may be planned before the story is published, together with its publication. Raises
    `NotAllowed`, `TransitionRefused`, `UnsuitableTime`, `UnclearTime`, and `ReasonMissing` without
    a reason.
    """
    lock(article)
    require(by, Verb.PLAN_WITHDRAWAL, article)
    next_stage(Verb.PLAN_WITHDRAWAL, stage=article.stage, visibility=article.visibility)
    if not reason.strip():
        raise ReasonMissing(_("Tell the readers why the story is withdrawn."))
    require_future(at)
    is_scheduled = article.stage == Stage.SCHEDULED
    _require_order(publication=article.scheduled_at if is_scheduled else None, withdrawal=at)
    was = {"was": article.withdraw_at.isoformat()} if article.withdraw_at else {}
    timetable.forget_withdrawal(article)
    article.withdraw_at, article.withdraw_at_reason = at, reason.strip()
    timetable.forget_failed_publication(article)  # perhaps the old time stood in its way
    article.save(update_fields=_WITHDRAWAL_COLUMNS)
    said = {"at": at.isoformat(), "reason": reason.strip(), **was}
    record(Verb.PLAN_WITHDRAWAL, article, by=by, revision=article.live_revision, **said)
    return article


@transaction.atomic
def drop_withdrawal(article: Article, *, by: User | None) -> Article:
    """Take the planned withdrawal away. Raises `NotAllowed`, `TransitionRefused`."""
    lock(article)
    require(by, Verb.DROP_WITHDRAWAL, article)
    if article.withdraw_at is None:
        raise TransitionRefused(RULES[Verb.DROP_WITHDRAWAL].refusal)
    was = article.withdraw_at.isoformat()
    timetable.forget_withdrawal(article)
    timetable.forget_failed_publication(article)
    article.save(update_fields=_WITHDRAWAL_COLUMNS)
    record(Verb.DROP_WITHDRAWAL, article, by=by, revision=article.live_revision, was=was)
    return article


def _require_order(*, publication: datetime | None, withdrawal: datetime | None) -> None:
    if publication and withdrawal and withdrawal <= publication:
        raise UnsuitableTime(_("The planned withdrawal must come after the publication."))
