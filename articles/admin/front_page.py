"""The page on which the front page is arranged: places, candidates, changes, breaking news."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.admin import front_page_breaking
from articles.admin import front_page_changes as changes
from articles.admin import front_page_form as form
from articles.admin.base import row_id
from articles.admin.image_scripts import modules
from articles.desk import breaking
from articles.desk import front_page as desk
from articles.models import BreakingChange, FrontPageChange, Outlet
from articles.workflow import TransitionRefused

_ADDRESS = "desk_front_page"


def _for_arrangers(view):
    """Let nobody in but those who may arrange the front page; nothing of it is kept."""

    def checked(request, *args, **kwargs):
        if not desk.may_arrange(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(never_cache(checked))


def front_page_view(request):
    """The front page as it is arranged; a POST puts another arrangement online."""
    if request.method != "POST":
        return _stored(request)
    areas = form.areas(form.channels_of(desk.arrangement()))
    rows = form.said_rows(request.POST, choices_of(areas))
    based_on = row_id(request.POST.get("based_on", ""))
    if not all(row.is_valid() for row in rows.values()):
        messages.error(request, _("Nothing is online yet: something in the form is not right."))
        return _page(request, areas, rows, based_on=based_on, status=422)
    try:
        made = desk.arrange(form.places_of(rows), based_on=based_on, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        if isinstance(refusal, desk.ArrangedMeanwhile):  # sent again, it knows what it replaces
            based_on = _latest()
        return _page(request, areas, rows, based_on=based_on, status=409)
    messages.success(request, _("The front page is online.") if made else _("Nothing changed."))
    return HttpResponseRedirect(reverse(_ADDRESS))


def choices_of(areas):
    """The places as a select offers them."""
    return [pair for area in areas for pair in zip(area.keys, area.labels, strict=True)]


def _latest():
    latest = desk.latest_change()
    return latest.pk if latest else None


def _stored(request, *, said=None, status=200):
    """The page as everybody sees it; `said`: the form of breaking news as it was refused."""
    based_on = _latest()  # before what it stands for: an arrangement made meanwhile is refused
    places = desk.arrangement()
    areas = form.areas(form.channels_of(places))
    rows = form.stored_rows(places, choices_of(areas))
    return _page(request, areas, rows, based_on=based_on, said=said, status=status)


def _page(request, areas, rows, *, based_on, said=None, status=200):
    """The page; `based_on`: the id of the change that whoever looks at it is taken to know."""
    cards = form.cards_of(rows)
    known_line = front_page_breaking.latest()
    line = breaking.Line.of(Outlet.objects.current())
    question = request.GET.get("q", "")
    places = dict(choices_of(areas))
    others = [card for card in cards if card.place not in places]
    found = form.candidates(rows, question)
    context = {
        **admin.site.each_context(request),
        "title": _("Front page"),
        "areas": [(area, _boxes(area, cards)) for area in areas],
        "candidates": [*others, *form.candidate_cards(found, places.items())],
        "question": question,
        "based_on": "" if based_on is None else based_on,
        "changes": changes.recent(),
        "breaking": said or front_page_breaking.stored_form(line, based_on=known_line),
        "line": line,
        "is_unsaved": status != 200 and said is None,
        "words": _words(),
        "form_media": form.RowForm(choices=()).media,
        "media": modules(request, "front_page"),
    }
    return TemplateResponse(request, "admin/desk/front_page.html", context, status=status)


def _boxes(area, cards):
    return [
        form.Box(key, label, [c for c in cards if c.place == key], key in area.pictured)
        for key, label in zip(area.keys, area.labels, strict=True)
    ]


def _words():
    return {
        "fills": _("Fills itself: {title}"),
        "empty": _("Empty"),
        "moved": _("“{title}” now stands here: {place}."),
        "released": _("“{title}” left the page."),
        "gaveWay": _("“{title}” gave way and left the page."),
        "undone": _("One step back."),
        "preview": _("Preview"),
        "away": _("The desk does not answer; the preview is not renewed."),
        "found": _("{n} stories found."),
        "unsaved": _("Changed, not online yet"),
    }


@require_safe
def stories_view(request):
    """The candidates that answer to `q`, as rows to be put into the form."""
    places = desk.arrangement()
    choices = choices_of(form.areas(form.channels_of(places)))
    found = form.candidates({}, request.GET.get("q", ""))
    context = {"cards": form.candidate_cards(found, choices)}
    return TemplateResponse(request, "admin/desk/_front_page_cards.html", context)


@require_POST
def undo_view(request, pk):
    """Take a change back, if it is the one that stands."""
    change = get_object_or_404(FrontPageChange, pk=pk)
    return _undone(request, desk.undo, change)


@require_POST
def breaking_view(request):
    """Put up the line of breaking news, or take it down; what is refused stays in the form."""
    said = front_page_breaking.said_form(request.POST)
    is_removal = "remove" in request.POST
    if not is_removal and not said.is_valid():
        return _breaking_refused(request, said)
    try:
        line = breaking.Line() if is_removal else said.line
        breaking.announce(line, based_on=said.known, by=request.user)
    except breaking.BadBreakingNews as refusal:
        said.wrong(refusal)
        return _breaking_refused(request, said)
    except desk.ArrangedMeanwhile as sentence:
        said.overtaken(sentence)
        return _stored(request, said=said, status=409)
    done = _("The breaking news is online.")
    messages.success(request, _("The breaking news is taken down.") if is_removal else done)
    return HttpResponseRedirect(reverse(_ADDRESS))


def _breaking_refused(request, said):
    messages.error(request, _("The breaking news is not online: something in it is not right."))
    said.begin_at_the_first_error()
    return _stored(request, said=said, status=422)


@require_POST
def undo_breaking_view(request, pk):
    """Bring back the line that was there before, if the change is the latest."""
    change = get_object_or_404(BreakingChange, pk=pk)
    return _undone(request, breaking.undo, change)


def _undone(request, undo, change):
    try:
        undo(change, based_on=row_id(request.POST.get("based_on", "")), by=request.user)
    except TransitionRefused as sentence:
        messages.error(request, str(sentence))
    else:
        messages.success(request, _("The change is undone."))
    return HttpResponseRedirect(reverse(_ADDRESS))


urlpatterns = [
    path("front-page/", _for_arrangers(front_page_view), name=_ADDRESS),
    path("front-page/stories/", _for_arrangers(stories_view), name="desk_front_page_stories"),
    path("front-page/undo/<int:pk>/", _for_arrangers(undo_view), name="desk_front_page_undo"),
    path("front-page/breaking/", _for_arrangers(breaking_view), name="desk_front_page_breaking"),
    path(
        "front-page/breaking/undo/<int:pk>/",
        _for_arrangers(undo_breaking_view),
        name="desk_front_page_breaking_undo",
    ),
]
