"""What the desk kept of somebody's typing: offered when they come back, and put into the form."""

from contextlib import suppress
from copy import copy
from dataclasses import replace
from uuid import uuid4

from django.contrib import messages
from django.utils.translation import gettext as _

from articles.admin.article_autosave import ArticleAutosave
from articles.admin.article_content import Lenient, of_the_story
from articles.admin.article_presence import ArticlePresence
from articles.admin.autosave_terms import terms
from articles.admin.base import row_id
from articles.admin.kept_offers import offers_on_page
from articles.admin.kept_pages import KeptPages
from articles.admin.kept_texts import from_the_desk, sent_along, uuid_in, window_of
from articles.desk import autosaving
from articles.desk.autosaving import Window
from articles.models import Article
from articles.workflow import NotAllowed


class Restoring(Lenient):
    """For a form that shows a kept text, right or wrong, before anybody saves it."""

    restored = None

    def __init__(self, *args, **kwargs):
        super().__init__(self.restored.data, **kwargs)


class Autosaving(ArticleAutosave, ArticlePresence, KeptPages):
    """For an admin of stories: the doors, the offer above the form, and the way back into it."""

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        form = super().get_form(request, obj, change=change, **kwargs)
        if (restored := getattr(request, "desk_restored", None)) is None:
            return form
        return type("RestoredForm", (Restoring, form), {"restored": restored})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A text that is to be restored is shown, however it came, and never saved."""
        article = (extra_context or {}).get("desk_article")
        if article:
            request = _with_base(request, article)
        if self._may_write(request, article):
            request = _with_restored(request, article)
        context = {**(extra_context or {}), **self._kept_context(request, article)}
        return super().changeform_view(request, object_id, form_url, context)

    def _kept_context(self, request, article):
        restored = getattr(request, "desk_restored", None)
        page = _page(request, restored)
        # First: of a text that arrives meanwhile the browser must not hear that the desk has it.
        said = terms(request, article, page)
        offers = [] if request.method == "POST" else offers_on_page(request.user, article, restored)
        return {
            "desk_page": page,
            "desk_offers": offers,
            "desk_autosave": said,
        }

    def keep_sent(self, request, article, *, based_on):
        """What a form sent is kept as typed in its window; raises `TransitionRefused`."""
        here = window_of(request.POST, "autosave") or Window(str(uuid4()), 0)
        autosaving.keep(
            request.user,
            content=of_the_story(dict(request.POST.lists())),
            article=article,
            based_on=based_on,
            tab=here.tab,
            count=here.count + 1,  # later than what it sent while somebody typed
            instead_of=window_of(request.POST, "restored"),
            follows=window_of(request.POST, "follows"),
        )

    def forget_kept(self, request, article, *, saved_as=None):
        """What a form has just saved is offered no more, nor the text it was restored from.

        `saved_as`: the working copy it is now, from which goes on whatever was typed meanwhile.
        """
        number = uuid_in(request.POST.get("new_story", ""))
        where = {"new_story": number} if number else {"article": article}
        for name, made in (("restored", None), ("autosave", saved_as)):
            if window := window_of(request.POST, name):
                said = {"tab": window.tab, "count": window.count, "saved_as": made}
                autosaving.drop(request.user, **where, **said)
        if number:
            _forget_origin(request)


def _forget_origin(request):
    """A new story was begun with what was typed in one that is the person's no longer."""
    window = window_of(request.POST, "restored")
    origin = Article.objects.filter(pk=row_id(request.POST.get("restored_story", ""))).first()
    if window and origin:
        with suppress(NotAllowed):  # nothing of it was at the desk
            autosaving.drop(request.user, article=origin, tab=window.tab, count=window.count)


def _page(request, restored):
    """Which window this is; a form that was refused goes on as the one it was."""
    sent = request.POST if request.method == "POST" else {}
    here = window_of(sent, "autosave") or Window(str(uuid4()), 0)
    before = restored.window if restored else window_of(sent, "restored")
    follows = (restored.follows or before) if restored else window_of(sent, "follows")
    story = restored.story if restored else row_id(sent.get("restored_story", ""))
    number = (restored and restored.new_story) or uuid_in(sent.get("new_story", "")) or uuid4()
    return {
        "tab": here.tab,
        "count": here.count,
        "restored_tab": before.tab if before else "",
        "restored_count": before.count if before else "",
        "follows_tab": follows.tab if follows else "",
        "follows_count": follows.count if follows else "",
        "restored_story": story or "",
        "new_story": str(number),
        "is_unsaved": bool(sent or restored),
    }


def _with_base(request, article):
    """The request, as one whose text is based on what was saved of it while it was typed."""
    if request.method != "POST":
        return request
    before = row_id(request.POST.get("based_on", ""))
    base = _base_of(request, article, before, window_of(request.POST, "follows"))
    if base == before:
        return request
    request = copy(request)
    request.POST = request.POST.copy()
    request.POST["based_on"] = str(base)
    return request


def _base_of(request, article, based_on, follows):
    if article is None or follows is None:
        return based_on
    before = article.revisions.filter(pk=based_on).defer("content").first()
    base = autosaving.base_of(request.user, article, before, follows=follows)
    return base and base.pk


def _sent_along(request, article):
    text = sent_along(request.POST["_restore"])
    return text and replace(text, based_on=_base_of(request, article, text.based_on, text.follows))


def _with_restored(request, article):
    """The request, as one that only looks, with the text that it asks to have restored."""
    if request.method == "POST" and "_restore" in request.POST:
        request = copy(request)
        request.method = "GET"
        request.desk_restored = _sent_along(request, article)
        if request.desk_restored is None:
            messages.error(request, _("This text cannot be read."))
    elif request.method == "GET" and (said := request.GET.get("kept")):
        request.desk_restored = from_the_desk(request.user, article, said)
    return request
