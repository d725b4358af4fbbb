"""The first page of the desk: what waits for whoever looks, what is to come, and what went wrong.

Each list shows its beginning and leads to the whole, and costs one query however long it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.autosave_terms import first_page_terms
from articles.admin.image_scripts import modules
from articles.admin.kept_offers import offers_to
from articles.desk import presence
from articles.desk.outlet_time import end_of_today, near, zone_name
from articles.models import Article, User
from articles.workflow import Stage
from newsroom.alarms import alarms
from newsroom.attention import pictures_that_need_somebody

_LENGTH = 8
_COMING = 50  # of the agenda are looked at: overdue ones stand first
_LIST = "admin:articles_article_changelist"


@dataclass(frozen=True)
class Row:
    """A story in a list; `is_late`: whether its time has passed; `editing`: who types in it now."""

    story: Article
    title: str
    said: str
    is_late: bool = False
    editing: str = ""

    @property
    def address(self) -> str:
        return reverse("admin:articles_article_change", args=[self.story.pk])


@dataclass(frozen=True)
class Card:
    """The beginning of a list, where all of it is, and what is said if it is empty."""

    name: str
    title: str
    empty: str
    rows: list[Row]
    asked: str = ""  # of the list of stories, to find them all; `desk=` and the name if not said

    @property
    def address(self) -> str:
        return f"{reverse(_LIST)}?{self.asked or f'desk={self.name}'}"


def with_overview(request: HttpRequest, context: dict[str, object]) -> dict[str, object]:
    """The context of the admin's first page, and what the desk adds to it."""
    return {**context, **overview(request.user), "desk_modules": modules(request, "unsaved_here")}


def overview(user: User) -> dict[str, object]:
    """Everything the first page shows `user`."""
    stories = Article.objects.at_the_desk_of(user).defer("body", "rendered_body")
    stories = stories.with_working_title().select_related("assignee")
    coming = list(stories.on_the_agenda()[:_COMING])
    cards = [*_expected(stories, user), _agenda(coming), *_under_way(stories, user)]
    return {
        "desk_now": timezone.now(),
        "desk_zone": zone_name(),
        "desk_alarms": alarms(user, stories=stories, coming=coming),
        "desk_attention": pictures_that_need_somebody(user),
        # First: of a text that arrives meanwhile the browser must not hear that the desk has it.
        "desk_copies": first_page_terms(user),
        "desk_kept": offers_to(user),
        "desk_cards": _with_presence(cards, user),
    }


def _with_presence(cards: list[Card], user: User) -> list[Card]:
    """The same with who is typing in which story; one query for all of them."""
    stories = {row.story.pk for card in cards for row in card.rows}
    now = presence.writing_now(stories, user=user)
    return [
        replace(card, rows=[replace(row, editing=now.get(row.story.pk, "")) for row in card.rows])
        for card in cards
    ]


def _expected(stories: QuerySet[Article], user: User) -> Iterable[Card]:
    yield Card(
        "waiting",
        _("Waiting for me"),
        _("Nobody waits for you."),
        _rows(stories.waiting_for(user), _awaited),
    )
    yield Card(
        "due",
        _("Due today or overdue"),
        _("Nothing is due today."),
        _rows(stories.due_before(end_of_today()), _due),
        asked="due=today",
    )


def _under_way(stories: QuerySet[Article], user: User) -> Iterable[Card]:
    yield Card(
        "mine",
        _("My drafts"),
        _("Nothing is waiting to be written."),
        _rows(stories.drafts_of(user), lambda story: _row(story, near(story.edited_at))),
    )
    yield Card(
        "changed",
        _("Live, being changed"),
        _("Readers see the newest text of every story."),
        _rows(stories.being_changed(), _staged),
    )
    yield Card(
        "live",
        _("Recently published"),
        _("Nothing is published yet."),
        _rows(stories.published().newest_first(), _as_readers_see_it),
        asked="visibility=live",
    )


def _rows(stories: QuerySet[Article], described: Callable[[Article], Row]) -> list[Row]:
    return [described(story) for story in stories[:_LENGTH]]


def _row(story: Article, said: str, *, is_late: bool = False) -> Row:
    """A story under the title it has at the desk."""
    title = story.working_title or story.title or _("Untitled story")
    return Row(story, title, said, is_late)


def _as_readers_see_it(story: Article) -> Row:
    return Row(story, story.title, near(story.published_at))


def _awaited(story: Article) -> Row:
    if story.due_at is None:
        return _staged(story)
    return _by(story.due_at, story, _("%(stage)s · due %(time)s"))


def _due(story: Article) -> Row:
    if story.assignee is None:
        return _by(story.due_at, story, _("%(stage)s · due %(time)s"))
    return _by(story.due_at, story, _("%(who)s · due %(time)s"))


def _staged(story: Article) -> Row:
    return _row(story, f"{story.get_stage_display()} · {near(story.edited_at)}")


def _by(moment: datetime, story: Article, sentence: str) -> Row:
    facts = {"stage": story.get_stage_display(), "who": story.assignee, "time": near(moment)}
    return _row(story, sentence % facts, is_late=moment < timezone.now())


def _agenda(coming: list[Article]) -> Card:
    """What goes live and what is withdrawn, the soonest first."""
    moments = [(story.scheduled_at, story, _goes_live(story)) for story in coming if _waits(story)]
    moments += [(s.withdraw_at, s, _("withdrawn %(time)s")) for s in coming if s.withdraw_at]
    moments.sort(key=lambda one: one[0])
    rows = [_by(*one) for one in moments[:_LENGTH]]
    return Card("agenda", _("Scheduled"), _("Nothing is scheduled."), rows)


def _waits(story: Article) -> bool:
    return story.stage == Stage.SCHEDULED


def _goes_live(story: Article) -> str:
    return _("change %(time)s") if story.first_published_at else _("live %(time)s")
