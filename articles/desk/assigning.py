"""Assigning: who is to write or finish a story, and by when."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk import notifying, people
from articles.desk.outlet_time import require_in_calendar
from articles.desk.recording import lock, record
from articles.desk.rights import require
from articles.models import Article, User
from articles.workflow import TransitionRefused, Verb


class UnsuitableAssignee(TransitionRefused):
    """Somebody who does not work here (any more), or may not write."""


class UnsuitableDueTime(TransitionRefused):
    """A time that has passed already."""


@transaction.atomic
def assign(
    article: Article, *, to: User | None, due_at: datetime | None, by: User | None
) -> Article:
    """Give a story to `to`, to be ready by `due_at` (aware); `None` takes either away.

    While it is unfinished it is then theirs to read, edit and submit, whoever began it. Nothing
    happens if both are so already. Raises `NotAllowed`, `UnsuitableAssignee`, `UnsuitableDueTime`,
    `UnclearTime`.
    """
    lock(article)
    require(by, Verb.ASSIGN, article)
    is_new = article.assignee_id != (to and to.pk)
    if not is_new and article.due_at == due_at:
        return article
    if is_new:
        _require_writer(to)
    if article.due_at != due_at:
        _require_future(due_at)
    article.assignee, article.due_at = to, due_at
    article.save(update_fields=["assignee", "due_at"])
    facts = {"to": str(to or ""), "due": due_at.isoformat() if due_at else ""}
    record(Verb.ASSIGN, article, by=by, revision=article.working_revision, **facts)
    notifying.assigned(article, by=by)
    return article


def _require_writer(to: User | None) -> None:
    if to is not None and not people.writers().filter(pk=to.pk).exists():
        raise UnsuitableAssignee(
            _("%(name)s cannot be given a story; choose an active member of staff who writes.")
            % {"name": to}
        )


def _require_future(due_at: datetime | None) -> None:
    if due_at is None:
        return
    if due_at <= timezone.now():
        raise UnsuitableDueTime(_("The due time must lie in the future."))
    require_in_calendar(due_at)
