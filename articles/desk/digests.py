"""Digests: once a day, everything somebody has not looked at, in one letter."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import mailers
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.desk.mail_tasks import mail_digest
from articles.models import Notification, User


def send_due() -> int:
    """Have the digests sent that are due now; returns how many.

    They are due from `MAIL_DIGEST_HOUR` on, once a day, to those for whom something waits. However
    many ask at once, each digest is enqueued once: whoever notes it down first does it.
    """
    if "default" not in mailers:
        return 0
    now = timezone.now()
    due = Q(digested_at=None) | Q(digested_at__lt=_last_hour(now))
    waiting = Notification.objects.to_mail().filter(recipient=OuterRef("pk"))
    people = User.objects.filter(
        due, Exists(waiting), is_active=True, mail_rhythm=User.MailRhythm.DAILY
    ).exclude(email="")
    return sum(_enqueue(pk, due, now) for pk in list(people.values_list("pk", flat=True)))


@transaction.atomic
def _enqueue(pk: int, due: Q, now: datetime) -> bool:
    is_ours = User.objects.filter(due, pk=pk).update(digested_at=now) == 1
    if is_ours:
        mail_digest.enqueue(pk)
    return is_ours


def _last_hour(now: datetime) -> datetime:
    """When digests became due last, today or yesterday, by the outlet's clock."""
    local = now.astimezone(settings.OUTLET_TIME_ZONE)
    today = local.replace(hour=settings.MAIL_DIGEST_HOUR % 24, minute=0, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)
