"""Removes what a source's page put around and into an article that is not the article."""

import re

from lxml import etree

from articles.body.links import clean_link, is_share_link
from articles.body.paragraphs import Source
from articles.body.trees import text_of

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_B, _E = r"(?:^|[\s_-])(?:", r")(?:$|[\s_-])"
#: class or id -> kind of what is dropped; the first that fits
_NAMED = (
    ("share", re.compile(_B + r"share|sharing|social|sns|bdsharebuttonbox" + _E)),
    (
        "advertisement",
        re.compile(_B + r"ad|ads|adv|advert|advertisement|adsbygoogle|guanggao|sponsored" + _E),
    ),
    ("promotion", re.compile(_B + r"recommend|recommended|related|promo|promotion|tuijian" + _E)),
    (
        "furniture",
        re.compile(
            _B + r"reward|donate|dashang|support-author|content-action|action-list|article-side|"
            r"toolbar|breadcrumb|pagination|qr-?code|el-popover|comment-list|comments-area|"
            r"newsletter|subscribe-box|like-btn|btn-like|praise-btn" + _E
        ),
    ),
)
_TAG_LIST = re.compile(_B + r"bqian|tags|tag-list|taglist|post-tags|article-tags|entry-tags" + _E)
_CONTROLS = frozenset({"button", "select", "textarea", "input"})
_SEPARATORS = re.compile(r"[\s|｜·•/,，、]+")
_MOST = 0.4
_STARTING_BLOCKS = 2


def remove_furniture(root: etree._Element, source: Source) -> None:
    """Take hidden blocks, controls, share and tip boxes, ad boxes, promotions and tag lists out.

    Every visible word of them is entered in the ledger; tags become facts. A box that holds a
    large part of the whole text is the article, whatever it is called.
    """
    whole = len("".join(root.itertext()))
    _clear(root, source, whole)
    _drop_leading_promotion(root, source)


def _clear(parent: etree._Element, source: Source, whole: int) -> None:
    for element in list(parent):
        kind = _kind_of(element)
        if kind in {"button", "fallback"} or (kind and _is_small(element, whole)):
            _take_out(element, kind, source)
        else:
            _clear(element, source, whole)


def _is_small(element: etree._Element, whole: int) -> bool:
    return len("".join(element.itertext())) <= _MOST * whole


def _kind_of(element: etree._Element) -> str:
    if not isinstance(element.tag, str):
        return ""
    if element.tag in _CONTROLS:
        return "button"
    if element.tag == "noscript":
        return "fallback"
    if "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
        return "hidden"
    names = f"{element.get('class', '')} {element.get('id', '')}".strip().lower()
    if not names or element.tag in {"img", "table", "td", "tr", "tbody", "code", "pre"}:
        return ""
    if _TAG_LIST.search(names) and _is_all_links(element):
        return "tag"
    return next((kind for kind, pattern in _NAMED if pattern.search(names)), "")


def _is_all_links(element: etree._Element) -> bool:
    linked = "".join("".join(link.itertext()) for link in element.iter("a"))
    return bool(linked) and _bare(linked) == _bare("".join(element.itertext()))


def _bare(text: str) -> str:
    return _SEPARATORS.sub("", text)


def _take_out(element: etree._Element, kind: str, source: Source) -> None:
    if kind == "tag":
        _state_tags(element, source)
    elif kind == "fallback":
        _keep_pictures(element, source)
        return
    else:
        source.ledger.drop(kind, text_of(element))
        source.refused.extend(image.get("src", "") for image in element.iter("img"))
    element.drop_tree()


def _state_tags(element: etree._Element, source: Source) -> None:
    for link in element.iter("a"):
        source.ledger.state("tag", text_of(link), clean_link(link.get("href", "")))
    loose = [element.text or "", *(link.tail or "" for link in element.iter("a"))]
    source.ledger.drop("separator", " ".join(loose))


def _keep_pictures(element: etree._Element, source: Source) -> None:
    """`<noscript>`: its pictures are the real ones unless one like them has just been shown."""
    source.ledger.drop("fallback", text_of(element))
    previous = element.getprevious()
    if previous is not None and (previous.tag == "img" or previous.find(".//img") is not None):
        element.drop_tree()
        return
    images = list(element.iter("img"))
    element.text = None
    for image in images:
        image.tail = None
    element[:] = images
    element.tag = "div"


def _drop_leading_promotion(root: etree._Element, source: Source) -> None:
    """A list before all text whose every word is a sponsored link belongs to the source's shop."""
    first = next((one for one in root.iter("ul", "ol", "p", "img", "h1", "h2", "h3")), None)
    if first is None or first.tag not in {"ul", "ol"} or not _is_all_links(first):
        return
    links = list(first.iter("a"))
    sponsored = all("nofollow" in (link.get("rel") or "") for link in links)
    if sponsored or all(is_share_link(clean_link(link.get("href", ""))) for link in links):
        source.ledger.drop("promotion", text_of(first))
        first.drop_tree()
