"""Autosaving over HTTP: a window sends what is typed in it, and hears whether it is kept."""

from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format

from articles.admin.article_content import of_the_story, says_the_same
from articles.admin.article_presence import clock, newer_facts, story_at_hand
from articles.admin.desk_door import Malformed, for_scripts, id_in, number_in, refusal, tab_in
from articles.desk import autosaving
from articles.desk.autosaving import TooLarge, TypedElsewhere, Window
from articles.models import Revision


class ArticleAutosave:
    """For an admin of stories: the door for what is being typed."""

    def get_urls(self):
        view = for_scripts(self.admin_site, self.autosave_view)
        return [
            path("<int:pk>/autosave/", view, name="articles_article_autosave"),
            path("autosave/<uuid:new_story>/", view, name="articles_article_autosave_new"),
            *super().get_urls(),
        ]

    def autosave_view(self, request, said, pk=None, new_story=None):
        """Keep `content`; where there is none, forget what this window typed before.

        `isCheck` only asks whether the desk would take something from this person.

        409 says that another window of the same person stands in the way (`reason` "window",
        nothing is kept), or that there is a newer revision (`reason` "revision", it is kept).
        """
        article = None if pk is None else story_at_hand(pk)
        where = {"article": article, "new_story": new_story}
        window = window_in(said)
        if said.get("isCheck") is True:
            autosaving.require_desk(request.user, article)
            return JsonResponse({"isKept": False})
        if said.get("content") is None:
            autosaving.drop(request.user, **where, tab=window.tab, count=window.count)
            return JsonResponse({"isKept": False})
        base = _base(article, id_in(said, "basedOn"))
        try:
            kept = _keep(request.user, said, window, based_on=base, **where)
        except TypedElsewhere as sentence:
            return _elsewhere(sentence)
        except TooLarge as sentence:
            return refusal("large", sentence, 413)
        return _answer(request.user, kept, article)


def _keep(user, said, window, **facts):
    """Keep it; a text that stands in the way is gone if it says what is saved already."""
    typed = {
        **facts,
        "content": content_in(said),
        "tab": window.tab,
        "count": window.count,
        "instead_of": other_window_in(said, "insteadOf"),
        "follows": other_window_in(said, "follows"),
    }
    try:
        return autosaving.keep(user, **typed)
    except TypedElsewhere as refused:
        other = refused.kept
        if not says_the_same(facts["article"], other.content):
            raise
        return autosaving.keep(user, **typed | {"instead_of": Window(other.tab, other.count)})


def _base(article, pk):
    if article is None or pk is None:
        return None
    if pk == article.working_revision_id:
        return article.working_revision
    return Revision.objects.filter(article=article, pk=pk).defer("content").first()


def _answer(user, kept, article):
    time = date_format(timezone.localtime(kept.saved_at), "H:i:s")
    facts = {"isKept": True, "time": time}
    newer = article and newer_facts(user, article, kept.based_on_id)
    if newer is None:
        return JsonResponse(facts)
    return refusal("revision", newer["sentence"], 409, newer=newer, **facts)


def _elsewhere(refused):
    other = refused.kept
    facts = {"tab": other.tab, "count": other.count, "time": clock(other.saved_at)}
    return refusal("window", refused, 409, isKept=False, other=facts)


def window_in(said):
    """Which window it comes from, and how much was changed there; raises `Malformed`."""
    if not isinstance(said, dict):
        raise Malformed
    return Window(tab_in(said), number_in(said, "count"))


def other_window_in(said, name):
    """The window that is named there, or None; raises `Malformed`."""
    return window_in(said[name]) if said.get(name) else None


def content_in(said):
    """The fields of the story, as a form sends them; raises `Malformed`."""
    content = said.get("content")
    if not isinstance(content, dict) or not all(map(_are_texts, content.values())):
        raise Malformed
    return of_the_story(content)


def _are_texts(values):
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
