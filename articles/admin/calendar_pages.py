"""The desk's calendar: a month or a week, entries that can be moved, and one's own link to it."""

from datetime import datetime

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.admin import calendar_dates
from articles.admin.calendar_days import Choices, days_of
from articles.admin.image_scripts import modules
from articles.admin.outlet_time_field import OutletTimeField
from articles.desk import calendar_links, planner
from articles.desk.outlet_time import moment_at, near, wall_time, zone_name
from articles.models import Article
from articles.workflow import TransitionRefused

_PERMISSION = "articles.view_article"


def _at_the_desk(request):
    """The stories of whoever looks; nobody else's, and none for somebody without the right."""
    if not request.user.has_perm(_PERMISSION):
        raise PermissionDenied
    return Article.objects.at_the_desk_of(request.user)


@require_safe
def today_view(request):
    today = timezone.localdate()
    return month_view(request, today.year, today.month)


@require_safe
def month_view(request, year, number):
    return _page(request, calendar_dates.month, year, number, is_month=True)


@require_safe
def week_view(request, year, number):
    return _page(request, calendar_dates.week, year, number, is_month=False)


def _page(request, period_of, year, number, *, is_month):
    try:
        period = period_of(year, number)
    except (ValueError, OverflowError):
        raise Http404 from None
    stories = _at_the_desk(request).defer("body", "rendered_body").with_working_title()
    choices = Choices(request.GET, user=request.user)
    shown = choices.narrowed(stories.select_related("category", "assignee"))
    entries = planner.entries(shown, period.start, period.end)
    middle = period.middle
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "period": period,
        "is_month": is_month,
        "weeks": days_of(period, entries, user=request.user, is_month=is_month),
        "weekdays": period.days[:7],
        "choices": choices,
        "zone": zone_name(),
        "addresses": _addresses(period, middle, choices.query),
        "words": _words(),
        "has_link": request.user.calendar_key_hash is not None,
        "media": modules(request, "calendar"),
    }
    return TemplateResponse(request, "admin/desk/calendar.html", context)


def _addresses(period, middle, query):
    """Where one goes from here, with the same filters."""
    year, number, _day = middle.isocalendar()
    addresses = {
        "before": reverse(period.name, args=period.before),
        "after": reverse(period.name, args=period.after),
        "today": reverse("desk_calendar"),
        "month": reverse("desk_calendar_month", args=[middle.year, middle.month]),
        "week": reverse("desk_calendar_week", args=[year, number]),
    }
    if period.name == "desk_calendar_week":
        addresses["today"] = reverse(period.name, args=timezone.localdate().isocalendar()[:2])
    return {name: f"{address}{query}" for name, address in addresses.items()}


def _words():
    return {
        "moving": _("Moving …"),
        "moved": _("Moved to %(time)s."),
        "away": _("The desk does not answer; nothing was moved."),
    }


@require_POST
def move_view(request, pk, kind):
    """Give an entry another day (it keeps its hour) or another time; the desk's verb decides."""
    article = get_object_or_404(_at_the_desk(request), pk=pk)
    if kind not in planner.MOVED_BY:
        raise Http404
    try:
        seen = OutletTimeField(required=False).clean(request.POST.get("seen", ""))
        to = _asked_for(request.POST, seen or planner.planned_at(article, kind))
        planner.move(article, kind, to=to, by=request.user, seen=seen)
    except (TransitionRefused, ValidationError) as error:
        sentence = " ".join(error.messages) if hasattr(error, "messages") else str(error)
        return _answer(request, sentence, is_done=False)
    return _answer(request, _moved(planner.planned_at(article, kind)), is_done=True, at=to)


def _asked_for(said, before):
    """The time somebody wants instead of `before`; of a mere day, the same hour."""
    if "day" in said:
        return moment_at(datetime.combine(_day(said["day"]), wall_time(before).time()))
    return OutletTimeField().clean(said.get("at", ""))


def _day(written):
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        raise ValidationError(_("This is no day."))
    return day


def _moved(moment):
    return _("Moved to %(time)s.") % {"time": f"{near(moment)} {zone_name(moment)}"}


def _answer(request, sentence, *, is_done, at=None):
    """For a script what it has to know, for a form the way back with the sentence."""
    if request.headers.get("Accept") == "application/json":
        known = {"sentence": sentence}
        if at is not None:
            wall = wall_time(at)
            known |= {"at": f"{wall:%Y-%m-%dT%H:%M}", "clock": f"{wall:%H:%M}"}
            known["moment"] = at.isoformat()
        return JsonResponse(known, status=200 if is_done else 409)
    (messages.success if is_done else messages.error)(request, sentence)
    return HttpResponseRedirect(_way_back(request))


def _way_back(request):
    said = request.POST.get("next", "")
    hosts, is_secure = {request.get_host()}, request.is_secure()
    if url_has_allowed_host_and_scheme(said, allowed_hosts=hosts, require_https=is_secure):
        return said
    return reverse("desk_calendar")


@never_cache
@require_POST
def link_view(request):
    """Make, renew or revoke one's own link; a new one is shown here and nowhere else."""
    _at_the_desk(request)
    if "revoke" in request.POST:
        calendar_links.revoke(by=request.user)
        messages.success(request, _("The link leads nowhere now."))
        return HttpResponseRedirect(reverse("desk_calendar"))
    secret = calendar_links.renew(by=request.user)
    address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    context = {
        **admin.site.each_context(request),
        "title": _("Your calendar link"),
        "address": address,
    }
    return TemplateResponse(request, "admin/desk/calendar_link.html", context)


_view = admin.site.admin_view
urlpatterns = [
    path("calendar/", _view(today_view), name="desk_calendar"),
    path("calendar/<int:year>/<int:number>/", _view(month_view), name="desk_calendar_month"),
    path("calendar/week/<int:year>/<int:number>/", _view(week_view), name="desk_calendar_week"),
    path("calendar/move/<int:pk>/<slug:kind>/", _view(move_view), name="desk_calendar_move"),
    path("calendar/link/", _view(link_view), name="desk_calendar_link"),
]
