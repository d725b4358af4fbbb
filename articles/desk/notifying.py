"""Notifying: who is told of what happens to a story.

The verbs call it within their transaction, so nobody hears of what did not come to pass. Nobody
is told of what they did themselves, of a story they may not see, or of one thing twice.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from articles.desk import outlet_time, people, rights
from articles.desk.chat_tasks import announce
from articles.desk.mail_tasks import goes_at_once, mail_notification
from articles.models import Article, Conflict, Note, Notification, User
from articles.workflow import SETTLED, Stage, Verb

Kind = Notification.Kind

# What is no news any more once something of a kind has happened: an approval, when the story is
# out; the same failure, when it fails again.
_REPLACES: dict[str, frozenset[str]] = {
    Kind.SUBMITTED: frozenset({Kind.SUBMITTED}),
    Kind.PUBLISHED: frozenset({Kind.APPROVED}),
    Kind.SCHEDULE_FAILED: frozenset({Kind.SCHEDULE_FAILED}),
    Kind.WITHDRAWAL_FAILED: frozenset({Kind.WITHDRAWAL_FAILED}),
}


def submitted(article: Article, *, by: User | None) -> list[Notification]:
    """Tell the editors, and chat groups, that a story waits."""
    _announce(Kind.SUBMITTED, article, by=by)
    return _tell(Kind.SUBMITTED, article, _ids(people.editors()), by=by)


def changes_requested(article: Article, *, comment: str, by: User | None) -> list[Notification]:
    """Tell whose story it is what is to be changed."""
    return _tell(Kind.CHANGES_REQUESTED, article, _own(article), by=by, text=comment)


def approved(article: Article, *, by: User | None) -> list[Notification]:
    """Tell whose story it is, and chat groups, that it was approved."""
    _announce(Kind.APPROVED, article, by=by)
    return _tell(Kind.APPROVED, article, _own(article), by=by)


def published(article: Article, *, by: User | None) -> list[Notification]:
    """Tell whose story it is, and chat groups, that readers see it."""
    _announce(Kind.PUBLISHED, article, by=by)
    return _tell(Kind.PUBLISHED, article, _own(article), by=by)


def withdrawn(article: Article, *, reason: str, by: User | None) -> list[Notification]:
    """Tell whose story it is, and chat groups, that readers do not see it any more."""
    _announce(Kind.WITHDRAWN, article, by=by, text=reason)
    return _tell(Kind.WITHDRAWN, article, _own(article), by=by, text=reason)


def assigned(article: Article, *, by: User | None) -> list[Notification]:
    """Tell whoever a story was assigned to, and by when it is to be ready."""
    with translation.override(settings.LANGUAGE_CODE):  # it is kept
        time = article.due_at and outlet_time.exactly(article.due_at)
        text = _("Due: %(time)s") % {"time": time} if time else ""
    return _tell(Kind.ASSIGNED, article, {article.assignee_id}, by=by, text=text)


def schedule_failed(article: Article, *, reason: str, is_first: bool) -> list[Notification]:
    """Tell whoever set the time, and the chiefs, that a story did not go live at its time.

    Called after each attempt: nobody has the same failure before them twice, and groups hear of
    the first (`is_first`).
    """
    kind, by = Kind.SCHEDULE_FAILED, _last_of(Verb.SCHEDULE, article)
    return _failed(kind, article, planned_by=by, reason=reason, is_first=is_first)


def withdrawal_failed(article: Article, *, reason: str, is_first: bool) -> list[Notification]:
    """Tell whoever planned it, and the chiefs, that readers still see what should be gone.

    Called as `schedule_failed` is.
    """
    kind, by = Kind.WITHDRAWAL_FAILED, _last_of(Verb.PLAN_WITHDRAWAL, article)
    return _failed(kind, article, planned_by=by, reason=reason, is_first=is_first)


def _failed(
    kind: Kind, article: Article, *, planned_by: int | None, reason: str, is_first: bool
) -> list[Notification]:
    if is_first:
        _announce(kind, article, by=None, text=reason)
    same = article.notifications.unread().filter(kind=kind, text=reason)
    know = set(same.values_list("recipient", flat=True))
    return _tell(kind, article, {planned_by, *_ids(people.chiefs())} - know, by=None, text=reason)


def _last_of(verb: Verb, article: Article) -> int | None:
    """The id of whoever did this last."""
    return article.events.filter(verb=verb).values_list("actor", flat=True).first()


def unapproved(article: Article, *, by: User | None) -> list[Notification]:
    """Tell whoever approved it that an edit made that void."""
    return _tell(Kind.UNAPPROVED, article, _last_to(article, Verb.APPROVE), by=by)


def unscheduled(article: Article, *, was: datetime, by: User | None) -> list[Notification]:
    """Tell whoever approved and scheduled it that an edit made both void."""
    to = _last_to(article, Verb.APPROVE, Verb.SCHEDULE)
    return _tell(Kind.UNSCHEDULED, article, to, by=by, text=outlet_time.exactly(was))


def collided(conflict: Conflict) -> list[Notification]:
    """Tell those who can see to it that two edits of a story collided.

    Who wrote the newer revision and who has to finish the story; who approved or scheduled what
    cannot go live now; the editors, if whoever wrote late may not choose themselves.
    """
    article = conflict.article
    to = {conflict.theirs.created_by_id, article.assignee_id}
    if article.stage in SETTLED:
        to |= _last_to(article, Verb.APPROVE, Verb.SCHEDULE)
    if not rights.may(conflict.person, Verb.REVISE, article):
        to |= _ids(people.editors())
    return _tell(Kind.CONFLICT, article, to, by=conflict.person, text=_held_up(article))


def _held_up(article: Article) -> str:
    """What does not happen while two edits wait for a choice; kept, so in the desk's language."""
    if article.stage != Stage.SCHEDULED:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return _("It is scheduled for %(time)s, and does not go live before somebody chooses.") % {
            "time": outlet_time.exactly(article.scheduled_at)
        }


