"""The simple pages: what the outlet says of itself."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Page
from articles.reader import frame


@require_safe
def simple_page(request, slug):
    found = get_object_or_404(Page.objects.public(), slug=slug)
    context = {"page": found, "heading": found.title, "description": found.description}
    return frame.page(request, "page.html", context)
