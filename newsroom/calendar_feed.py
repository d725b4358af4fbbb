"""Somebody's own calendar of the desk for any calendar program (RFC 5545), by a secret address."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.desk import calendar_links, planner
from articles.desk.planner import Kind
from articles.models import Article, Event, Outlet
from articles.workflow import Verb

_BACK, _AHEAD = timedelta(days=30), timedelta(days=3653)
_AGAIN = timedelta(minutes=15)
# What moves an entry; each raises its SEQUENCE (RFC 5545, 3.8.7.4).
_MOVES = (
    Verb.SCHEDULE,
    Verb.UNSCHEDULE,
    Verb.PLAN_WITHDRAWAL,
    Verb.DROP_WITHDRAWAL,
    Verb.ASSIGN,
)
_SUMMARIES = {
    Kind.SCHEDULED: gettext_lazy("Goes live: %(title)s"),
    Kind.WITHDRAWAL: gettext_lazy("Is withdrawn: %(title)s"),
    Kind.DUE: gettext_lazy("Is due: %(title)s"),
}


@never_cache
@require_safe
def calendar_feed(request, secret):
    """What is to come, and what was due lately; 404 for any secret that is nobody's."""
    person = calendar_links.owner_of(secret)
    if person is None:
        raise Http404
    content = _calendar(person).to_ical()
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _calendar(person):
    calendar = icalendar.Calendar()
    name = f"{Outlet.objects.values_list('name', flat=True).get()} · {person}"
    calendar.add("PRODID", "-//Newsroom//Desk//ZH")
    calendar.add("VERSION", "2.0")
    calendar.add("NAME", name)  # RFC 7986, 5.1
    calendar.add("X-WR-CALNAME", name)  # what most programs read instead
    calendar.add("REFRESH-INTERVAL", _AGAIN, parameters={"VALUE": "DURATION"})
    for entry in _entries(person):
        calendar.add_component(_event(entry))
    return calendar


def _entries(person):
    moves = Event.objects.filter(article=OuterRef("pk"), verb__in=_MOVES).order_by()
    count = moves.values("article").annotate(n=Count("pk")).values("n")
    stories = Article.objects.at_the_desk_of(person).defer("body", "rendered_body")
    stories = stories.with_working_title().select_related("category", "assignee")
    stories = stories.annotate(moves=Coalesce(Subquery(count), 0))
    now = timezone.now()
    found = planner.entries(stories, now - _BACK, now + _AHEAD)
    return [entry for entry in found if entry.kind is not Kind.PUBLISHED]


def _event(entry):
    story, title = entry.story, entry.story.working_title or _("Untitled story")
    address = settings.SITE_URL + reverse("admin:articles_article_change", args=[story.pk])
    event = icalendar.Event()
    event.add("UID", f"story-{story.pk}-{entry.kind}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("DTSTAMP", story.edited_at)
    event.add("LAST-MODIFIED", story.edited_at)
    event.add("SEQUENCE", story.moves)
    event.add("DTSTART", entry.at.astimezone(UTC))
    event.add("SUMMARY", _SUMMARIES[entry.kind] % {"title": title})
    event.add("DESCRIPTION", "\n".join([*_facts(story), address]))
    event.add("URL", address)
    event.add("TRANSP", "TRANSPARENT")
    return event


def _facts(story):
    yield story.get_stage_display()
    if story.category:
        yield str(story.category)
    if story.assignee:
        yield str(story.assignee)