def noted(note: Note, *, mentioned: Collection[User], by: User | None) -> list[Notification]:
    """Tell whose story it is, those in the thread, and whom the note mentions, of a new note.

    Each of them once: as mentioned, before a reply, before a note.
    """
    article, in_thread = note.article, set()
    if note.parent_id:
        thread = [note.parent, *note.parent.replies.all()]
        in_thread = {said.author_id for said in thread}
    named = {user.pk for user in mentioned}
    rest = _own(article) | ({note.preview_link.created_by_id} if note.preview_link else set())
    return [
        *_tell(Kind.MENTIONED, article, named, by=by, text=note.text, note=note),
        *_tell(Kind.REPLIED, article, in_thread - named, by=by, text=note.text, note=note),
        *_tell(Kind.NOTED, article, rest - in_thread - named, by=by, text=note.text, note=note),
    ]


def mentioned_later(note: Note, *, mentioned: Collection[User], by: User | None) -> None:
    """Tell those whom a note mentions only since it was edited."""
    named = {user.pk for user in mentioned}
    _tell(Kind.MENTIONED, note.article, named, by=by, text=note.text, note=note)


def _announce(kind: Kind, article: Article, *, by: User | None, text: str = "") -> None:
    announce(kind, article, title=_title(article), by=by, text=text)


def _own(article: Article) -> set[int | None]:
    return {article.created_by_id, article.assignee_id}


def _last_to(article: Article, *verbs: Verb) -> set[int]:
    """Who did these last; the editors, where none of them can see to it any more."""
    last = {_last_of(verb, article) for verb in verbs} - {None}
    return (last & _ids(people.who_see(article))) or _ids(people.editors())


def _ids(found) -> set[int]:
    return set(found.values_list("pk", flat=True))


def _tell(
    kind: Kind,
    article: Article,
    to: Iterable[int | None],
    *,
    by: User | None,
    text: str = "",
    note: Note | None = None,
) -> list[Notification]:
    wanted = set(to) - {None, by and by.pk}
    recipients = people.who_see(article).filter(pk__in=wanted) if wanted else []
    told = [
        Notification(
            recipient=person,
            kind=kind,
            article=article,
            note=note,
            title=_title(article),
            text=text,
            actor=by,
        )
        for person in recipients
    ]
    _take_back(kind, article, [one.recipient for one in told])
    Notification.objects.bulk_create(told)
    for one in told:
        if goes_at_once(one):
            mail_notification.enqueue(one.pk)
    return told


def _take_back(kind: Kind, article: Article, recipients: list[User]) -> None:
    """Throw away what is no news any more, unless somebody has read it or had it by mail."""
    replaced = _REPLACES.get(kind)
    if replaced and recipients:
        old = article.notifications.to_mail().filter(kind__in=replaced, recipient__in=recipients)
        old.delete()


def _title(article: Article) -> str:
    """What the desk calls the story, whatever readers see."""
    working = article.working_revision
    return working.snapshot.title if working else article.title
