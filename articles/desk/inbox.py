"""The inbox: what somebody has not looked at yet, and how often they want letters about it."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Notification, User
from articles.workflow import NotAllowed, TransitionRefused

COUNTED = 100  # nobody reads a larger number


class UnsuitableAddress(TransitionRefused):
    """Nothing a letter can be sent to."""


def unread_count(person: User) -> int:
    """How many notifications wait for `person`, at most `COUNTED`; one query."""
    return Notification.objects.unread().filter(recipient=person)[:COUNTED].count()


@transaction.atomic
def read(notification: Notification, *, by: User) -> Notification:
    """Take note of a notification; nobody does that for another. Raises `NotAllowed`."""
    if notification.recipient_id != by.pk:
        raise NotAllowed(_("This notification is for somebody else."))
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])
    return notification


@transaction.atomic
def read_all(*, by: User, until: int) -> int:
    """Take note of everything up to the notification with the id `until`; returns how many.

    What came while somebody was looking stays unread.
    """
    waiting = Notification.objects.unread().filter(recipient=by, pk__lte=until)
    return waiting.update(read_at=timezone.now())


@transaction.atomic
def want_letters(*, email: str, rhythm: str, by: User) -> User:
    """Set where one's letters go, and how often they come (`User.MailRhythm`).

    Raises `UnsuitableAddress`.
    """
    email = email.strip()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise UnsuitableAddress(" ".join(error.messages)) from error
    person = User.objects.select_for_update().get(pk=by.pk)
    person.email, person.mail_rhythm = email, User.MailRhythm(rhythm)
    person.save(update_fields=["email", "mail_rhythm"])
    return person
