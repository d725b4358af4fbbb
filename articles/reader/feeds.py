"""Feeds: the newest published stories of a list, in full, for feed readers."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.body import rendering
from articles.desk import picturing
from articles.images import recipes
from articles.models import Article, Author, Tag
from articles.reader.addresses import absolute, web_address
from articles.reader.category_tree import CategoryTree
from articles.reader.frame import language_tag, outlet_of
from articles.reader.pictures import file_of, lead_of
from articles.reader.rss import FullTextFeed
from articles.reader.structured_data import summary

FEED_SIZE = 30
# When a feed without items last changed.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Channel:
    """What one answer of a feed is about."""

    title: str
    description: str
    address: str
    stories: list[Article]


class StoryFeed(Feed):
    """The newest stories of all; the classes below narrow it down to one list."""

    feed_type = FullTextFeed

    @property
    def language(self):
        return language_tag()

    def __call__(self, request, *args, **kwargs):
        """The feed, known by its ETag alone: a story that leaves makes no date newer."""
        response = super().__call__(request, *args, **kwargs)
        del response.headers["Last-Modified"]
        return response

    def get_object(self, request, slug=""):
        outlet = outlet_of(request)
        tree = CategoryTree()
        name, description, address, stories = self.narrow(slug, tree)
        return Channel(
            title=_("%(list)s – %(outlet)s") % {"list": name, "outlet": outlet} if name else outlet,
            description=description or outlet.description or outlet.tagline or outlet.name,
            address=absolute(address),
            stories=_with_pictures(tree.place(stories)),
        )

    def narrow(self, slug, tree):
        """The name and description of the list at `slug`, its address and its newest stories."""
        return "", "", reverse("front"), _newest(Article.objects.published())

    def title(self, channel):
        return channel.title

    def description(self, channel):
        return channel.description

    def link(self, channel):
        return channel.address

    def feed_url(self, channel):
        return f"{channel.address}feed/"

    def feed_extra_kwargs(self, channel):
        return {"begun": _NEVER}

    def items(self, channel):
        return channel.stories

    def item_title(self, story):
        return story.title

    def item_description(self, story):
        """As HTML, which RSS takes a description for."""
        return escape(summary(story))

    def item_link(self, story):
        return absolute(story.get_absolute_url())

    def item_guid(self, story):
        return absolute(story.get_short_url())

    item_guid_is_permalink = True

    def item_pubdate(self, story):
        return timezone.localtime(story.published_at)

    def item_updateddate(self, story):
        return story.modified_at

    def item_categories(self, story):
        names = [*(category.name for category in story.breadcrumb), *map(str, story.tags.all())]
        return list(dict.fromkeys(names))

    def item_extra_kwargs(self, story):
        names = (byline.author.name for byline in story.bylines.all())
        return {
            "content": _content(story),
            "creators": list(dict.fromkeys(names)),
            "picture": _picture(story),
        }


class CategoryFeed(StoryFeed):
    def narrow(self, slug, tree):
        if (category := tree.with_slug(slug)) is None:
            raise Http404("There is no such category.")
        stories = Article.objects.published().in_categories(tree.ids_below(category))
        return category.name, category.description, category.get_absolute_url(), _newest(stories)


class TagFeed(StoryFeed):
    def narrow(self, slug, tree):
        stories = _newest(Article.objects.published().tagged(Tag.objects.filter(slug=slug)[:1]))
        tag = _with_slug(slug, (tag for story in stories for tag in story.tags.all()))
        return tag.name, tag.description, tag.get_absolute_url(), stories


class AuthorFeed(StoryFeed):
    def narrow(self, slug, tree):
        asked = Author.objects.filter(slug=slug)[:1]
        stories = _newest(Article.objects.published().by_author(asked))
        bylines = (byline for story in stories for byline in story.bylines.all())
        author = _with_slug(slug, (byline.author for byline in bylines))
        return author.name, author.bio, author.get_absolute_url(), stories


def _newest(stories):
    """The newest of `stories` (a queryset), with everything an item says: three queries."""
    stories = stories.newest_first().select_related("header_image").with_bylines()
    return list(stories.prefetch_related("tags")[:FEED_SIZE])


def _with_slug(slug, things):
    """The tag or author of that slug among those the stories carry, so that nobody asks again."""
    for thing in things:
        if thing.slug == slug:
            return thing
    raise Http404("There is nothing to read here.")


def _with_pictures(stories):
    """The stories, each with what is shown of the pictures in all texts: one query."""
    shown = picturing.shown_in(*(story.body for story in stories))
    for story in stories:
        story.shown_pictures = shown
    return stories


def _picture(story):
    """What Media RSS says of a header picture that is ours, in a format for every feed reader."""
    image = story.header_image
    file = file_of(image, recipes.WIDE) if image and not image.is_remote else None
    if file is None or file.media_type == recipes.MEDIA_TYPES[recipes.AVIF]:
        return None
    facts = {"url": file.address, "type": file.media_type}
    facts |= {"width": file.width, "height": file.height}
    return facts | {"caption": story.picture_caption, "credit": story.picture_credit}


def _content(story):
    """The whole story as HTML: what the page shows, with absolute addresses."""
    address = absolute(story.get_absolute_url())
    context = {
        "article": story,
        "picture": file_of(lead_of(story), otherwise=story.title),
        "source_address": web_address(story.source_url),
        "canonical_address": web_address(story.canonical_url),
    }
    head = render_to_string("articles/_feed_head.html", context)
    foot = render_to_string("articles/_feed_foot.html", context)
    body = rendering.render_for_feed(
        story.body, base_url=address, pictures=story.shown_pictures, is_paid=story.sponsored
    )
    return head + body + foot
