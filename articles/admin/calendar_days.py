"""What stands in each day of the calendar, and what somebody wants to see there."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import row_id
from articles.desk import people
from articles.desk.outlet_time import wall_time
from articles.desk.planner import Entry, Kind
from articles.models import Category

_MOST_IN_A_MONTHS_DAY = 4
_LABELS = {
    Kind.PUBLISHED: gettext_lazy("is published"),
    Kind.SCHEDULED: gettext_lazy("goes live"),
    Kind.WITHDRAWAL: gettext_lazy("is withdrawn"),
    Kind.DUE: gettext_lazy("is due"),
}


@dataclass(frozen=True)
class Shown:
    """An entry as the page shows it."""

    entry: Entry
    can_move: bool

    @property
    def title(self):
        story = self.entry.story
        is_as_readers_see_it = self.entry.kind is Kind.PUBLISHED
        title = story.title if is_as_readers_see_it else story.working_title or story.title
        return title or _("Untitled story")

    @property
    def label(self):
        is_change = self.entry.kind is Kind.SCHEDULED and self.entry.story.first_published_at
        return _("is changed") if is_change else _LABELS[self.entry.kind]

    @property
    def wall(self):
        return wall_time(self.entry.at)

    @property
    def is_late(self):
        return self.entry.kind is not Kind.PUBLISHED and self.entry.at < timezone.now()


@dataclass(frozen=True)
class Day:
    """A cell of the calendar: what is seen at once, and what a click shows."""

    date: date
    is_own: bool
    is_today: bool
    first: list[Shown]
    more: list[Shown]


def days_of(period, entries, *, user, is_month):
    """The weeks of `period` as lists of days; quiet past publications give way to what comes."""
    by_day = {}
    for entry in entries:
        shown = Shown(entry, entry.may_be_moved_by(user))
        by_day.setdefault(shown.wall.date(), []).append(shown)
    most = _MOST_IN_A_MONTHS_DAY if is_month else None
    return [[_day(day, period, by_day.get(day, []), most) for day in week] for week in period.weeks]


def _day(day, period, shown, most):
    ranked = sorted(shown, key=lambda one: one.entry.kind is Kind.PUBLISHED)
    seen = ranked if most is None or len(ranked) <= most + 1 else ranked[:most]
    first = sorted(seen, key=lambda one: one.entry.at)
    more = sorted(ranked[len(seen) :], key=lambda one: one.entry.at)
    return Day(day, day in period.own, day == timezone.localdate(), first, more)


class Choices:
    """The filters by category, with what lies below it, and by person."""

    def __init__(self, said, *, user):
        self._sees_everybody = user.has_perm("articles.change_article")
        self.category = row_id(said.get("in", ""))
        self.person = row_id(said.get("person", ""))

    @property
    def query(self):
        chosen = {"in": self.category, "person": self.person}
        chosen = {name: value for name, value in chosen.items() if value is not None}
        return f"?{urlencode(chosen)}" if chosen else ""

    @cached_property
    def categories(self):
        return list(Category.objects.with_tree_fields())

    @cached_property
    def people(self):
        """Those to choose from; whoever sees only their own stories has no choice."""
        writers = people.writers().order_by("name", "username")
        return list(writers) if self._sees_everybody else []

    def narrowed(self, stories):
        if self.category is not None:
            stories = stories.in_categories(self._below())
        if self.person is not None:
            stories = stories.concerning(self.person)
        return stories

    def _below(self):
        """The chosen category and those in it; `tree_path` begins at the root."""
        return [one.pk for one in self.categories if self.category in one.tree_path]
