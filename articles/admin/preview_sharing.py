"""Links to previews: the page of a story that lists them, makes one, and takes one back."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from articles.admin.image_scripts import modules
from articles.desk import rights, sharing
from articles.desk.sharing import Lifetime, Standing
from articles.desk.writing import working_snapshot
from articles.models import PreviewLink
from articles.workflow import TransitionRefused, Verb

_MOST = 50  # links on one page


class ShareForm(forms.Form):
    """What somebody says of a new link."""

    lifetime = forms.TypedChoiceField(
        label=_("Valid for"),
        choices=Lifetime,
        initial=Lifetime.DAY,
        coerce=lambda hours: Lifetime(int(hours)),
        widget=UnfoldAdminSelectWidget,
    )
    label = forms.CharField(
        label=_("for whom"),
        required=False,
        max_length=PreviewLink._meta.get_field("label").max_length,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("So that you know it again."),
    )
    single_use = forms.BooleanField(
        label=_("opens once"), required=False, widget=UnfoldBooleanSwitchWidget
    )
    may_comment = forms.BooleanField(
        label=_("may leave comments"), required=False, widget=UnfoldBooleanSwitchWidget
    )


class SharingPages:
    """For an admin of stories: who may look at one without an account."""

    def get_urls(self):
        only_staff = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/previews/",
                only_staff(never_cache(self.previews_view)),
                name="articles_article_previews",
            ),
            path(
                "<int:pk>/previews/<int:link>/revoke/",
                only_staff(require_POST(self.revoke_view)),
                name="articles_article_revoke",
            ),
            *super().get_urls(),
        ]

    def previews_view(self, request, pk):
        """The links there are; a new one's address is shown in this answer and never again."""
        article = self._shared_story(request, pk)
        form = ShareForm(request.POST if request.method == "POST" else None)
        made = _made(request, article, form) if form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Share a preview"),
            "article": article,
            "name": working_snapshot(article).title or _("Untitled story"),
            "may_share": Verb.SHARE in rights.available_verbs(article, by=request.user),
            "form": ShareForm() if made else form,
            "made": made,
            "links": _links(article),
            "media": modules(request, "copying"),
        }
        return TemplateResponse(request, "admin/articles/article/previews.html", context)

    def revoke_view(self, request, pk, link):
        """Take one back."""
        article = self._shared_story(request, pk)
        found = get_object_or_404(article.preview_links, pk=link)
        sharing.revoke(found, by=request.user)
        messages.success(request, _("The address opens nothing any more."))
        return HttpResponseRedirect(reverse("admin:articles_article_previews", args=[pk]))

    def _shared_story(self, request, pk):
        article = get_object_or_404(self.get_queryset(request), pk=pk)
        if not rights.has_access(request.user, article):
            raise Http404("There is no such story.")
        return article


def _made(request, article, form):
    """The address of a new link, or None if there is to be none."""
    try:
        _link, token = sharing.share(article, by=request.user, **form.cleaned_data)
    except TransitionRefused as sentence:
        form.add_error(None, str(sentence))
        return None
    return f"{settings.SITE_URL}{reverse('preview', args=[token])}"


def _links(article):
    """The newest links with what each opens now, and what guests said through it."""
    links = article.preview_links.select_related("created_by", "revoked_by").with_comments()
    found, makers = list(links[:_MOST]), {}
    for link in found:
        link.article = article
        link.created_by = makers.setdefault(link.created_by_id, link.created_by)  # rights at once
    for link, standing in zip(found, sharing.standings(found), strict=True):
        link.standing, link.is_open = standing, standing is Standing.OPEN
    return found
