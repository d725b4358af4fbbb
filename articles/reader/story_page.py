"""The page of one story: for readers, and for those who may look at it before them."""

from articles.body import headings
from articles.images import recipes
from articles.reader import frame, pictures, structured_data
from articles.reader.addresses import absolute, web_address
from articles.reader.category_tree import CategoryTree

_ENOUGH_HEADINGS = 4  # for a table of contents


def story_page(request, story, template="articles/detail.html", context=None):
    """Render `story`, an Article with its header picture, bylines (authors too) and tags loaded.

    It need not have a row: nothing is asked of it but what is there already.
    """
    tree = CategoryTree()
    tree.place([story])
    facts = {
        "article": story,
        "contents": _contents(story),
        "lead": pictures.lead_of(story),
        "shared_picture": pictures.file_of(
            story.header_image, recipes.SOCIAL, otherwise=story.title
        ),
        "source_address": web_address(story.source_url),
        "canonical": web_address(story.canonical_url) or absolute(story.get_absolute_url()),
    }
    response = frame.page(request, template, facts | (context or {}), tree=tree)
    outlet, language = response.context_data["outlet"], response.context_data["language"]
    told = structured_data.news_article(story, outlet, language=language)
    way = structured_data.breadcrumb_list(outlet, story.breadcrumb, last=story.title)
    response.context_data |= {"facts": told, "structured_data": structured_data.block(told, way)}
    return response


def _contents(story):
    found = headings.contents(story.rendered_body)
    return found if len(found) >= _ENOUGH_HEADINGS else ()
