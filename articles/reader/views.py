"""Readers' pages: each fetches published stories by a named question and renders them."""

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.images import recipes
from articles.models import Article, Author, Category, Tag
from articles.reader import frame, listings, pictures
from articles.reader.addresses import absolute, web_address
from articles.reader.category_tree import CategoryTree
from articles.reader.front_page import front_page
from articles.reader.list_facts import list_facts
from articles.reader.months import bounds
from articles.reader.story_page import story_page


@require_safe
def front(request, before=None):
    if before is not None:
        return _list(request, "front.html", Article.objects.published(), before=before)
    return front_page(request)


@require_safe
def category(request, slug, before=None):
    tree = CategoryTree()
    node = tree.with_slug(slug)
    if node is None:
        raise Http404("There is no such category.")
    context = {
        "category": node,
        "heading": node.name,
        "description": node.description,
        "breadcrumb": tree.path(node.parent_id),
        "children": tree.children(node),
        "cover": _cover(node),
        "is_empty": not node.has_stories,
    }
    stories = Article.objects.published().in_categories(tree.ids_below(node))
    return _list(request, "category.html", stories, context, tree=tree, before=before)


@require_safe
def tag(request, slug, before=None):
    found = get_object_or_404(Tag, slug=slug)
    stories = Article.objects.published().tagged(found)
    context = {"tag": found, "heading": found.name, "description": found.description}
    return _list(request, "tag.html", stories, context, before=before, may_be_empty=False)


@require_safe
def author(request, slug, before=None):
    found = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    context = {
        "author": found,
        "heading": found.name,
        "description": found.bio,
        "website": web_address(found.website),
    }
    stories = Article.objects.published().by_author(found)
    return _list(request, "author.html", stories, context, before=before, may_be_empty=False)


@require_safe
def month(request, year, month, before=None):
    start, end = bounds(year, month)
    stories = Article.objects.published().published_between(start, end)
    context = {"month": start, "heading": date_format(start, "YEAR_MONTH_FORMAT")}
    return _list(request, "month.html", stories, context, before=before, may_be_empty=False)


@require_safe
def archive(request):
    in_zone = TruncMonth("published_at", tzinfo=settings.OUTLET_TIME_ZONE)
    stories = Article.objects.published().order_by()
    months = stories.values(month=in_zone).annotate(count=Count("pk")).order_by("-month")
    context = {"months": list(months), "heading": _("Archive")}
    return frame.page(request, "archive.html", context)


@require_safe
def article(request, pk, slug=""):
    questions = Article.objects.published().select_related("header_image").with_bylines()
    story = questions.prefetch_related("tags").filter(pk=pk).first()
    if story is None:
        return _gone_or_unknown(request, pk)
    if slug != (story.slug or "-"):
        return redirect(story, permanent=True)
    return story_page(request, story)


@require_safe
def robots(request):
    hidden = ["Disallow: /admin/", "Disallow: /preview/"]
    lines = ["User-agent: *", *hidden, "", f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request, exception=None):
    return frame.page(request, "404.html", status=404).render()


def _gone_or_unknown(request, pk):
    """410 with the reason for what readers once saw; anything else was never there."""
    story = get_object_or_404(Article.objects.withdrawn(), pk=pk)
    context = {"reason": story.withdrawn_reason, "withdrawn_at": story.withdrawn_at}
    return frame.page(request, "410.html", context, status=410)


def _list(request, template, stories, context=None, *, before, tree=None, may_be_empty=True):
    page = listings.page_of(stories, before=before)
    if not (page.stories or may_be_empty):
        raise Http404("There is nothing to read here.")
    tree = tree or CategoryTree()
    context = context or {}
    tree.place(page.stories, within=context.get("category"))
    context |= {
        "stories": page.stories,
        "shared_picture": pictures.first_file(page.stories, recipes.SOCIAL),
        "older": _address(request, before=page.older) if page.older else "",
        "newest": _address(request) if before else "",
    }
    response = frame.page(request, template, context, tree=tree)
    response.context_data["structured_data"] = list_facts(response.context_data)
    return response


def _address(request, *, before=None):
    """The address of the list of `request`, of its newest page or of the one after `before`."""
    match = request.resolver_match
    name = match.url_name.removesuffix("_before")
    kwargs = {key: value for key, value in match.kwargs.items() if key != "before"}
    if before is None:
        return reverse(name, kwargs=kwargs)
    return reverse(f"{name}_before", kwargs=kwargs | {"before": before})


def _cover(node):
    if node.cover_id is None:
        return None
    return Category.objects.select_related("cover").get(pk=node.pk).cover
