"""Presence over HTTP: a window says that it is there, and hears who else is, and what changed."""

from django.http import JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.admin.desk_door import Malformed, for_scripts, id_in, tab_in
from articles.desk import presence
from articles.models import Article
from articles.workflow import Stage

_TEXTS = ("body", "rendered_body", "working_revision__content")


def story_at_hand(pk):
    """A story with what its newest revision is called, without any text."""
    stories = Article.objects.select_related("working_revision__created_by")
    return stories.defer(*_TEXTS).get(pk=pk)


def clock(moment):
    """The time of day by the outlet's clock, with the day if it is another."""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return date_format(local, "H:i" if is_today else "Y-m-d H:i")


def saved_sentence(revision, *, to):
    """Who saved `revision` and when, said to the person `to`."""
    facts = {"number": revision.number, "time": clock(revision.created_at)}
    if revision.created_by_id == to.pk:
        return _("You saved revision %(number)s in another window at %(time)s.") % facts
    name = revision.created_by or _("The newsroom")
    return _("%(name)s saved revision %(number)s at %(time)s.") % {"name": name, **facts}


def presence_sentence(window, *, to):
    """What somebody else is doing here just now."""
    if window.user_id == to.pk:
        return _("You have this story open in another window, too.")
    words = _("%(name)s is editing now") if window.is_writing else _("%(name)s is reading")
    return words % {"name": window.user}


class ArticlePresence:
    """For an admin of stories: the door for signs of life."""

    def get_urls(self):
        view = for_scripts(self.admin_site, self.presence_view)
        return [
            path("<int:pk>/presence/", view, name="articles_article_presence"),
            *super().get_urls(),
        ]

    def presence_view(self, request, said, pk):
        """Note that a window is there, or not any more (`isLeaving`), and tell it the news."""
        article, tab = story_at_hand(pk), tab_in(said)
        if said.get("isLeaving"):
            presence.leave(request.user, article, tab=tab)
            return JsonResponse({})
        is_writing = said.get("isWriting") is True
        presence.attend(request.user, article, tab=tab, is_writing=is_writing)
        return JsonResponse(
            {
                "others": _others(request.user, article, tab),
                "newer": newer_facts(request.user, article, id_in(said, "basedOn")),
                "stage": _stage(article, said.get("stage")),
            }
        )


def _others(user, article, tab):
    return [
        {
            "sentence": presence_sentence(window, to=user),
            "isWriting": window.is_writing,
            "isSelf": window.user_id == user.pk,
        }
        for window in presence.others(article, user=user, tab=tab)
    ]


def newer_facts(user, article, based_on):
    """What there is to tell of a newer revision than the one with the id `based_on`, or None."""
    revision = presence.newer_revision(article, based_on=based_on)
    if revision is None:
        return None
    before = article.revisions.filter(pk=based_on).values_list("number", flat=True).first()
    pair = [article.pk, before or revision.number, revision.number]
    return {
        "number": revision.number,
        "sentence": saved_sentence(revision, to=user),
        "compare": reverse("admin:articles_article_compare", args=pair),
    }


def _stage(article, known):
    if known is not None and known not in Stage:
        raise Malformed
    if known in (None, article.stage):
        return None
    sentence = _("The stage of this story is now: %(stage)s.") % {
        "stage": article.get_stage_display()
    }
    return {"stage": article.stage, "label": article.get_stage_display(), "sentence": sentence}
