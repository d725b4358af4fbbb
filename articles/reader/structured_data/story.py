"""A story in structured data."""

from django.utils import timezone

from articles.body import text
from articles.models import Article, Author, Outlet
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
#: what is said of the use of AI (https://schema.org/IPTCDigitalSourceEnumeration)
_DIGITAL_SOURCES = {
    Article.AiDisclosure.ASSISTED: "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    Article.AiDisclosure.GENERATED: "TrainedAlgorithmicMediaDigitalSource",
}


def news_article(
    article: Article, outlet: Outlet, *, language: str, card: PictureFile | None = None
) -> dict:
    """The page of `article`, as https://schema.org/NewsArticle.

    Needs `header_image`, `bylines` with authors and `tags` loaded and the `breadcrumb` given by
    the category tree. `language`: as BCP 47 writes it. `card`: what stands for the story where it
    has no picture. Follows
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
        **_pictures(article, card),
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


def _pictures(article: Article, card: PictureFile | None) -> dict:
    found = pictures.in_every_shape(article.header_image)
    if not found and card:
        found = [pictures.of_file(card)]
    return {"image": found, "thumbnailUrl": found[-1]["url"] if found else ""}


def _credits(article: Article, outlet: Outlet) -> dict:
    us = people.publisher(outlet)
    return {
        "author": [people.author(author) for author in _writers(article)] or [us],
        "editor": [people.author(b.author) for b in _bylines(article) if b.role == "editor"],
        "publisher": us,
    }


def _bylines(article: Article) -> list:
    return list(article.bylines.all())


def _writers(article: Article) -> list[Author]:
    """Whoever wrote or compiled it, each once and in order."""
    writing = {"author", "compiler"}
    return list(dict.fromkeys(b.author for b in _bylines(article) if b.role in writing))


def _origin(article: Article) -> dict:
    """Whose words they are, and what made them (https://schema.org/CreativeWork)."""
    is_ours = article.licence == Article.Licence.ORIGINAL
    source = _DIGITAL_SOURCES.get(article.ai_disclosure)
    return {
        "isBasedOn": web_address(article.source_url),
        "creditText": article.source_name,
        "copyrightHolder": {"@id": people.outlet_id()} if is_ours else {},
        "copyrightYear": timezone.localtime(article.published_at).year if is_ours else None,
        "digitalSourceType": f"https://schema.org/{source}" if source else "",
    }


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
