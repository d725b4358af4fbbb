"""A kept text to be looked at beside what is saved, and the way to throw it away."""

import json
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.article_content import lenient_snapshot, of_the_story, wrong_in
from articles.admin.base import row_id
from articles.admin.kept_offers import offer_of
from articles.admin.kept_texts import Restored, restored_of, sent_along, window_of
from articles.admin.story_comparing import compare
from articles.admin.story_reading import read
from articles.desk import autosaving, rights, writing
from articles.models import Article
from articles.workflow import NotAllowed

_PLACES = (("<int:pk>/autosave/", ""), ("autosave/<uuid:new_story>/", "_new"))


class KeptPages:
    """For an admin of stories: the pages below `…/autosave/`."""

    def get_urls(self):
        views = {
            "compare": self.admin_site.admin_view(self.compare_kept_view),
            "discard": self.admin_site.admin_view(require_POST(self.discard_view)),
        }
        pages = [
            path(f"{where}{name}/", view, name=f"articles_article_autosave_{name}{suffix}")
            for name, view in views.items()
            for where, suffix in _PLACES
        ]
        return [*pages, *super().get_urls()]

    def compare_kept_view(self, request, pk=None, new_story=None):
        """What was typed, marked against the working copy; of a new story just what it says.

        Posted, it shows the text that is sent along in `_text`, which only the browser has.
        """
        if request.method == "POST":
            return self._sent_page(request, pk)
        story = get_object_or_404(Article, pk=pk) if pk else None
        kept = autosaving.kept_of(request.user, article=story, new_story=new_story)
        offer = offer_of(kept, to=request.user) if kept else None
        if offer and offer.is_lost:
            return self._lost_page(request, restored_of(kept), offer)
        article = self._story_to_compare(request, pk)
        if kept is None:
            return _nothing_left(request, pk)
        return self.show_page(request, article, "kept", _context(article, restored_of(kept), offer))

    def _sent_page(self, request, pk):
        """The same of a text that only the browser has, whatever became of its story."""
        text = sent_along(request.POST.get("_text", ""))
        if text and pk and not _is_theirs(request, pk):
            return self._lost_page(request, replace(text, story=pk))
        article = self._story_to_compare(request, pk)
        if text is None:
            return _nothing_left(request, pk)
        context = _context(article, text, None) | {"text": request.POST["_text"]}
        return self.show_page(request, article, "kept", context)

    def _story_to_compare(self, request, pk):
        article = pk and get_object_or_404(self.get_queryset(request), pk=pk)
        if not self._may_see_kept(request, article):
            raise PermissionDenied
        return article

    def _lost_page(self, request, text, offer=None):
        """One's own text of a story that is somebody else's by now, and nothing of the story."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        where = {"story": text.story, "tab": text.window.tab, "count": text.window.count}
        said = {"content": text.content, **where}
        context = _context(None, text, offer) | {"text": json.dumps(said), "is_lost": True}
        return self.show_page(request, None, "kept", context)

    def show_sent(self, request, article):
        """The same of what a form sent, which stands nowhere else."""
        content = of_the_story(dict(request.POST.lists()))
        based_on = row_id(request.POST.get("based_on", ""))
        window = window_of(request.POST, "autosave")
        context = _context(article, Restored(content, based_on, window), None)
        return self.show_page(request, article, "kept", context)

    def _may_see_kept(self, request, article):
        if article:
            return self.has_view_permission(request, article)
        return self.has_add_permission(request)

    def discard_view(self, request, pk=None, new_story=None):
        """Throw away what the person has seen, and nothing that was typed since."""
        article = pk and get_object_or_404(Article, pk=pk)
        if window := window_of(request.POST, "autosave"):
            _discard(request, window, article=article or None, new_story=new_story)
        if article and not rights.has_access(request.user, article):
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(_form_address(pk))


def _discard(request, window, **where):
    try:
        autosaving.drop(request.user, **where, tab=window.tab, count=window.count)
    except NotAllowed as sentence:
        messages.error(request, str(sentence))
    else:
        messages.success(request, _("The unsaved text is thrown away."))


def _is_theirs(request, pk):
    story = Article.objects.filter(pk=pk).first()
    return story is not None and rights.has_access(request.user, story)


def _nothing_left(request, pk):
    messages.info(request, _("There is no unsaved text of yours any more."))
    return HttpResponseRedirect(_form_address(pk))


def _context(article, text, offer):
    typed = lenient_snapshot(article, text.content)
    return {
        **(_beside(article, typed) if article else {"story": read(typed)}),
        "title": _("Unsaved text"),
        "offer": offer,
        "wrong": wrong_in(article, text.content),
        "content": [(n, v) for n, values in text.content.items() for v in values],
        "based_on": text.based_on,
        "window": text.window,
        "form_address": _form_address(article and article.pk),
    }


def _beside(article, typed):
    working = article.revisions.filter(pk=article.working_revision_id)
    return {
        "change": compare(writing.working_snapshot(article), typed),
        "working": working.select_related("created_by").defer("content").first(),
    }


def _form_address(pk):
    if pk:
        return reverse("admin:articles_article_change", args=[pk])
    return reverse("admin:articles_article_add")
