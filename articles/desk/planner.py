"""The planner: what happened and what is to come, day by day, and how a day is changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from articles.desk import assigning, rights, scheduling
from articles.desk.outlet_time import near
from articles.desk.recording import lock
from articles.models import Article, User
from articles.models.listing import ArticleQuerySet
from articles.workflow import AWAITED, Stage, TransitionRefused, Verb


class Kind(StrEnum):
    """What stands in a calendar."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    WITHDRAWAL = "withdrawal"
    DUE = "due"


#: what is moved by which verb; what was published stays where it is
MOVED_BY = {
    Kind.SCHEDULED: Verb.SCHEDULE,
    Kind.WITHDRAWAL: Verb.PLAN_WITHDRAWAL,
    Kind.DUE: Verb.ASSIGN,
}


class NothingToMove(TransitionRefused):
    """Somebody took the time away meanwhile, or it has come."""


class MovedMeanwhile(TransitionRefused):
    """Somebody gave it another time than the one that was on the screen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One story at one moment (aware)."""

    kind: Kind
    at: datetime
    story: Article

    def may_be_moved_by(self, user: User) -> bool:
        """Whether `user` has the right to give it another time."""
        return self.kind in MOVED_BY and rights.may(user, MOVED_BY[self.kind], self.story)


def entries(stories: ArticleQuerySet, start: datetime, end: datetime) -> list[Entry]:
    """Everything that happens to `stories` from `start` until just before `end`, in order.

    One query. `stories`: what somebody may see, narrowed as they like.
    """
    found = stories.happening_between(start, end)
    all_of_them = (entry for story in found for entry in _of(story))
    return sorted(
        (entry for entry in all_of_them if start <= entry.at < end),
        key=lambda entry: (entry.at, entry.story.pk),
    )


def _of(story: Article) -> Iterator[Entry]:
    if story.first_published_at and not story.withdrawn_at:
        yield Entry(Kind.PUBLISHED, story.published_at, story)
    for kind, moment_of in _PLANNED.items():
        moment = moment_of(story)
        if moment is not None:
            yield Entry(kind, moment, story)


_PLANNED: dict[Kind, Callable[[Article], datetime | None]] = {
    Kind.SCHEDULED: lambda story: story.scheduled_at if story.stage == Stage.SCHEDULED else None,
    Kind.WITHDRAWAL: lambda story: story.withdraw_at,
    Kind.DUE: lambda story: story.due_at if story.stage in AWAITED else None,
}


def planned_at(article: Article, kind: Kind) -> datetime:
    """When it is planned now; raises `NothingToMove` if it is not."""
    moment = _PLANNED[kind](article) if kind in MOVED_BY else None
    if moment is None:
        raise NothingToMove(_("This stands in the calendar no longer; somebody changed it."))
    return moment


@transaction.atomic
def move(
    article: Article, kind: Kind, *, to: datetime, by: User, seen: datetime | None = None
) -> Article:
    """Give what is planned another time (aware), by the desk's own verb, with all it refuses.

    Everything else stays as it stands now, whatever `article` said when it was read. `seen`: the
    time that was on the screen (aware), if one was. Raises `NotAllowed`, `TransitionRefused`,
    `NothingToMove`, `MovedMeanwhile`.
    """
    lock(article)
    planned = planned_at(article, kind)
    if seen not in {None, planned}:
        raise MovedMeanwhile(
            _("Somebody moved this meanwhile, to %(time)s; look at the calendar once more.")
            % {"time": near(planned)}
        )
    match kind:
        case Kind.SCHEDULED:
            minor = article.schedule_is_minor
            return scheduling.schedule(article, at=to, by=by, minor=minor)
        case Kind.WITHDRAWAL:
            reason = article.withdraw_at_reason
            return scheduling.plan_withdrawal(article, at=to, reason=reason, by=by)
    return assigning.assign(article, to=article.assignee, due_at=to, by=by)
