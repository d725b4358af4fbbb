"""Filters of the list of stories."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from articles.admin.base import row_id
from articles.desk.timetable import LATE
from articles.models import Article, Category, User
from articles.models.listing import PUBLISHED
from articles.workflow import Visibility


class DeskFilter(DropdownFilter):
    """The questions of the desk's first page, with all that belongs to each."""

    title = _("at the desk")
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _narrowed) in _AT_THE_DESK.items()]

    def queryset(self, request, queryset):
        _label, narrowed = _AT_THE_DESK.get(self.value(), (None, None))
        if narrowed is None:
            return queryset
        return narrowed(queryset, request.user)


_AT_THE_DESK = {
    "waiting": (_("Waiting for me"), lambda found, user: found.waiting_for(user)),
    "mine": (_("My drafts"), lambda found, user: found.drafts_of(user)),
    "agenda": (_("Scheduled"), lambda found, _user: found.on_the_agenda()),
    "unkept": (
        _("Schedule failed or overdue"),
        lambda found, _user: found.unkept(timezone.now() - LATE),
    ),
    "changed": (_("Live, being changed"), lambda found, _user: found.being_changed()),
    "conflicts": (_("Two texts to choose from"), lambda found, _user: found.in_conflict()),
}


class VisibilityFilter(DropdownFilter):
    title = _("readers see")
    parameter_name = "visibility"

    def lookups(self, request, model_admin):
        return Visibility.choices

    def queryset(self, request, queryset):
        match self.value():
            case Visibility.NEVER_PUBLISHED:
                return queryset.filter(first_published_at=None)
            case Visibility.LIVE:
                return queryset.filter(PUBLISHED)
            case Visibility.WITHDRAWN:
                return queryset.withdrawn()
        return queryset


class CategoryFilter(DropdownFilter):
    """A category with everything below it."""

    title = _("category")
    parameter_name = "in"

    def lookups(self, request, model_admin):
        tree = Category.objects.with_tree_fields()
        return [(str(c.pk), "　" * c.tree_depth + c.name) for c in tree]

    def queryset(self, request, queryset):
        chosen = row_id(self.value() or "")
        if chosen is None:
            return queryset
        category = Category.objects.filter(pk=chosen).first()
        return queryset.in_category(category) if category else queryset.none()


class AssigneeFilter(DropdownFilter):
    """Those who have something to do; oneself first."""

    title = _("assigned to")
    parameter_name = "assigned"
    _ME, _NOBODY = "me", "nobody"

    def lookups(self, request, model_admin):
        having = User.objects.filter(Exists(Article.objects.filter(assignee=OuterRef("pk"))))
        others = having.exclude(pk=request.user.pk).order_by("name", "username")
        return [
            (self._ME, _("Me")),
            (self._NOBODY, _("Nobody")),
            *((str(person.pk), str(person)) for person in others),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case None | "":
                return queryset
            case self._ME:
                return queryset.filter(assignee=request.user)
            case self._NOBODY:
                return queryset.filter(assignee=None)
            case said:
                return queryset.filter(assignee=row_id(said) or 0)


class DueFilter(DropdownFilter):
    """What has to be ready, and is not."""

    title = _("due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue")), ("today", _("Until tonight")), ("week", _("In 7 days"))]

    def queryset(self, request, queryset):
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        match self.value():
            case "overdue":
                return queryset.overdue()
            case "today":
                return queryset.due_before(midnight + timedelta(days=1))
            case "week":
                return queryset.due_before(timezone.now() + timedelta(days=7))
        return queryset
