"""The canonical address: where the original stands, which is never the story's own page."""

from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from articles.body.traditional import PREFIX
from articles.models import Article, Snapshot

_DEFAULT_PORTS = {80, 443, None}


def without_own(article: Article, snapshot: Snapshot) -> Snapshot:
    """`snapshot` without a canonical address that leads to the saved `article` itself."""
    if is_own(article, snapshot.canonical_url):
        return snapshot.changed(canonical_url="")
    return snapshot


def is_own(article: Article, address: str) -> bool:
    """Whether `address` leads to `article`: with any slug or none, in any script, by any scheme."""
    try:
        parts = urlsplit(address.strip())
        is_here = _place(parts) == _place(urlsplit(settings.SITE_URL))
    except ValueError:
        return False
    own = {_story(article.get_absolute_url()), _story(article.get_short_url())}
    return is_here and _story(parts.path) in own


def _place(parts: SplitResult) -> tuple[str | None, int | None]:
    """Host and port; the scheme's own port is none."""
    port = parts.port
    return parts.hostname, None if port in _DEFAULT_PORTS else port


def _story(path: str) -> tuple[str, ...]:
    """What names the story in a path of one: `/articles/42/…` or `/a/42/`."""
    parts = path.removeprefix(PREFIX.rstrip("/")).split("/")
    return tuple(part for part in parts if part)[:2]
