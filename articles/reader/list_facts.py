"""What each kind of list says to machines: which descriptions stand on its page."""

from articles.reader.frame import way_to
from articles.reader.structured_data import (
    block,
    collection_page,
    news_organisation,
    profile_page,
    web_site,
)


def list_facts(context: dict) -> list[dict]:
    """The structured data of a page with the `context` of a list: front, category, author, other.

    Older pages of the front and of an author are plain collections.
    """
    is_newest = not context.get("newest")
    if is_newest and "author" in context:
        profile = profile_page(context["author"], context["outlet"], language=context["language"])
        return block(profile, *way_to(context))
    if is_newest and "heading" not in context:
        outlet = context["outlet"]
        site = web_site(outlet, language=context["language"])
        return block(news_organisation(outlet), site)
    return block(*_collection(context))


def _collection(context: dict) -> list[dict]:
    outlet = context["outlet"]
    page = collection_page(
        context["stories"],
        address=context["canonical"],
        name=context.get("heading") or outlet.name,
        description=context.get("description") or "",
        language=context["language"],
    )
    return [page, *way_to(context)]
