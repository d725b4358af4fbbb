"""Lists of stories, and the way to a page, in structured data."""

from collections.abc import Iterable

from django.urls import reverse

from articles.models import Article, Outlet, Page
from articles.reader.addresses import absolute
from articles.reader.structured_data.blocks import known
from articles.reader.structured_data.people import site_id


def breadcrumb_list(outlet: Outlet, way: Iterable[tuple[str, str]], *, last: str = "") -> dict:
    """The way from the front page down (https://schema.org/BreadcrumbList).

    `way`: the name and path of each step. `last`: the title of the page itself, where no step is
    it; it needs no address
    (https://developers.google.com/search/docs/appearance/structured-data/breadcrumb).
    """
    places = [(outlet.name, reverse("front")), *way]
    places = [(name, absolute(path)) for name, path in places]
    places += [(last, "")] if last else []
    steps = [
        known({"@type": "ListItem", "position": number, "name": name, "item": address})
        for number, (name, address) in enumerate(places, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


#: the purpose of a simple page -> what schema.org calls one
_KINDS = {Page.Purpose.ABOUT: "AboutPage", Page.Purpose.CONTACT: "ContactPage"}


def web_page(
    *, address: str, name: str, description: str, language: str, purpose: str = ""
) -> dict:
    """A page that is nothing more special (https://schema.org/WebPage, AboutPage, ContactPage)."""
    facts = {
        "@type": _KINDS.get(purpose, "WebPage"),
        "@id": address,
        "url": address,
        "name": name,
        "description": description,
        "inLanguage": language,
        "isPartOf": {"@id": site_id()},
    }
    return known(facts)


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
    page = web_page(address=address, name=name, description=description, language=language)
    listed = {"@type": "ItemList", "itemListElement": items} if items else {}
    return known(page | {"@type": "CollectionPage", "mainEntity": listed})
