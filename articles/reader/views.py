"""Readers' pages: each fetches published stories by a named question and renders them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article, Author, Category, Tag
from articles.reader import frame, listings
from articles.reader.addresses import accounts, web_address
from articles.reader.category_tree import CategoryTree
from articles.reader.front_page import front_page
from articles.reader.list_pages import list_page
from articles.reader.related import neighbours_of
from articles.reader.story_page import story_page


@require_safe
def front(request, before=None):
    if before is not None:
        context = {"listed_as": frame.outlet_of(request).name}
        stories = Article.objects.published()
        return list_page(request, "front.html", stories, context, before=before)
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
        "way": [(each.name, each.get_absolute_url()) for each in tree.path(node.pk)],
        "channel": tree.path(node.pk)[0],
        "breadcrumb": tree.path(node.parent_id),
        "children": tree.children(node),
        "cover": _cover(node),
        "is_empty": not node.has_stories,
    }
    stories = Article.objects.published().in_categories(tree.ids_below(node))
    return list_page(request, "category.html", stories, context, tree=tree, before=before)


@require_safe
def tag(request, slug, before=None):
    found = get_object_or_404(Tag, slug=slug)
    stories = Article.objects.published().tagged(found)
    context = {
        "tag": found,
        "heading": found.name,
        "listed_as": _("Stories on %(tag)s") % {"tag": found.name},
        "description": found.description,
        "way": [(_("All tags"), reverse("tags")), (found.name, found.get_absolute_url())],
    }
    return list_page(request, "tag.html", stories, context, before=before, may_be_empty=False)


@require_safe
def author(request, slug, before=None):
    found = get_object_or_404(Author.objects.select_related("portrait"), slug=slug)
    context = {
        "author": found,
        "heading": found.name,
        "listed_as": _("Stories by %(author)s") % {"author": found.name},
        "description": found.bio,
        "way": [(found.name, found.get_absolute_url())],
        "website": web_address(found.website),
        "links": accounts(found.links),
        "profile": found if found.kind == Author.Kind.PERSON and before is None else None,
    }
    stories = Article.objects.published().by_author(found)
    return list_page(request, "author.html", stories, context, before=before, may_be_empty=False)


@require_safe
def article(request, pk, slug=""):
    questions = Article.objects.published().select_related("header_image").with_bylines()
    story = questions.prefetch_related("tags").filter(pk=pk).first()
    if story is None:
        return gone_or_unknown(request, pk)
    if slug != (story.slug or "-"):
        return redirect(story, permanent=True)
    tree = CategoryTree()
    neighbours = neighbours_of(story, tree.kin_of(story.category_id))
    return story_page(request, story, tree=tree, neighbours=neighbours)


def not_found(request, exception=None):
    context = {"latest": listings.latest()}
    return frame.page(request, "404.html", context, status=404).render()


def gone_or_unknown(request, pk):
    """410 with the reason for what readers once saw; anything else was never there."""
    story = get_object_or_404(Article.objects.withdrawn(), pk=pk)
    context = {
        "reason": story.withdrawn_reason,
        "withdrawn_at": story.withdrawn_at,
        "latest": listings.latest(),
    }
    return frame.page(request, "410.html", context, status=410)


def _cover(node):
    if node.cover_id is None:
        return None
    return Category.objects.select_related("cover").get(pk=node.pk).cover
