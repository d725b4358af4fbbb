"""The simple pages: what the outlet says of itself."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from articles.body import text
from articles.models import Page
from articles.reader import frame


@require_safe
def simple_page(request, slug):
    found = Page.objects.public().filter(slug=slug).first()
    if found is None:
        return _moved_or_unknown(slug)
    context = {
        "page": found,
        "heading": found.title,
        "description": found.description or text.excerpt(found.body),
        "way": [(found.title, found.get_absolute_url())],
    }
    return frame.page(request, "page.html", context)


def _moved_or_unknown(slug):
    """An address that a public page had once leads to where it is now."""
    moved = Page.objects.public().formerly_at(slug)
    if moved is None:
        raise Http404
    return redirect(moved, permanent=True)
