"""What happened to a story, as one sentence: in the admin, in letters, and in chat groups."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Notification

Kind = Notification.Kind

_SENTENCES = {
    Kind.SUBMITTED: gettext_lazy("%(who)s submitted “%(title)s” for review."),
    Kind.CHANGES_REQUESTED: gettext_lazy("%(who)s asks for changes to “%(title)s”."),
    Kind.APPROVED: gettext_lazy("%(who)s approved “%(title)s”."),
    Kind.PUBLISHED: gettext_lazy("%(who)s published “%(title)s”."),
    Kind.WITHDRAWN: gettext_lazy("%(who)s withdrew “%(title)s”."),
    Kind.ASSIGNED: gettext_lazy("%(who)s assigned “%(title)s” to you."),
    Kind.NOTED: gettext_lazy("%(who)s wrote a note on “%(title)s”."),
    Kind.REPLIED: gettext_lazy("%(who)s replied to a note on “%(title)s”."),
    Kind.MENTIONED: gettext_lazy("%(who)s mentioned you in a note on “%(title)s”."),
    Kind.SCHEDULE_FAILED: gettext_lazy("“%(title)s” did not go live at its time."),
    Kind.WITHDRAWAL_FAILED: gettext_lazy("“%(title)s” was not withdrawn at its time."),
    Kind.UNAPPROVED: gettext_lazy("%(who)s changed “%(title)s”: it needs approval again."),
    Kind.UNSCHEDULED: gettext_lazy(
        "%(who)s changed “%(title)s”: it is no longer scheduled, and needs approval again."
    ),
    Kind.CONFLICT: gettext_lazy(
        "What %(who)s wrote in “%(title)s” collides with a newer revision."
    ),
}


def sentence(kind: str, *, who: str, title: str) -> str:
    """What somebody did to the story of this title; an empty `who` is the newsroom itself."""
    facts = {"who": who or _("The newsroom"), "title": title or _("Untitled story")}
    return str(_SENTENCES[Kind(kind)]) % facts


def sentence_of(notification: Notification) -> str:
    """What a notification says."""
    who = str(notification.actor or "")
    if not who and notification.note is not None:
        who = notification.note.guest_name
    return sentence(notification.kind, who=who, title=notification.title)
