"""Who writes and who publishes, in structured data."""

from django.templatetags.static import static
from django.urls import reverse

from articles.models import Author, Outlet, Page
from articles.reader.addresses import absolute, accounts, web_address
from articles.reader.structured_data import pictures
from articles.reader.structured_data.blocks import known

_OUTLET = "NewsMediaOrganization"
#: the purpose of a page -> the property of an organisation that leads to it
_POLICIES = {
    Page.Purpose.PRINCIPLES: "publishingPrinciples",
    Page.Purpose.CORRECTIONS: "correctionsPolicy",
}


def author(author: Author) -> dict:
    """Somebody in a byline: https://schema.org/Person or https://schema.org/Organization."""
    is_person = author.kind == Author.Kind.PERSON
    face = pictures.address(author.portrait)
    facts = {
        "@type": "Person" if is_person else "Organization",
        "name": author.name,
        "url": absolute(author.get_absolute_url()),
        "jobTitle": author.position if is_person else "",
        "image" if is_person else "logo": face,
        "sameAs": _elsewhere(web_address(author.website), author.links),
    }
    return known(facts)


def profile_page(of: Author, outlet: Outlet, *, language: str) -> dict:
    """The page of an author, as https://schema.org/ProfilePage.

    https://developers.google.com/search/docs/appearance/structured-data/profile-page
    """
    whose = author(of) | {"description": of.bio}
    if of.in_house and of.kind == Author.Kind.PERSON:
        whose["worksFor"] = {"@type": _OUTLET, "@id": outlet_id(), "name": outlet.name}
    address = absolute(of.get_absolute_url())
    facts = {"@type": "ProfilePage", "@id": address, "url": address, "inLanguage": language}
    return facts | {"mainEntity": known(whose)}


def outlet_id() -> str:
    """The name by which everything we say means the outlet itself."""
    return absolute("/#outlet")


def publisher(outlet: Outlet) -> dict:
    """The outlet as the publisher of a story (https://schema.org/NewsMediaOrganization)."""
    facts = {
        "@type": _OUTLET,
        "@id": outlet_id(),
        "name": outlet.name,
        "legalName": outlet.legal_name,
        "url": absolute(reverse("front")),
        "logo": pictures.picture(outlet.logo) or _icon(),
    }
    return known(facts)


def _icon() -> dict:
    """What stands for the outlet where it has no logo: the icon of the site."""
    return {"@type": "ImageObject", "url": absolute(static("newsroom/img/icon.svg"))}


def news_organisation(outlet: Outlet) -> dict:
    """All that the outlet says of itself (https://schema.org/NewsMediaOrganization).

    Needs its `pages`, whose purposes say which policy stands where
    (https://developers.google.com/search/docs/appearance/structured-data/organization).
    """
    stated = {page.purpose: absolute(page.address) for page in outlet.pages}
    facts = publisher(outlet) | {
        "slogan": outlet.tagline,
        "description": outlet.description,
        "foundingDate": outlet.founded_on.isoformat() if outlet.founded_on else "",
        "contactPoint": _contact(outlet, stated.get(Page.Purpose.CONTACT, "")),
        "sameAs": _elsewhere("", outlet.social_accounts),
    }
    return known(facts | {name: stated.get(purpose) for purpose, name in _POLICIES.items()})


def web_site(outlet: Outlet, *, language: str) -> dict:
    """The site and how it is searched (https://schema.org/WebSite, https://schema.org/SearchAction).

    The name is what https://developers.google.com/search/docs/appearance/site-names asks for.
    """
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": absolute(reverse("search")) + "?q={search_term_string}",
        },
        "query-input": "required name=search_term_string",
    }
    facts = {
        "@type": "WebSite",
        "@id": site_id(),
        "url": absolute(reverse("front")),
        "name": outlet.name,
        "description": outlet.description or outlet.tagline,
        "inLanguage": language,
        "publisher": {"@id": outlet_id()},
        "potentialAction": search,
    }
    return known(facts)


def site_id() -> str:
    """The name by which everything we say means the site, which is another in each script."""
    return absolute(f"{reverse('front')}#site")


def _contact(outlet: Outlet, page: str) -> dict:
    """How to reach the outlet, as https://schema.org/ContactPoint; empty if nobody says."""
    reached = known({"email": outlet.contact_email, "url": page})
    kind = {"@type": "ContactPoint", "contactType": "newsroom"}
    return kind | reached if reached else {}


def _elsewhere(website: str, links: object) -> list[str]:
    addresses = [website, *(address for _name, address in accounts(links))]
    return list(dict.fromkeys(a for a in addresses if a.startswith("http")))
