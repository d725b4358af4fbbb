"""How a click on a verb becomes a call of the desk: at once, or by way of a page that asks."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.article_checks import checks_before
from articles.admin.article_verbs import CHOICES, available_choices, refusal
from articles.admin.base import row_id
from articles.desk.writing import working_snapshot
from articles.models import Article
from articles.workflow import TransitionRefused


class VerbPages:
    """For an admin of stories: the buttons below the form, and the pages that ask."""

    def get_urls(self):
        verb = path(
            "<int:pk>/<slug:name>/ask/",
            self.admin_site.admin_view(self.verb_view),
            name="articles_article_verb",
        )
        return [verb, *super().get_urls()]

    def response_add(self, request, obj, post_url_continue=None):
        if choice := CHOICES.get(request.POST.get("_verb")):
            return self._carry_out(request, obj, choice)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if choice := CHOICES.get(request.POST.get("_verb")):
            return self._carry_out(request, obj, choice)
        return super().response_change(request, obj)

    def _carry_out(self, request, article, choice):
        """What was typed is saved by now; do `choice`, or ask what it needs to know."""
        revision = _on_the_screen(request, article) if choice.of_a_revision else None
        if choice.needs_page:
            asked_of = f"?revision={revision.pk}" if revision else ""
            page = _address("verb", article, choice.name)
            return HttpResponseRedirect(f"{page}{asked_of}")
        try:
            choice.act(article, by=request.user, **_of(choice, revision))
        except TransitionRefused as sentence:
            said = _("Not done (%(verb)s): %(why)s")
            messages.error(request, said % {"verb": choice.label, "why": sentence})
        else:
            messages.success(request, choice.announcement(article))
        return HttpResponseRedirect(_address("change", article))

    def _story_is_gone(self, request):
        """Somebody else threw it away between two clicks."""
        messages.error(request, _("This story is not there any more."))
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))

    def verb_view(self, request, pk, name):
        """Ask what a verb needs to know; nothing is done before the answer is posted."""
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        offered = {one.name: one for one in available_choices(article, by=request.user)}
        if name not in offered:
            if choice := CHOICES.get(name):
                messages.error(request, refusal(choice, article, by=request.user))
            return HttpResponseRedirect(_address("change", article))
        choice, said = offered[name], request.POST if request.method == "POST" else None
        form = choice.form(said, initial=choice.form.given(article))
        shown = _shown(request, article)
        try:
            if form.is_valid() and _is_done(request, article, choice, form, shown):
                return HttpResponseRedirect(_address("change", article))
        except Article.DoesNotExist:
            return self._story_is_gone(request)
        return self._ask(request, article, choice, form, shown)

    def _ask(self, request, article, choice, form, shown):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": choice.label,
            "article": article,
            "headline": working_snapshot(article).title or _("Untitled story"),
            "choice": choice,
            "form": form,
            "revision": shown if choice.of_a_revision else None,
            "checks": checks_before(choice, article, to=request.user),
            "back": _address("change", article),
        }
        return TemplateResponse(request, "admin/articles/article/verb.html", context)


def _on_the_screen(request, article):
    """The revision whose text stood in the form: the one just saved, or what it was opened with."""
    working = _revision(article, article.working_revision_id)
    opened_with = row_id(request.POST.get("based_on", ""))
    if working is None or opened_with in {None, working.pk}:
        return working
    is_just_saved = working.based_on_id == opened_with and working.created_by == request.user
    return working if is_just_saved else _revision(article, opened_with) or working


def _shown(request, article):
    """The revision that a page which asks is about: the one that led there, or the newest."""
    sent = request.POST if request.method == "POST" else request.GET
    number = row_id(sent.get("revision", ""))
    return _revision(article, number) or _revision(article, article.working_revision_id)


def _revision(article, pk):
    found = article.revisions.select_related("created_by").defer("content")
    return found.filter(pk=pk).first() if pk else None


def _of(choice, revision):
    return {"revision": revision} if choice.of_a_revision else {}


def _is_done(request, article, choice, form, shown):
    try:
        choice.act(article, by=request.user, **form.cleaned_data, **_of(choice, shown))
    except TransitionRefused as sentence:
        form.add_error(None, str(sentence))
        article.refresh_from_db()  # what was begun of the verb is undone
        return False
    messages.success(request, choice.announcement(article))
    return True


def _address(page, *args):
    article, *rest = args
    return reverse(f"admin:articles_article_{page}", args=[article.pk, *rest])
