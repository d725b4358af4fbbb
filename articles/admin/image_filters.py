"""Filters of the library, each a question an editor asks of its pictures."""

import re

from django.db.models.functions import TruncMonth
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from articles.admin.base import row_id
from articles.images.models import Image, ImageQuerySet
from articles.models import User
from articles.models.picture_use import is_shown_live, is_used


def _ended_or_ending(found):
    return found.with_expired_licence() | found.with_licence_ending_soon()


class QuestionFilter(DropdownFilter):
    """A filter with a fixed table: value, label, and how it narrows the pictures there are."""

    answers = ()

    def lookups(self, request, model_admin):
        return [(value, label) for value, label, _narrowed in self.answers]

    def queryset(self, request, queryset):
        return self.narrowed(queryset, self.value())

    @classmethod
    def narrowed(cls, found, asked):
        chosen = (narrowed for value, _label, narrowed in cls.answers if value == asked)
        return next(chosen, lambda same: same)(found)


class HomeFilter(QuestionFilter):
    title = _("file")
    parameter_name = "home"
    answers = (
        ("yes", _("In our library"), ImageQuerySet.at_home),
        ("no", _("Still on another site"), ImageQuerySet.outside),
        ("dead", _("Not to be had"), ImageQuerySet.dead),
    )


class LackFilter(QuestionFilter):
    title = _("lacks")
    parameter_name = "lacks"
    answers = (
        ("alt", _("No alternative text"), ImageQuerySet.without_alt),
        ("credit", _("No credit"), ImageQuerySet.without_credit),
    )


class UseFilter(QuestionFilter):
    title = _("use")
    parameter_name = "used"
    answers = (
        ("live", _("In live stories"), lambda found: found.filter(is_shown_live())),
        ("yes", _("In use"), lambda found: found.filter(is_used())),
        ("no", _("Not used anywhere"), lambda found: found.filter(~is_used())),
    )


class RightsFilter(QuestionFilter):
    title = _("end of the licence")
    parameter_name = "rights"
    answers = (
        ("expired", _("Licence ended"), ImageQuerySet.with_expired_licence),
        ("soon", _("Ends within 30 days"), ImageQuerySet.with_licence_ending_soon),
        ("attention", _("Ended, or ends within 30 days"), _ended_or_ending),
    )


def answering(asked):
    """The pictures that the list shows at the parameters `asked` of its address."""
    found = Image.objects.in_library()
    for each in (HomeFilter, LackFilter, UseFilter, RightsFilter):
        found = each.narrowed(found, asked.get(each.parameter_name))
    return found


class UploaderFilter(DropdownFilter):
    title = _("uploaded by")
    parameter_name = "by"

    def lookups(self, request, model_admin):
        who = model_admin.model.objects.order_by().values("uploaded_by")
        return [(str(user.pk), str(user)) for user in User.objects.filter(pk__in=who)]

    def queryset(self, request, queryset):
        chosen = row_id(self.value() or "")
        return queryset.filter(uploaded_by=chosen) if chosen else queryset


class MonthFilter(DropdownFilter):
    """Months by the outlet's clock, newest first."""

    title = _("added in")
    parameter_name = "month"

    def lookups(self, request, model_admin):
        month = TruncMonth("created_at")
        months = model_admin.model.objects.order_by().annotate(m=month).values_list("m", flat=True)
        return [
            (f"{when:%Y-%m}", f"{when.year} · {MONTHS[when.month]}")
            for when in sorted(set(months.distinct()), reverse=True)
        ]

    def queryset(self, request, queryset):
        if not re.fullmatch(r"[1-9]\d{3}-[01]\d", self.value() or "", re.ASCII):
            return queryset
        year, month = map(int, self.value().split("-"))
        return queryset.filter(created_at__year=year, created_at__month=month)
