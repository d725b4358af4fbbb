"""What the pages about a story's versions share: for whom they are, and how they refuse."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.desk import rights
from articles.models.snapshot import UnknownSchema
from articles.workflow import TransitionRefused, Verb


class StoryPages:
    """For an admin of stories: pages of one story besides its form."""

    def story_page(self, view):
        """`view(request, article, …)`; what the desk refuses is said on the page of its history."""

        def answer(request, pk, **kwargs):
            if not self.has_view_permission(request):
                raise PermissionDenied
            article = self.get_queryset(request).filter(pk=pk).first()
            if article is None:
                return self._story_is_gone(request)
            try:
                return view(request, article, **kwargs)
            except UnknownSchema:
                messages.error(request, _("A newer version of this program wrote this revision."))
            except TransitionRefused as sentence:
                messages.error(request, str(sentence))
            return HttpResponseRedirect(address("history", article))

        return self.admin_site.admin_view(answer)

    def show_page(self, request, article, page, context):
        """The template of that name, for `article`."""
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "original": article,
            "may_revise": rights.may(request.user, Verb.REVISE, article),
        }
        template = f"admin/articles/article/{page}.html"
        return TemplateResponse(request, template, {**shared, **context})


def address(page, article, *numbers):
    """Where a page of a story is."""
    return reverse(f"admin:articles_article_{page}", args=[article.pk, *numbers])
