"""The history of a simple page: its versions, any two of them compared, an old one brought back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.base import row_id
from articles.admin.story_comparing import compare_facts
from articles.admin.story_facts import FACTS_OF_A_PAGE, Names
from articles.admin.story_reading import read_facts
from articles.desk import pages
from articles.models import Page, PageVersion
from articles.workflow import TransitionRefused

_VERSIONS = 50  # on a page


def compare_pages(old, new):
    """What became of a version in another one, or in a page."""
    return compare_facts(FACTS_OF_A_PAGE, old, new, Names())


class VersionPages:
    """For the admin of simple pages: the pages below `…/history/`."""

    def get_urls(self):
        views = (
            ("compare/<int:old>/<int:new>/", "compare", self.compare_view),
            ("<int:number>/", "version", self.version_view),
            ("<int:number>/restore/", "restore", require_POST(self.restore_view)),
        )
        own = [
            path(
                f"<int:pk>/history/{tail}",
                self.admin_site.admin_view(self._of_a_page(view)),
                name=f"articles_page_{name}",
            )
            for tail, name, view in views
        ]
        return [*own, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """All versions, newest first."""
        return self._of_a_page(self.versions_view)(request, row_id(object_id))

    def versions_view(self, request, page):
        versions = Paginator(page.versions.newest_first().defer("body"), _VERSIONS)
        shown = versions.get_page(request.GET.get("page"))
        return self._show(request, page, "history", {"title": _("History"), "versions": shown})

    def version_view(self, request, page, number):
        version = _version(page, number)
        context = {
            "title": _("Version %(number)s") % {"number": number},
            "version": version,
            "text": read_facts(FACTS_OF_A_PAGE, version, Names()),
        }
        return self._show(request, page, "version", context)

    def compare_view(self, request, page, old, new):
        one, other = _version(page, min(old, new)), _version(page, max(old, new))
        context = {
            "title": _("Versions %(old)s and %(new)s") % {"old": one.number, "new": other.number},
            "sides": [one, other],
            "change": compare_pages(one, other),
            "following": page.versions.filter(number=other.number + 1).exists(),
        }
        return self._show(request, page, "compare", context)

    def restore_view(self, request, page, number):
        seen = PageVersion.objects.filter(pk=row_id(request.POST.get("seen", ""))).first()
        before = pages.newest_version(page)
        try:
            restored = pages.restore(_version(page, number), by=request.user, seen=seen)
        except TransitionRefused as sentence:
            messages.error(request, str(sentence))
            return HttpResponseRedirect(_address("history", page))
        after = pages.newest_version(restored)
        numbers = {"number": number, "new": after.number}
        if after == before:
            messages.info(request, _("The page has the words of this version already."))
        else:
            said = _("The words of version %(number)s are back, as version %(new)s.")
            messages.success(request, said % numbers)
        return HttpResponseRedirect(_address("history", page))

    def _of_a_page(self, view):
        def answer(request, pk, **kwargs):
            page = get_object_or_404(Page, pk=pk)
            if not self.has_view_permission(request, page):
                raise PermissionDenied
            return view(request, page, **kwargs)

        return answer

    def _show(self, request, page, template, context):
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "page": page,
            "original": page,
            "newest": pages.newest_version(page),
            "may_restore": pages.may_save(request.user, page),
        }
        name = f"admin/articles/page/{template}.html"
        return TemplateResponse(request, name, {**shared, **context})


def _version(page, number):
    """The version of that number; 404 if there is none."""
    found = page.versions.newest_first().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _address(name, page):
    return reverse(f"admin:articles_page_{name}", args=[page.pk])
