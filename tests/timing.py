"""Moments for the tests, and how a moment comes without waiting for it."""

from datetime import datetime, timedelta

from django.utils import timezone

from articles.models import Article

SECOND, MINUTE, HOUR, DAY = (
    timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days")
)


def ahead(by: timedelta = HOUR) -> datetime:
    """A moment in the future."""
    return timezone.now() + by


def ago(by: timedelta) -> datetime:
    """A moment in the past."""
    return timezone.now() - by


def let_the_time_come(story: Article, by: timedelta = SECOND) -> None:
    """Let a scheduled publication, or else a planned withdrawal, have been due `by` ago."""
    name = "scheduled_at" if story.scheduled_at else "withdraw_at"
    Article.objects.filter(pk=story.pk).update(**{name: ago(by)})
    story.refresh_from_db()


def let_the_pause_end(story: Article) -> None:
    """Let what failed be tried again."""
    again = ago(SECOND)
    stories = Article.objects.filter(pk=story.pk)
    stories.update(schedule_retry_at=again, withdrawal_retry_at=again)
