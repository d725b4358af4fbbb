"""The page of a list: the stories, the way to older ones, and what machines are told of it."""

from django.http import Http404
from django.urls import reverse

from articles.reader import describing, frame, listings, pictures
from articles.reader.category_tree import CategoryTree
from articles.reader.list_facts import list_facts


def list_page(request, template, stories, context=None, *, before, tree=None, may_be_empty=True):
    """Render the newest page of `stories`, or the one after the cursor `before`.

    A page that nobody described, and any older one, is described by what it shows; `context` may
    say what the list is called then (`listed_as`), and how many stories it has (`count`).

    Raises `Http404` behind the end of a list, and for an empty one unless it `may_be_empty`.
    """
    page = listings.page_of(stories, before=before)
    if not (page.stories or may_be_empty):
        raise Http404("There is nothing to read here.")
    tree = tree or CategoryTree()
    context = context or {}
    tree.place(page.stories, within=context.get("category"))
    context |= {
        "stories": page.stories,
        "description": _description(context, page.stories, is_older=before is not None),
        "shared_picture": pictures.first_of_stories(page.stories),
        "older": _address(request, before=page.older) if page.older else "",
        "newest": _address(request) if before else "",
    }
    response = frame.page(request, template, context, tree=tree)
    response.context_data["structured_data"] = list_facts(response.context_data)
    return response


def _description(context, stories, *, is_older):
    if not is_older and context.get("description"):
        return context["description"]
    name = context.get("listed_as") or context["heading"]
    return describing.listed(name, stories, count=context.get("count", 0), is_older=is_older)


def _address(request, *, before=None):
    """The address of the list of `request`, of its newest page or of the one after `before`."""
    match = request.resolver_match
    name = match.url_name.removesuffix("_before")
    kwargs = {key: value for key, value in match.kwargs.items() if key != "before"}
    if before is None:
        return reverse(name, kwargs=kwargs)
    return reverse(f"{name}_before", kwargs=kwargs | {"before": before})
