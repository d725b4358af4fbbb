"""Lists of stories, and the way to a page, in structured data."""

from collections.abc import Iterable

from articles.models import Article, Category, Outlet
from articles.reader.addresses import absolute
from articles.reader.structured_data.blocks import known
from articles.reader.structured_data.people import site_id


def breadcrumb_list(outlet: Outlet, categories: Iterable[Category], *, last: str = "") -> dict:
    """The way from the front page down (https://schema.org/BreadcrumbList).

    `last`: the title of the page itself, where it is no category; it needs no address
    (https://developers.google.com/search/docs/appearance/structured-data/breadcrumb).
    """
    places = [(outlet.name, absolute("/"))]
    places += [(each.name, absolute(each.get_absolute_url())) for each in categories]
    places += [(last, "")] if last else []
    steps = [
        known({"@type": "ListItem", "position": number, "name": name, "item": address})
        for number, (name, address) in enumerate(places, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def collection_page(
    stories: Iterable[Article], *, address: str, name: str, description: str, language: str
) -> dict:
    """A page of a list, as https://schema.org/CollectionPage with an https://schema.org/ItemList.

    `address`: the canonical one of this page of the list.
    """
    items = [
        {"@type": "ListItem", "position": number, "url": absolute(story.get_absolute_url())}
        for number, story in enumerate(stories, start=1)
    ]
    facts = {
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": name,
        "description": description,
        "inLanguage": language,
        "isPartOf": {"@id": site_id()},
        "mainEntity": {"@type": "ItemList", "itemListElement": items} if items else {},
    }
    return known(facts)
