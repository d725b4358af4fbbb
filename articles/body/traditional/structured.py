"""Data for machines in Traditional Chinese: JSON-LD in a page, JSON feeds and manifests."""

import json
from collections.abc import Callable

from articles.body.traditional.wording import Wording

# Strings that name something instead of saying something: addresses, times, languages, kinds.
_NAMING = frozenset(
    {
        "id",
        "url",
        "home_page_url",
        "feed_url",
        "next_url",
        "external_url",
        "sameAs",
        "contentUrl",
        "embedUrl",
        "thumbnailUrl",
        "urlTemplate",
        "target",
        "item",
        "isBasedOn",
        "mainEntityOfPage",
        "discussionUrl",
        "inLanguage",
        "language",
        "lang",
        "email",
        "telephone",
        "icon",
        "favicon",
        "image",
        "src",
        "start_url",
        "scope",
        "duration",
        "encodingFormat",
        "datePublished",
        "dateModified",
        "dateCreated",
        "uploadDate",
        "date_published",
        "date_modified",
        "publishingPrinciples",
        "correctionsPolicy",
        "ethicsPolicy",
        "license",
        "acquireLicensePage",
        "query-input",
    }
)
_HTML = "content_html"  # https://www.jsonfeed.org/version/1.1/
# The escapes of `json_script` in Django: JSON that cannot end the element around it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data(
    text: str, wording: Wording, *, html: Callable[[str], str] | None = None
) -> str:
    """JSON with its strings in the script of `wording`; as it is if it cannot be read.

    Keys stay, and so do the strings under keys that hold addresses, times and kinds. `html`
    converts the strings that hold HTML.
    """
    try:
        value = _told(json.loads(text), wording, html or wording.plain)
    except (ValueError, RecursionError):
        return text
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.translate(_ESCAPES)


def _told(value: object, wording: Wording, html: Callable[[str], str], key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _told(each, wording, html, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_told(each, wording, html, key) for each in value]
    if not isinstance(value, str) or key.startswith("@") or key in _NAMING:
        return value
    return html(value) if key == _HTML else wording.plain(value)
