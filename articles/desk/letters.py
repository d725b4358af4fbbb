"""Letters: notifications as mail, plain and in simple HTML, in the outlet's language."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.sentences import sentence_of
from articles.models import Notification, User

_LONGEST_SUBJECT = 150  # characters


@dataclass(frozen=True, slots=True)
class _Item:
    """One notification, as the templates want it."""

    sentence: str
    quote: str
    text: str
    time: str
    address: str


def about(notification: Notification) -> EmailMultiAlternatives:
    """The letter about one notification, to whom it is for."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("%(what)s: %(title)s") % {
            "what": notification.get_kind_display(),
            "title": notification.title or _("Untitled story"),
        }
        return _letter(notification.recipient, subject, [notification], "notification")


def digest(person: User, notifications: Sequence[Notification]) -> EmailMultiAlternatives:
    """The letter about everything `person` has not looked at, the oldest first."""
    with translation.override(settings.LANGUAGE_CODE):
        count = len(notifications)
        subject = ngettext(
            "%(count)d notification: %(title)s", "%(count)d notifications: %(title)s", count
        ) % {"count": count, "title": notifications[0].title or _("Untitled story")}
        return _letter(person, subject, notifications, "digest")


def _letter(
    person: User, subject: str, notifications: Sequence[Notification], name: str
) -> EmailMultiAlternatives:
    context = {
        "items": [_item(one) for one in notifications],
        "settings_address": _address("desk_letters"),
        "list_address": _address("desk_notifications"),
    }
    letter = EmailMultiAlternatives(
        _one_line(subject),
        render_to_string(f"mail/{name}.txt", context),
        to=[person.email],
        headers=_headers(person, notifications),
    )
    letter.attach_alternative(render_to_string(f"mail/{name}.html", context), "text/html")
    return letter


def _item(notification: Notification) -> _Item:
    return _Item(
        sentence=sentence_of(notification),
        quote=notification.note.quote if notification.note else "",
        text=notification.text,
        time=date_format(timezone.localtime(notification.created_at), "Y-m-d H:i"),
        address=_address("desk_notification", notification.pk),
    )


def _headers(person: User, notifications: Sequence[Notification]) -> dict[str, str]:
    """So that nobody's mail answers, that a story is one conversation, and that a letter sent
    twice by a worker that was killed is shown once (RFC 3834; RFC 5322, 3.6.4)."""
    host = urlsplit(settings.SITE_URL).hostname
    told = "".join(f"{one.pk} {one.created_at.isoformat()}\n" for one in notifications)
    mark = hashlib.sha256(f"{settings.SITE_URL} {person.pk}\n{told}".encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{mark}@{host}>", "Auto-Submitted": "auto-generated"}
    stories = {one.article_id for one in notifications}
    if len(stories) == 1:
        headers["References"] = f"<story-{stories.pop()}@{host}>"
    return headers


def _address(name: str, *args: int) -> str:
    return settings.SITE_URL + reverse(name, args=args)


def _one_line(subject: str) -> str:
    """A header is one line, whatever somebody wrote into a title."""
    line = " ".join("".join(c if c.isprintable() else " " for c in subject).split())
    return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1]}…"
