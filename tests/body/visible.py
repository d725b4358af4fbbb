"""What a reader of some HTML sees, by another parser than the project's: the tests' yardstick."""

import re
from collections import Counter

import html5lib

from articles.body.facts import REVEALED_KINDS, TEXT_KINDS
from articles.body.tidying import TidiedBody

_UNSEEN = frozenset(
    {"script", "style", "template", "iframe", "video", "audio", "object", "svg", "annotation"}
)
_HIDDEN = re.compile(r"display\s*:\s*none")
_INVISIBLE = re.compile("[\\s\u200b\u2060\ufeff\u00ad]")


def visible_text(html: str) -> str:
    """The text a browser would show, in document order."""
    tree = html5lib.parse(f"<!doctype html><body>{html}", namespaceHTMLElements=False)
    out: list[str] = []
    _collect(tree, out)
    return "".join(out)


def _collect(element, out: list[str]) -> None:
    name = element.tag if isinstance(element.tag, str) else ""
    seen = name and name.rpartition("}")[2] not in _UNSEEN and not _is_hidden(element)
    if seen and not _is_embed(element):
        out.append(element.text or "")
    for child in element if seen else ():
        label = _is_embed(element) and child.tag == "a"
        if not label:
            _collect(child, out)
        out.append(child.tail or "")


def _is_embed(element) -> bool:
    return element.tag == "figure" and "data-embed" in element.attrib


def _is_hidden(element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.attrib.get("style", "")))


def characters(*texts: str) -> Counter:
    """How often each character occurs, white space and invisible ones aside."""
    return Counter(_INVISIBLE.sub("", "".join(texts)))


def characters_before(html: str, tidied: TidiedBody) -> Counter:
    """What readers of the source saw, and what a browser hid from them but we show."""
    revealed = (one.text for one in tidied.dropped if one.kind in REVEALED_KINDS)
    return characters(visible_text(html), *revealed)


def characters_after(tidied: TidiedBody) -> Counter:
    """What is kept, set apart and left out by name, together."""
    return characters(
        *(visible_text(part) for part in (tidied.html, tidied.header_caption)),
        visible_text(tidied.header_credit),
        *(fact.text for fact in tidied.facts),
        *(one.text for one in tidied.dropped if one.kind in TEXT_KINDS),
    )
