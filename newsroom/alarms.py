"""What went wrong and waits for somebody, named and with the reason, for the desk's first page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from articles.desk.outlet_time import near
from articles.desk.rights import may
from articles.desk.timetable import LATE
from articles.models import Article, Conflict, User
from articles.workflow import Stage, Verb

_LENGTH = 5
_FAILED_SINCE = timedelta(days=1)
_NOT_LIVE = gettext_lazy("did not go live at its time (%(time)s): %(reason)s")
_NOT_WITHDRAWN = gettext_lazy("was not withdrawn at its time (%(time)s): %(reason)s")
# What the tasks of the queue are called by people.
JOBS = {
    "articles.desk.picture_tasks.make_renditions": gettext_lazy("sizes of pictures"),
    "articles.desk.picture_tasks.fetch_picture": gettext_lazy("fetching pictures"),
    "articles.desk.picture_tasks.throw_away": gettext_lazy("throwing pictures away"),
    "articles.desk.mail_tasks.mail_notification": gettext_lazy("letters"),
    "articles.desk.mail_tasks.mail_digest": gettext_lazy("letters"),
    "articles.desk.chat_tasks.tell_group": gettext_lazy("messages to chat groups"),
    "articles.desk.announcing_tasks.tell": gettext_lazy("news for search engines"),
    "articles.desk.link_tasks.check_links": gettext_lazy("links in stories"),
    "articles.desk.link_tasks.check_link": gettext_lazy("links in stories"),
}


@dataclass(frozen=True)
class Alarm:
    """One thing that went wrong: what, a sentence, and where it is mended (if anywhere)."""

    title: str
    said: str
    address: str = ""


def alarms(user: User, *, stories: QuerySet[Article], coming: list[Article]) -> list[Alarm]:
    """Schedules not kept, texts that collided and jobs that failed, as far as `user` sees them.

    `stories`: what is at the desk of `user`; `coming`: those of them on the agenda, in its order.
    """
    return [*_unkept(coming), *_collided(stories, user), *(_jobs() if _keeps_watch(user) else ())]


def _keeps_watch(user: User) -> bool:
    return user.has_perm("articles.change_article")


def _unkept(coming: list[Article]) -> Iterator[Alarm]:
    for story in coming:
        if story.withdraw_at and story.first_published_at:
            yield from _missed(story, story.withdraw_at, story.withdrawal_failure, _NOT_WITHDRAWN)
        if story.stage == Stage.SCHEDULED:
            yield from _missed(story, story.scheduled_at, story.schedule_failure, _NOT_LIVE)


def _missed(story: Article, at: datetime, failure: str, sentence: str) -> Iterator[Alarm]:
    """What there is to say if its time has passed: why it failed, or that nobody tried."""
    limit = timezone.now() if failure else timezone.now() - LATE
    if at < limit:
        said = sentence if failure else _("is overdue since %(time)s: is the worker running?")
        facts = {"time": near(at), "reason": failure}
        yield Alarm(_title(story), said % facts, _page(story))


def _collided(stories: QuerySet[Article], user: User) -> Iterator[Alarm]:
    """Each leads to the page where one chooses, for those who may; the first conflict first."""
    found = list(stories.in_conflict()[:_LENGTH])
    rows = Conflict.objects.open().filter(article__in=found) if found else Conflict.objects.none()
    first = dict(rows.order_by("-opened_at", "-pk").values_list("article", "pk"))
    for story in found:
        page = _page(story)
        if story.pk in first and may(user, Verb.REVISE, story):
            page = reverse("admin:articles_article_conflict", args=[story.pk, first[story.pk]])
        yield Alarm(_title(story), _("has two texts; one has to be chosen."), page)


def _jobs() -> Iterator[Alarm]:
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=timezone.now() - _FAILED_SINCE)
    counts = Counter()
    for path, number in failed.order_by().values_list("task_path").annotate(Count("pk")):
        counts[str(JOBS.get(path, path))] += number
    if counts:
        kinds = "、".join(f"{name} × {n}" for name, n in sorted(counts.items()))
        yield Alarm(
            _("Background work"),
            _("failed since yesterday: %(kinds)s. The log of the server says why.")
            % {"kinds": kinds},
        )


def _title(story: Article) -> str:
    return story.working_title or story.title or _("Untitled story")


def _page(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])
