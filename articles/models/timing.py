"""The questions about time: what is due, what is late, what failed, and what is to come."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Least

from articles.workflow import Stage

# What readers may see. The one definition: constraints and indexes are made of it too.
PUBLISHED = Q(first_published_at__isnull=False, withdrawn_at__isnull=True)

# What waits for a moment; only these can fail. Two small indexes find them.
_TO_PUBLISH = Q(stage=Stage.SCHEDULED)
_TO_WITHDRAW = PUBLISHED & Q(withdraw_at__isnull=False)
_PUBLICATION_FAILED = _TO_PUBLISH & ~Q(schedule_failure="")
_WITHDRAWAL_FAILED = _TO_WITHDRAW & ~Q(withdrawal_failure="")


class TimedQuerySet(models.QuerySet):
    """Questions; nothing here changes a row. Every `now` and `moment` is aware."""

    def scheduled(self):
        """Stories that go live by themselves, the soonest first."""
        return self.filter(_TO_PUBLISH).order_by("scheduled_at", "pk")

    def to_be_withdrawn(self):
        """Stories with a planned withdrawal, read already or not yet, the soonest first."""
        return self.filter(withdraw_at__isnull=False).order_by("withdraw_at", "pk")

    def due_for_publication(self, now: datetime):
        """Scheduled stories whose moment has come; one that failed has paused long enough."""
        has_paused = Q(schedule_retry_at=None) | Q(schedule_retry_at__lte=now)
        return self.scheduled().filter(has_paused, scheduled_at__lte=now)

    def due_for_withdrawal(self, now: datetime):
        """Live stories whose planned withdrawal has come; one that failed has paused long enough.

        A scheduled change that failed and pauses does not hold the withdrawal up.
        """
        has_paused = Q(withdrawal_retry_at=None) | Q(withdrawal_retry_at__lte=now)
        due = self.filter(_TO_WITHDRAW, has_paused, withdraw_at__lte=now)
        return due.order_by("withdraw_at", "pk")

    def failing(self):
        """Stories whose schedule failed and will be tried again."""
        return self._either(_PUBLICATION_FAILED, _WITHDRAWAL_FAILED)

    def unkept(self, moment: datetime):
        """Stories whose schedule failed, or should have been kept before `moment`."""
        return self._either(
            _PUBLICATION_FAILED | _TO_PUBLISH & Q(scheduled_at__lt=moment),
            _WITHDRAWAL_FAILED | _TO_WITHDRAW & Q(withdraw_at__lt=moment),
        )

    def on_the_agenda(self):
        """Stories to go live or to be withdrawn, in the order of whatever comes first."""
        either = Least("scheduled_at", "withdraw_at")  # NULL on SQLite if one is
        first = Coalesce(either, "scheduled_at", "withdraw_at")
        waiting = self._either(_TO_PUBLISH, Q(withdraw_at__isnull=False))
        return waiting.order_by(first, "pk")

    def _either(self, one: Q, other: Q):
        """Stories of which one or the other is true, each found by its own index."""
        ids = self.model.objects.order_by().values("pk")
        return self.filter(pk__in=ids.filter(one).union(ids.filter(other)))
