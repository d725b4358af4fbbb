"""What the background worker does with notifications that go by mail.

A notification is marked once its letter was handed over. A worker that is killed in that very
moment hands it over again, under the same Message-ID.
"""

import logging
import smtplib
from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives, mailers
from django.db.models import QuerySet
from django.tasks import Task, task
from django.utils import timezone

from articles.desk import letters
from articles.desk.retrying import again_later, is_away, minutes, note_away
from articles.models import Article, Notification, User

_PATIENT = -1  # a publication that is due goes first
_PAUSES = minutes(1, 5, 15, 60, 180, 360, 720)
_SERVER = "mail"
_FINAL = 500
_Rhythm = User.MailRhythm
# A story that was to go live or to be gone by now, or that will not be.
_URGENT = frozenset(
    {
        Notification.Kind.SCHEDULE_FAILED,
        Notification.Kind.WITHDRAWAL_FAILED,
        Notification.Kind.UNSCHEDULED,
    }
)

logger = logging.getLogger("newsroom.mail")


def goes_by_mail(person: User, rhythm: str) -> bool:
    """Whether `person` wants letters in this `rhythm`, and can have them."""
    wants = person.is_active and person.mail_rhythm == rhythm
    return wants and bool(person.email) and "default" in mailers


def goes_at_once(notification: Notification) -> bool:
    """Whether its recipient gets a letter about it now.

    What goes wrong at its time does not wait for a digest; who wants no mail at all gets none.
    """
    person, is_urgent = notification.recipient, notification.kind in _URGENT
    return goes_by_mail(person, _Rhythm.AT_ONCE) or (
        is_urgent and goes_by_mail(person, _Rhythm.DAILY)
    )


@task(priority=_PATIENT)
def mail_notification(notification_id: int, attempt: int = 1) -> bool:
    """Send one notification; whether it was sent.

    It is not if it was read or mailed meanwhile, or if the story is not the recipient's any more.
    """
    found = Notification.objects.filter(pk=notification_id).select_related("recipient").first()
    if found is None or not goes_at_once(found):
        return False
    found = _waiting_for(found.recipient).filter(pk=notification_id).first()
    if found is None:
        return False
    return _deliver(
        letters.about(found), [found], work=mail_notification, of=notification_id, attempt=attempt
    )


@task(priority=_PATIENT)
def mail_digest(user_id: int, attempt: int = 1) -> bool:
    """Send somebody everything that waits for them in one letter; whether it was sent."""
    person = User.objects.filter(pk=user_id).first()
    if person is None or not goes_by_mail(person, _Rhythm.DAILY):
        return False
    waiting = list(_waiting_for(person).order_by("created_at", "pk"))
    if not waiting:
        return False
    return _deliver(
        letters.digest(person, waiting), waiting, work=mail_digest, of=user_id, attempt=attempt
    )


def _waiting_for(person: User) -> QuerySet[Notification]:
    """What somebody has not looked at, of the stories they may see at this moment."""
    stories = Article.objects.at_the_desk_of(person).order_by()
    waiting = Notification.objects.to_mail().filter(recipient=person, article__in=stories)
    return waiting.select_related("recipient", "actor", "note")


class _Away(Exception):
    """The mail server does not take letters now; `str()` says why."""


class _Refused(Exception):
    """The mail server will never take this letter; `str()` says why."""


def _deliver(
    letter: EmailMultiAlternatives,
    notifications: Sequence[Notification],
    *,
    work: Task,
    of: int,
    attempt: int,
) -> bool:
    try:
        _hand_over(letter)
    except _Refused as why:
        logger.error("A letter is not taken: %s", why)
        return False
    except _Away as why:
        if not again_later(work, of, attempt=attempt, pauses=_PAUSES):
            logger.error("A letter is given up; the mail server: %s", why)
        return False
    told = Notification.objects.filter(pk__in=[one.pk for one in notifications])
    told.update(mailed_at=timezone.now())
    return True


def _hand_over(letter: EmailMultiAlternatives) -> None:
    if is_away(_SERVER):
        raise _Away("it did not answer a moment ago")
    try:
        letter.send()
    except ValueError as malformed:
        raise _Refused(malformed) from malformed
    except smtplib.SMTPException as answer:
        raise (_Refused if _is_final(answer) else _Away)(answer) from answer
    except OSError as silence:
        note_away(_SERVER)
        logger.warning("The mail server does not answer: %s", silence)
        raise _Away(silence) from silence


def _is_final(answer: smtplib.SMTPException) -> bool:
    """Whether the same letter would be answered so again (RFC 5321, 4.2.1: 5yz)."""
    if isinstance(answer, smtplib.SMTPRecipientsRefused):
        return all(code >= _FINAL for code, _why in answer.recipients.values())
    if isinstance(answer, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return answer.smtp_code >= _FINAL
    return False  # of the connection or the password, not of the letter
