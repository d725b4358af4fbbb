"""A story in structured data."""

from collections.abc import Iterable

from django.utils import timezone

from articles.body import text
from articles.models import Article, Byline, Outlet
from articles.reader.addresses import absolute, web_address
from articles.reader.pictures import PictureFile
from articles.reader.structured_data import people, pictures
from articles.reader.structured_data.blocks import known

SUMMARY_LENGTH = 120  # characters
LONGEST_HEADLINE = 110  # characters; Google's documentation of articles names that limit
#: what a kind of story is beside news; `@type` says NewsArticle of all of them, which every reader
#: of structured data knows, and a `ReviewNewsArticle` by type would be asked for a rating
_ALSO = {
    Article.Kind.ANALYSIS: "AnalysisNewsArticle",
    Article.Kind.OPINION: "OpinionNewsArticle",
    Article.Kind.REVIEW: "ReviewNewsArticle",
}
_PAID = "AdvertiserContentArticle"
#: property of a creative work -> the roles of a byline whose people it names
_ROLES = {
    "author": frozenset({Byline.Role.AUTHOR, Byline.Role.COMPILER}),
    "editor": frozenset({Byline.Role.EDITOR}),
    "contributor": frozenset({Byline.Role.PHOTOGRAPHER}),
}
#: what is said of the use of AI (https://schema.org/IPTCDigitalSourceEnumeration)
_DIGITAL_SOURCES = {
    Article.AiDisclosure.ASSISTED: "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    Article.AiDisclosure.GENERATED: "TrainedAlgorithmicMediaDigitalSource",
}


def news_article(
    article: Article, outlet: Outlet, *, language: str, cards: Iterable[PictureFile] = ()
) -> dict:
    """The page of `article`, as https://schema.org/NewsArticle.

    Needs `header_image`, `bylines` with authors and `tags` loaded and the `breadcrumb` given by
    the category tree. `language`: as BCP 47 writes it. `cards`: what stands for the story where
    it has no picture. Follows
    https://developers.google.com/search/docs/appearance/structured-data/article.
    """
    address = absolute(article.get_absolute_url())
    facts = {
        "@type": "NewsArticle",
        "additionalType": _also(article),
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "headline": _headline(article),
        "alternativeHeadline": article.short_title,
        "description": article.seo_description or summary(article),
        **_pictures(article, outlet, cards),
        "datePublished": _published(article),
        "dateModified": _modified(article),
        **_credits(article, outlet),
        "articleSection": [category.name for category in article.breadcrumb],
        "keywords": [tag.name for tag in article.tags.all()],
        "inLanguage": language,
        "wordCount": article.character_count,
        "timeRequired": f"PT{article.reading_minutes or 1}M",
        "isAccessibleForFree": True,
        **_origin(article),
    }
    return known(facts)


def summary(article: Article) -> str:
    """What a story says in a sentence or two: its standfirst, or else how its text begins."""
    return article.standfirst or text.excerpt(article.body, length=SUMMARY_LENGTH)


def _headline(article: Article) -> str:
    if len(article.title) <= LONGEST_HEADLINE:
        return article.title
    return article.short_title or article.title[: LONGEST_HEADLINE - 1] + "…"


def _also(article: Article) -> str:
    name = _PAID if article.sponsored else _ALSO.get(article.kind)
    return f"https://schema.org/{name}" if name else ""


def _pictures(article: Article, outlet: Outlet, cards: Iterable[PictureFile]) -> dict:
    found = pictures.of_story(article, outlet)
    found = found or [pictures.of_file(card) for card in cards]
    square = found[-1]["url"] if len(found) > 1 else ""
    return {"image": found, "thumbnailUrl": square}


def _credits(article: Article, outlet: Outlet) -> dict:
    us = people.publisher(outlet)
    named = {name: _signed(article, roles) for name, roles in _ROLES.items()}
    return named | {"author": named["author"] or [us], "publisher": us}


def _signed(article: Article, roles: frozenset[str]) -> list[dict]:
    """Whoever has one of `roles` in the byline, each once and in order."""
    found = dict.fromkeys(b.author for b in article.bylines.all() if b.role in roles)
    return [people.author(author) for author in found]


def _origin(article: Article) -> dict:
    """Whose words they are, and what made them (https://schema.org/CreativeWork)."""
    is_ours = article.licence == Article.Licence.ORIGINAL
    source = _DIGITAL_SOURCES.get(article.ai_disclosure)
    return {
        "isBasedOn": _sources(article, is_ours=is_ours),
        "creditText": article.source_name,
        "copyrightHolder": {"@id": people.outlet_id()} if is_ours else {},
        "copyrightYear": timezone.localtime(article.published_at).year if is_ours else None,
        "digitalSourceType": f"https://schema.org/{source}" if source else "",
    }


def _sources(article: Article, *, is_ours: bool) -> str | list[str]:
    """Where what it is made of stands: its source, and the original of what is not ours."""
    original = "" if is_ours else article.canonical_url
    found = list(dict.fromkeys(filter(None, map(web_address, (article.source_url, original)))))
    return found[0] if len(found) == 1 else found


def _published(article: Article) -> str:
    """The time in the outlet's zone, or the day where that is all we know (ISO 8601)."""
    moment = timezone.localtime(article.published_at)
    if not article.published_time_known:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")


def _modified(article: Article) -> str:
    """The last substantial change; the publication where there was none after it."""
    if article.modified_at and article.modified_at > article.published_at:
        return timezone.localtime(article.modified_at).isoformat(timespec="seconds")
    return _published(article)
