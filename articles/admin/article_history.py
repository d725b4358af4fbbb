"""The history of a story: its revisions beside the audit trail, and any two of them compared."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminTextInputWidget

from articles.admin.base import row_id
from articles.admin.event_details import described
from articles.admin.story_comparing import compare
from articles.admin.story_facts import labels_of
from articles.admin.story_pages import StoryPages, address
from articles.admin.story_reading import read
from articles.desk import history, relations
from articles.models import Revision, RevisionName
from articles.workflow import SETTLED

_REVISIONS, _EVENTS = 50, 30  # on a page


class NameForm(forms.Form):
    """What a revision is called; nothing takes the name away."""

    name = forms.CharField(
        required=False,
        max_length=RevisionName._meta.get_field("name").max_length,
        widget=UnfoldAdminTextInputWidget,
    )


@dataclass(frozen=True)
class Entry:
    """A revision of the history: its name, what it is now, and the number of the one before it."""

    revision: Revision
    name: str
    marks: list
    before: int | None


def entry(revision, article):
    """How a revision `for_history` stands in the history of its story."""
    return Entry(
        revision,
        name=revision.naming.name if hasattr(revision, "naming") else "",
        marks=list(_marks(revision, article)),
        before=revision.based_on.number if revision.based_on else revision.number - 1 or None,
    )


def _marks(revision, article):
    if revision.pk == article.live_revision_id:
        yield "live", _("Live") if article.withdrawn_at is None else _("Withdrawn")
    if revision.pk == article.approved_revision_id:
        yield "approved", _("Approved")
    if revision.pk == article.working_revision_id:
        yield "working", _("Working copy")
    if revision.set_aside:
        yield "aside", _("Set aside")


class HistoryPages(StoryPages):
    """For an admin of stories: the pages below `…/history/`."""

    def get_urls(self):
        views = (
            ("compare/", "compare_any", self.compare_any_view),
            ("compare/<int:old>/<int:new>/", "compare", self.compare_view),
            ("<int:number>/", "revision", self.revision_view),
            ("<int:number>/restore/", "restore", require_POST(self.restore_view)),
            ("<int:number>/name/", "name", require_POST(self.name_view)),
        )
        pages = [
            path(
                f"<int:pk>/history/{tail}",
                self.story_page(view),
                name=f"articles_article_{name}",
            )
            for tail, name, view in views
        ]
        return [*pages, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """All revisions, newest first, a page at a time, without what they hold."""
        return self.story_page(self.revisions_view)(request, row_id(object_id))

    def revisions_view(self, request, article):
        revisions = Paginator(article.revisions.for_history(), _REVISIONS)
        events = Paginator(article.events.for_trail(), _EVENTS)
        page = revisions.get_page(request.GET.get("page"))
        shown = events.get_page(request.GET.get("events"))
        context = {
            "title": _("History"),
            "page": page,
            "entries": [entry(revision, article) for revision in page],
            "events": shown,
            "trail": [(event, described(event)) for event in shown],
            "may_see_trail": request.user.has_perm("articles.view_event"),
        }
        return self.show_page(request, article, "history", context)

    def compare_any_view(self, request, article):
        """The two revisions somebody chose in the list."""
        said = request.GET
        chosen = [row_id(said.get(f"{n}_number") or said.get(n, "")) for n in ("old", "new")]
        if None in chosen:
            messages.error(request, _("Choose two revisions to compare."))
            return HttpResponseRedirect(address("history", article))
        return HttpResponseRedirect(address("compare", article, *sorted(chosen)))

    def compare_view(self, request, article, old, new):
        if old > new:
            return HttpResponseRedirect(address("compare", article, new, old))
        one, other = _revision(article, old), _revision(article, new)
        before = entry(one, article).before
        following = article.revisions.after(new).values_list("number", flat=True).first()
        context = {
            "title": _("Revisions %(old)s and %(new)s") % {"old": old, "new": new},
            "sides": [entry(one, article), entry(other, article)],
            "change": compare(one.snapshot, other.snapshot),
            "voids_approval": article.stage in SETTLED,
            "previous": before and address("compare", article, before, old),
            "next": following and address("compare", article, new, following),
        }
        return self.show_page(request, article, "compare", context)

    def revision_view(self, request, article, number):
        shown = entry(_revision(article, number), article)
        context = {
            "title": _("Revision %(number)s") % {"number": number},
            "entry": shown,
            "story": read(shown.revision.snapshot),
            "voids_approval": article.stage in SETTLED,
            "form": NameForm(initial={"name": shown.name}, auto_id="revision_%s"),
        }
        return self.show_page(request, article, "revision", context)

    def restore_view(self, request, article, number):
        revision = _revision(article, number)
        before, was_settled = article.working_revision_id, article.stage in SETTLED
        _kept, lost = relations.without_lost(revision.snapshot)
        restored = history.restore(revision, by=request.user, seen=_seen(request, article))
        numbers = {"number": number, "new": restored.working_revision.number}
        if restored.working_revision_id == before:
            messages.info(
                request,
                _("The working copy says the same as revision %(number)s already.") % numbers,
            )
        else:
            messages.success(
                request,
                _("What revision %(number)s says is the working copy again, as revision %(new)s.")
                % numbers,
            )
        if was_settled and restored.stage not in SETTLED:
            messages.warning(request, _("The approval is void with it; approve the story again."))
        if lost:
            said = _("Not there any more, and not restored: %(fields)s.")
            messages.warning(request, said % {"fields": "、".join(labels_of(lost))})
        return HttpResponseRedirect(address("change", article))

    def name_view(self, request, article, number):
        form = NameForm(request.POST)
        if form.is_valid():
            name = form.cleaned_data["name"]
            history.name_revision(_revision(article, number), name=name, by=request.user)
            messages.success(request, _("The name is kept.") if name else _("The name is gone."))
        else:
            messages.error(request, " ".join(form.errors["name"]))
        return HttpResponseRedirect(address("revision", article, number))


def _seen(request, article):
    """The working copy that was on the page; if it says none of this story, one nobody wrote."""
    found = article.revisions.filter(pk=row_id(request.POST.get("seen", ""))).first()
    return found or Revision()


def _revision(article, number):
    """The revision with its content; 404 if there is none of that number."""
    found = article.revisions.for_history(with_content=True).filter(number=number).first()
    if found is None:
        raise Http404
    return found
