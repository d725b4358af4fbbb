"""Previews at the desk: the readers' page with what is being written, saved or only typed yet.

The admin and the reader pages do not know each other; the site knows both, so they meet here.
"""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from articles.admin import front_page_form as front_form
from articles.admin.article_content import lenient_snapshot
from articles.admin.front_page_form import key_of
from articles.desk import autosaving, previewing, rights
from articles.desk import front_page as front_desk
from articles.desk.writing import working_snapshot
from articles.models import Article, Snapshot
from articles.models.front_page import Zone
from articles.reader import front_page
from articles.reader.addresses import absolute
from articles.reader.category_tree import CategoryTree
from articles.reader.story_page import story_page
from articles.workflow import Verb, Visibility

# What readers' pages may load; but the writing screen may show this one beside the text.
FRAMED_CSP = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}


def _at_the_desk(view):
    """Let nobody but staff in, and the writing screen show the answer in a frame."""
    only_staff = admin.site.admin_view(never_cache(require_safe(view)))
    return csp_override(FRAMED_CSP)(xframe_options_sameorigin(only_staff))


@_at_the_desk
def story(request, pk):
    """The working copy, or what the person typed in the window `tab` and has not saved."""
    article = get_object_or_404(Article.objects.select_related("working_revision"), pk=pk)
    if not rights.has_access(request.user, article):
        raise Http404("There is no such story.")
    kept = _typed(request, article=article)
    snapshot = lenient_snapshot(article, kept.content) if kept else working_snapshot(article)
    return _page(request, snapshot, of=article)


@_at_the_desk
def new_story(request, number):
    """A story that was never saved, by the number its form was opened with."""
    if not rights.may(request.user, Verb.CREATE):
        raise Http404("There is no such story.")
    kept = _typed(request, new_story=number)
    return _page(request, lenient_snapshot(None, kept.content) if kept else Snapshot())


def _of_an_arrangement(view):
    """Let in whoever may arrange the front page; what they sent is shown and kept nowhere."""

    def checked(request):
        if not front_desk.may_arrange(request.user):
            raise PermissionDenied
        return view(request)

    only_staff = admin.site.admin_view(never_cache(require_POST(checked)))
    return csp_override(FRAMED_CSP)(xframe_options_sameorigin(only_staff))


@_of_an_arrangement
def front(request):
    """The front page with the arrangement somebody is working at."""
    with translation.override(settings.LANGUAGE_CODE):
        page = front_page.front_page(request, slots=_slots_said(request))
        page.context_data["canonical"] = absolute(reverse("front"))
        page.render()
    return _as_preview(page)


@_of_an_arrangement
def fills(request):
    """Which stories would fill the empty places of that arrangement, by place."""
    tree = CategoryTree()
    page = front_page.composed(tree, _slots_said(request), now=timezone.now())
    parts = [(Zone.LEAD, None, [page.lead] if page.lead else []), (Zone.BESIDE, None, page.beside)]
    parts += [(Zone.STRIP, strip.channel.pk, strip.stories) for strip in page.strips]
    return JsonResponse(
        {
            key_of(zone, channel, number): story.title
            for zone, channel, stories in parts
            for number, story in enumerate(stories)
            if story.slot is None
        }
    )


def _slots_said(request):
    """The arrangement in the form, as far as it makes sense: slots that are saved nowhere."""
    areas = front_form.areas(front_form.channels_of(front_desk.arrangement()))
    choices = [(key, key) for area in areas for key in area.keys]
    places = front_form.places_of(front_form.said_rows(request.POST, choices))
    return front_desk.unsaved_slots(places)


def _typed(request, **where):
    kept = autosaving.kept_of(request.user, **where)
    return kept if kept and kept.tab == request.GET.get("tab") else None


def _page(request, snapshot, *, of=None):
    """The page in the outlet's language, whatever the person's screen speaks."""
    is_live = of is not None and of.visibility is Visibility.LIVE
    with translation.override(settings.LANGUAGE_CODE):
        seen = previewing.as_readers_would_see(snapshot, of=of)
        page = story_page(request, seen, "articles/preview.html", {"is_live": is_live})
        page.render()
    return _as_preview(page)


def _as_preview(page):
    page.headers["Content-Language"] = settings.LANGUAGE_CODE
    page.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return page
