"""How a click on a verb becomes a call of the desk: at once, or by way of a page that asks."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.article_verbs import CHOICES, available_choices, refusal
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
        if choice.needs_page:
            return HttpResponseRedirect(_address("verb", article, choice.name))
        try:
            choice.act(article, by=request.user)
        except TransitionRefused as sentence:
            messages.error(request, str(sentence))
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
        try:
            if form.is_valid() and _is_done(request, article, choice, form):
                return HttpResponseRedirect(_address("change", article))
        except Article.DoesNotExist:
            return self._story_is_gone(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": choice.label,
            "article": article,
            "choice": choice,
            "form": form,
            "back": _address("change", article),
        }
        return TemplateResponse(request, "admin/articles/article/verb.html", context)


def _is_done(request, article, choice, form):
    try:
        choice.act(article, by=request.user, **form.cleaned_data)
    except TransitionRefused as sentence:
        form.add_error(None, str(sentence))
        return False
    messages.success(request, choice.announcement(article))
    return True


def _address(page, *args):
    article, *rest = args
    return reverse(f"admin:articles_article_{page}", args=[article.pk, *rest])
