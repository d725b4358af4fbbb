"""The page of one story: for readers, and for those who may look at it before them."""

from articles.body import headings
from articles.images import recipes
from articles.reader import cards, frame, pictures, structured_data
from articles.reader.addresses import absolute, web_address
from articles.reader.author_box import credited
from articles.reader.category_tree import CategoryTree
from articles.reader.related import Neighbours

_ENOUGH_HEADINGS = 4  # for a table of contents
_ALONE = Neighbours()


def story_page(
    request,
    story,
    template="articles/detail.html",
    context=None,
    *,
    tree=None,
    neighbours=_ALONE,
):
    """Render `story`, an Article with its header picture, bylines (authors too) and tags loaded.

    It need not have a row: nothing is asked of it but what is there already.
    """
    tree = tree or CategoryTree()
    tree.place([story, *neighbours.coverage, *neighbours.related])
    facts = {
        "article": story,
        "authors": credited(story),
        "contents": _contents(story),
        "updated": _updated(story),
        "published_first": _published_first(story),
        "short_address": absolute(story.get_short_url()),
        "canonical_address": web_address(story.canonical_url),
        "coverage": neighbours.coverage,
        "related": neighbours.related,
        "channel": next(iter(story.breadcrumb), None),
        "lead": pictures.lead_of(story),
        "source_address": web_address(story.source_url),
        "canonical": web_address(story.canonical_url) or absolute(story.get_absolute_url()),
    }
    response = frame.page(request, template, facts | (context or {}), tree=tree)
    response.context_data |= _told(story, response.context_data)
    return response


def _contents(story):
    found = headings.contents(story.rendered_body)
    return found if len(found) >= _ENOUGH_HEADINGS else ()


def _told(story, context):
    """What machines are told: search engines, and social sites where a link is shared."""
    outlet, language = context["outlet"], context["language"]
    card = cards.card_of_story(story, outlet)
    shapes = cards.cards_of_story(story, outlet)
    told = structured_data.news_article(story, outlet, language=language, cards=shapes)
    way = structured_data.breadcrumb_list(outlet, _steps(story), last=story.title)
    shared = pictures.file_of(story.header_image, recipes.SOCIAL, otherwise=story.title)
    if shared is None or not shared.is_large:
        shared = card or shared or context["shared_picture"]
    return {
        "facts": told,
        "structured_data": structured_data.block(told, way),
        "shared_picture": shared,
    }


def _steps(story):
    return [(category.name, category.get_absolute_url()) for category in story.breadcrumb]


def _updated(story):
    """When it was changed in substance after readers had it; None if it was not."""
    is_later = story.modified_at is not None and story.modified_at > story.published_at
    return story.modified_at if is_later else None


def _published_first(story):
    """When readers first had it, where that is not the time of publication; None where it is."""
    first = story.first_published_at
    return first if first != story.published_at else None
