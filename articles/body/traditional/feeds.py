"""Feeds in Traditional Chinese: RSS and Atom, with the HTML in them."""

import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, unescape

from articles.body.traditional import markup
from articles.body.traditional.wording import Wording

# Elements whose text is HTML (escaped, or in a CDATA section), and those that say nothing.
_HTML = frozenset({"content:encoded", "description", "summary", "content"})
_NAMING = frozenset(
    {
        "link",
        "guid",
        "url",
        "id",
        "uri",
        "email",
        "pubDate",
        "lastBuildDate",
        "updated",
        "published",
        "language",
        "docs",
        "ttl",
        "generator",
        "comments",
        "width",
        "height",
    }
)
_PIECE = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?P<cdata>.*?)\]\]>"
    r"|<(?P<end>/)?(?P<name>[^\s/<>!?]++)(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+(?P<empty>(?<=/))?>"
    r"|(?P<text>[^<]++)",
    re.DOTALL,
)
_LABEL = re.compile(r"(?P<before>\s(?:title|label|text|term)\s*=\s*)\"(?P<value>[^\"]*)\"")
_CDATA_END = "]]>"


def converted(
    text: str, wording: Wording, *, address_of: Callable[[str], str] = lambda address: address
) -> str:
    """A feed in the script of `wording`; addresses, times and everything after a defect stay.

    `address_of` says where links in its HTML lead.
    """

    def html(content: str) -> str:
        return markup.converted(content, wording, address_of=address_of)

    return "".join(_pieces(text, wording, html))


def _pieces(text: str, wording: Wording, html: Callable[[str], str]) -> Iterator[str]:
    name, position = "", 0
    while found := _PIECE.match(text, position):
        position = found.end()
        if found["name"]:
            name = "" if found["end"] or found["empty"] else found["name"]
            yield _LABEL.sub(lambda each: _label(each, wording), found[0])
        elif name in _NAMING:
            yield found[0]
        elif found["cdata"] is not None:
            said = html(found["cdata"]) if name in _HTML else wording.plain(found["cdata"])
            yield f"<![CDATA[{said.replace(_CDATA_END, ']]]]><![CDATA[>')}]]>"
        elif found["text"]:
            yield _said(found["text"], name, wording, html)
        else:
            yield found[0]
    yield text[position:]


def _said(text: str, name: str, wording: Wording, html: Callable[[str], str]) -> str:
    if name not in _HTML:
        return wording.escaped(text)
    return escape(html(unescape(text, {"&quot;": '"', "&apos;": "'"})))


def _label(found: re.Match, wording: Wording) -> str:
    return f'{found["before"]}"{wording.escaped(found["value"])}"'
