"""The page of readers' search: a question, and a page of what it found."""

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.reader import frame, listings, searching
from articles.reader.category_tree import CategoryTree
from articles.reader.cursors import MalformedCursor, decode


@require_safe
def search(request):
    question = searching.question(request.GET.get("q", ""))
    before = _cursor(request.GET.get("before", ""))
    page = listings.page_of(searching.found(question), before=before)
    tree = CategoryTree()
    context = {
        "question": question,
        "stories": tree.place(page.stories),
        "latest": [] if page.stories else listings.latest(),
        "older": _address(question, before=page.older) if page.older else "",
        "newest": _address(question) if before else "",
        "heading": _("Search"),
        "description": _("Search the stories of %(outlet)s.")
        % {"outlet": frame.outlet_of(request).name},
        "alternates": [],
    }
    response = frame.page(request, "search.html", context, tree=tree)
    if response.context_data["twin"] and question.text:
        response.context_data["twin"] += f"?{urlencode({'q': question.text})}"
    return response


def _cursor(said):
    try:
        return decode(said) if said else None
    except MalformedCursor as error:
        raise Http404("There is no such place in the list.") from error


def _address(question, **more):
    return f"{reverse('search')}?{urlencode({'q': question.text, **more})}"
