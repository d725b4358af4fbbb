"""A story's schedule as it stands on its row: how it is told, kept and cleared."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk.outlet_time import require_in_calendar
from articles.models import Article
from articles.workflow import TransitionRefused

#: columns that say how often each has failed so far, when it is tried again, and why it failed
PUBLICATION_FAILURE = ("schedule_attempts", "schedule_retry_at", "schedule_failure")
WITHDRAWAL_FAILURE = ("withdrawal_attempts", "withdrawal_retry_at", "withdrawal_failure")
PUBLICATION = ("scheduled_at", "schedule_is_minor", *PUBLICATION_FAILURE)
WITHDRAWAL = ("withdraw_at", "withdraw_at_reason", *WITHDRAWAL_FAILURE)

#: from here on it is said that a story was late
LATE = timedelta(minutes=1)


class UnsuitableTime(TransitionRefused):
    """The time lies in the past, or in the wrong order with another."""


def require_future(at: datetime) -> None:
    """Raise `UnsuitableTime` unless `at` (aware) lies ahead, `UnclearTime` if it lies too far."""
    if at <= timezone.now():
        raise UnsuitableTime(_("This time lies in the past; choose one in the future."))
    require_in_calendar(at)


def require_time_to_read(article: Article) -> None:
    """Raise `UnsuitableTime` if it would be withdrawn in the second in which it goes live.

    So it would after an outage, say.
    """
    if article.withdraw_at is not None and article.withdraw_at <= timezone.now():
        raise UnsuitableTime(
            _("The planned withdrawal lies in the past; change its time or drop it first.")
        )


def forget_failed_publication(article: Article) -> None:
    """Let the publication begin anew: it has not failed, and is tried when it is due."""
    article.schedule_attempts, article.schedule_retry_at, article.schedule_failure = 0, None, ""


def forget_failed_withdrawal(article: Article) -> None:
    """Let the planned withdrawal begin anew."""
    article.withdrawal_attempts, article.withdrawal_retry_at = 0, None
    article.withdrawal_failure = ""


def forget_publication(article: Article) -> None:
    """Take the time of publication away."""
    article.scheduled_at, article.schedule_is_minor = None, False
    forget_failed_publication(article)


def forget_withdrawal(article: Article) -> None:
    """Take the planned withdrawal away."""
    article.withdraw_at, article.withdraw_at_reason = None, ""
    forget_failed_withdrawal(article)


def kept(planned: datetime | None) -> dict[str, Any]:
    """For the audit trail of something done when its time had come: which, and how late.

    Empty if no time was set, or if somebody did it before. `late`: seconds, from a minute on.
    """
    now = timezone.now()
    if planned is None or planned > now:
        return {}
    delay = now - planned
    late = {"late": int(delay.total_seconds())} if delay >= LATE else {}
    return {"planned": planned.isoformat(), **late}
