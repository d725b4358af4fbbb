"""What the desk kept of somebody's typing: offered when they come back, and put into the form."""

import json
from copy import copy
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.article_autosave import ArticleAutosave, content_in, window_in
from articles.admin.article_content import as_sent, says_the_same
from articles.admin.article_presence import ArticlePresence, clock, saved_sentence
from articles.admin.autosave_terms import terms
from articles.admin.base import row_id
from articles.admin.desk_door import Malformed, id_in
from articles.desk import autosaving, presence
from articles.desk.autosaving import Window
from articles.models import Article, Autosave


@dataclass(frozen=True)
class Offer:
    """A kept text as a page offers it: what it is, and where a click leads."""

    kept: Autosave
    meanwhile: str = ""

    @property
    def title(self):
        return self.kept.title or (self.kept.article and self.kept.article.title)

    @property
    def time(self):
        return clock(self.kept.saved_at)

    @property
    def revision(self):
        """The number of the revision it is based on, or None."""
        return self.kept.based_on and self.kept.based_on.number

    @property
    def form_address(self):
        if self.kept.article_id:
            return reverse("admin:articles_article_change", args=[self.kept.article_id])
        return reverse("admin:articles_article_add")

    @property
    def restore_address(self):
        return f"{self.form_address}?kept={self.kept.new_story or 1}"

    @property
    def discard_address(self):
        return self._address("discard")

    def _address(self, page):
        name = f"admin:articles_article_autosave_{page}"
        if self.kept.article_id:
            return reverse(name, args=[self.kept.article_id])
        return reverse(f"{name}_new", args=[self.kept.new_story])


def offers_to(user):
    """All that `user` typed and has not saved, for the first page; the newest first."""
    return [Offer(kept) for kept in autosaving.unsaved_of(user) if not _is_saved_elsewhere(kept)]


def _is_saved_elsewhere(kept):
    """Whether a newer revision says what it says; only where there is one it is looked at."""
    outdated = kept.article is not None and kept.is_outdated
    return outdated and says_the_same(kept.article, kept.content)


@dataclass(frozen=True)
class Restored:
    """A text on its way back into its form: `window` is where it was typed."""

    content: dict
    based_on: int | None
    window: Window
    new_story: UUID | None = None

    @property
    def data(self):
        based_on = [str(self.based_on)] if self.based_on else []
        return as_sent({**self.content, "based_on": based_on})


class Restoring:
    """For a form that shows a kept text, right or wrong, before anybody saves it."""

    restored = None

    def __init__(self, *args, **kwargs):
        super().__init__(self.restored.data, **kwargs)

    def clean(self):
        return self.cleaned_data

    def _post_clean(self):
        """Nothing is saved: the row is not filled in."""


class Autosaving(ArticleAutosave, ArticlePresence):
    """For an admin of stories: the doors, the offer above the form, and the way back into it."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.discard_view))
        return [
            path("<int:pk>/autosave/discard/", view, name="articles_article_autosave_discard"),
            path(
                "autosave/<uuid:new_story>/discard/",
                view,
                name="articles_article_autosave_discard_new",
            ),
            *super().get_urls(),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        form = super().get_form(request, obj, change=change, **kwargs)
        if (restored := getattr(request, "desk_restored", None)) is None:
            return form
        return type("RestoredForm", (Restoring, form), {"restored": restored})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A text that is to be restored is shown, however it came, and never saved."""
        article = (extra_context or {}).get("desk_article")
        if self._may_write(request, article):
            request = _with_restored(request, article)
        context = {**(extra_context or {}), **self._kept_context(request, article)}
        return super().changeform_view(request, object_id, form_url, context)

    def _kept_context(self, request, article):
        restored = getattr(request, "desk_restored", None)
        page = _page(request, restored)
        offers = [] if request.method == "POST" else _offers(request.user, article, restored)
        return {
            "desk_page": page,
            "desk_offers": offers,
            "desk_autosave": terms(request, article, page),
        }

    def discard_view(self, request, pk=None, new_story=None):
        """Throw away what the person has seen, and nothing that was typed since."""
        window = _window(request.POST, "autosave")
        if window is not None:
            article = pk and get_object_or_404(Article, pk=pk)
            where = {"article": article, "new_story": new_story}
            autosaving.drop(request.user, **where, tab=window.tab, count=window.count)
            messages.success(request, _("The unsaved text is thrown away."))
        form = ("change", [pk]) if pk else ("add", [])
        return HttpResponseRedirect(reverse(f"admin:articles_article_{form[0]}", args=form[1]))

    def forget_kept(self, request, article):
        """What a form has just saved is offered no more, nor the text it was restored from."""
        number = _uuid(request.POST.get("new_story", ""))
        where = {"new_story": number} if number else {"article": article}
        for name in ("restored", "autosave"):
            if window := _window(request.POST, name):
                autosaving.drop(request.user, **where, tab=window.tab, count=window.count)


def _page(request, restored):
    """Which window this is; a form that was refused goes on as the one it was."""
    sent = request.POST if request.method == "POST" else {}
    here = _window(sent, "autosave") or Window(str(uuid4()), 0)
    before = restored.window if restored else _window(sent, "restored")
    number = (restored and restored.new_story) or _uuid(sent.get("new_story", "")) or uuid4()
    return {
        "tab": here.tab,
        "count": here.count,
        "restored_tab": before.tab if before else "",
        "restored_count": before.count if before else "",
        "new_story": str(number),
        "is_unsaved": bool(sent or restored),
    }


def _with_restored(request, article):
    """The request, as one that only looks, with the text that it asks to have restored."""
    if request.method == "POST" and "_restore" in request.POST:
        request = copy(request)
        request.method = "GET"
        request.desk_restored = _sent_along(request.POST["_restore"])
        if request.desk_restored is None:
            messages.error(request, _("This text cannot be read."))
    elif request.method == "GET" and (said := request.GET.get("kept")):
        request.desk_restored = _from_the_desk(request.user, article, said)
    return request


def _sent_along(text):
    """A text that only the browser had kept."""
    try:
        said = json.loads(text)
        return Restored(
            content_in(said), id_in(said, "basedOn"), window_in(said), _uuid(said.get("newStory"))
        )
    except (ValueError, AttributeError, Malformed):
        return None


def _from_the_desk(user, article, said):
    where = {"article": article} if article else {"new_story": _uuid(said)}
    kept = autosaving.kept_of(user, **where) if any(where.values()) else None
    if kept is None:
        return None
    window = Window(kept.tab, kept.count)
    return Restored(kept.content, kept.based_on_id, window, kept.new_story)


def _offers(user, article, restored):
    if article is None:
        mine = [kept for kept in autosaving.unsaved_of(user) if kept.new_story]
        return [
            Offer(kept) for kept in mine if not restored or kept.new_story != restored.new_story
        ]
    kept = autosaving.kept_of(user, article=article)
    if kept is None or (restored and restored.window.tab == kept.tab):
        return []
    if says_the_same(article, kept.content):
        return []
    newer = presence.newer_revision(article, based_on=kept.based_on_id)
    return [Offer(kept, saved_sentence(newer, to=user) if newer else "")]


def _window(sent, name):
    """The window that a form's hidden fields tell of, or None."""
    tab, count = sent.get(f"{name}_tab", ""), row_id(sent.get(f"{name}_count", ""))
    is_window = 0 < len(tab) <= 36 and tab.isascii() and count is not None
    return Window(tab, count) if is_window else None


def _uuid(text):
    try:
        return UUID(text)
    except (ValueError, TypeError, AttributeError):
        return None
