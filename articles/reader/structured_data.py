"""What a story's page says to machines, in the words of schema.org."""

from django.utils import timezone

from articles.body import text
from articles.images import recipes
from articles.images.models import Image
from articles.models import Article, Author, Outlet
from articles.reader.addresses import absolute, web_address
from articles.reader.pictures import file_of

SUMMARY_LENGTH = 120  # characters
# The shapes that https://developers.google.com/search/docs/appearance/structured-data/article asks
# for, so that each place can take the one that fits.
_SHAPES = (recipes.WIDE, recipes.CLASSIC, recipes.SQUARE)


def news_article(article: Article, outlet: Outlet) -> dict:
    """The page of `article` as a schema.org NewsArticle, ready for JSON.

    Needs `header_image`, `bylines` with authors and `tags` loaded and the `breadcrumb` given by
    the category tree. Follows https://schema.org/NewsArticle and
    https://developers.google.com/search/docs/appearance/structured-data/article. Facts we do not
    have are left out.
    """
    address = absolute(article.get_absolute_url())
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "headline": article.title,
        "description": article.seo_description or summary(article),
        "image": _pictures(article.header_image),
        "datePublished": _published(article),
        "dateModified": _modified(article),
        **_credits(article, outlet),
        "articleSection": [category.name for category in article.breadcrumb],
        "keywords": [tag.name for tag in article.tags.all()],
        "wordCount": article.character_count,
        "isAccessibleForFree": True,
        "isBasedOn": web_address(article.source_url),
    }
    return {name: value for name, value in facts.items() if value not in ("", [], None)}


def summary(article: Article) -> str:
    """What a story says in a sentence or two: its standfirst, or else how its text begins."""
    return article.standfirst or text.excerpt(article.body, length=SUMMARY_LENGTH)


def _credits(article: Article, outlet: Outlet) -> dict:
    return {
        "author": [_author(author) for author in _writers(article)] or [_publisher(outlet)],
        "editor": [_author(b.author) for b in _bylines(article) if b.role == "editor"],
        "publisher": _publisher(outlet),
    }


def _bylines(article: Article) -> list:
    return list(article.bylines.all())


def _writers(article: Article) -> list[Author]:
    """Whoever wrote or compiled it, each once and in order."""
    writing = {"author", "compiler"}
    return list(dict.fromkeys(b.author for b in _bylines(article) if b.role in writing))


def _author(author: Author) -> dict:
    kind = "Person" if author.kind == Author.Kind.PERSON else "Organization"
    return {"@type": kind, "name": author.name, "url": absolute(author.get_absolute_url())}


def _publisher(outlet: Outlet) -> dict:
    facts = {
        "@type": "NewsMediaOrganization",
        "name": outlet.name,
        "legalName": outlet.legal_name,
        "url": absolute("/"),
        "foundingDate": outlet.founded_on.isoformat() if outlet.founded_on else "",
        "logo": picture(outlet.logo),
    }
    return {name: value for name, value in facts.items() if value}


def _pictures(image: Image | None) -> list[dict]:
    """The picture in every shape there is of it; a file that stands for several is named once."""
    found = filter(None, (picture(image, crop) for crop in _SHAPES))
    return list({each["url"]: each for each in found}.values())


def picture(image: Image | None, crop: str = recipes.FULL) -> dict | None:
    """An image as a schema.org ImageObject with its absolute address; None if there is no file."""
    file = file_of(image, crop)
    if file is None:
        return None
    facts = {
        "@type": "ImageObject",
        "url": file.address,
        "width": file.width,
        "height": file.height,
        "caption": image.caption,
        "creditText": image.credit,
    }
    return {name: value for name, value in facts.items() if value}


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
