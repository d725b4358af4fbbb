"""Scheduling: an approved story goes live at its time, by the worker's hand."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk.publishing import require_complete
from articles.desk.recording import lock, record
from articles.desk.rights import require
from articles.desk.tasks import publish_when_due
from articles.models import Article, User
from articles.workflow import TransitionRefused, Verb, next_stage


class UnsuitableTime(TransitionRefused):
    """The time lies in the past."""


@transaction.atomic
def schedule(article: Article, *, at: datetime, by: User | None) -> Article:
    """Let an approved story go live at `at` (aware, in the future); again, to change the time.

    Raises `NotAllowed`, `TransitionRefused`, `UnsuitableTime`, `IncompleteStory`.
    """
    lock(article)
    require(by, Verb.SCHEDULE, article)
    stage = next_stage(Verb.SCHEDULE, stage=article.stage, visibility=article.visibility)
    if at <= timezone.now():
        raise UnsuitableTime(_("The time for publication must lie in the future."))
    require_complete(article.approved_revision.snapshot)
    article.stage, article.scheduled_at = stage, at
    article.save(update_fields=["stage", "scheduled_at", "edited_at"])
    record(Verb.SCHEDULE, article, by=by, revision=article.approved_revision, at=at.isoformat())
    publish_when_due.using(run_after=at).enqueue(article.pk)
    return article


@transaction.atomic
def unschedule(article: Article, *, by: User | None) -> Article:
    """Take the time away; the story stays approved. Raises `NotAllowed`, `TransitionRefused`."""
    lock(article)
    require(by, Verb.UNSCHEDULE, article)
    article.stage = next_stage(Verb.UNSCHEDULE, stage=article.stage, visibility=article.visibility)
    article.scheduled_at = None
    article.save(update_fields=["stage", "scheduled_at", "edited_at"])
    record(Verb.UNSCHEDULE, article, by=by, revision=article.approved_revision)
    return article
