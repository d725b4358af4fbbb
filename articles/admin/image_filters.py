"""Filters of the library, each a question an editor asks of its pictures."""

import re
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from articles.images.models import DEAD
from articles.models import PictureUse, User
from articles.models.picture_use import is_used

SOON = timedelta(days=30)  # a licence that ends so soon is worth a thought now


def ends_soon(today=None):
    """The condition that a licence holds today and ends within `SOON`."""
    today = today or timezone.localdate()
    return Q(licence_expires_on__gte=today, licence_expires_on__lte=today + SOON)


class HomeFilter(DropdownFilter):
    title = _("file")
    parameter_name = "home"

    def lookups(self, request, model_admin):
        return [
            ("yes", _("In our library")),
            ("no", _("Still on another site")),
            ("dead", _("Not to be had")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "yes":
                return queryset.at_home()
            case "no":
                return queryset.outside()
            case "dead":
                return queryset.outside().filter(fetch_problem__in=DEAD)
        return queryset


class LackFilter(DropdownFilter):
    title = _("lacks")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [("alt", _("No alternative text")), ("credit", _("No credit"))]

    def queryset(self, request, queryset):
        match self.value():
            case "alt":
                return queryset.without_alt()
            case "credit":
                return queryset.filter(credit="")
        return queryset


class UseFilter(DropdownFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [
            ("live", _("In live stories")),
            ("yes", _("In use")),
            ("no", _("Not used anywhere")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "live":
                live = PictureUse.objects.filter(image=OuterRef("pk"), text=PictureUse.Text.LIVE)
                return queryset.filter(Exists(live))
            case "yes":
                return queryset.filter(is_used())
            case "no":
                return queryset.filter(~is_used())
        return queryset


class RightsFilter(DropdownFilter):
    title = _("end of the licence")
    parameter_name = "rights"

    def lookups(self, request, model_admin):
        return [
            ("expired", _("Licence ended")),
            ("soon", _("Ends within 30 days")),
            ("attention", _("Ended, or ends within 30 days")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "expired":
                return queryset.with_expired_licence()
            case "soon":
                return queryset.filter(ends_soon())
            case "attention":
                return queryset.with_expired_licence() | queryset.filter(ends_soon())
        return queryset


class UploaderFilter(DropdownFilter):
    title = _("uploaded by")
    parameter_name = "by"

    def lookups(self, request, model_admin):
        who = model_admin.model.objects.order_by().values("uploaded_by")
        return [(str(user.pk), str(user)) for user in User.objects.filter(pk__in=who)]

    def queryset(self, request, queryset):
        chosen = self.value() or ""
        is_id = chosen.isascii() and chosen.isdecimal() and len(chosen) < 19
        return queryset.filter(uploaded_by=int(chosen)) if is_id else queryset


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
