"""From a stored body to the HTML readers and feed readers get."""

import re
from types import MappingProxyType
from urllib.parse import urljoin

from django.utils.translation import gettext as _
from lxml import etree

from articles.body import colouring, embeds, headings, notes
from articles.body.illustrating import (
    Pictures,
    illustrate,
    illustrate_for_feed,
    leave_out_dead,
)
from articles.body.picturing import reference_of
from articles.body.sanitising import LEAVING, PAID
from articles.body.serialising import parse, serialise
from articles.body.vocabulary import ADDRESS_CLASS

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_NOT_FOR_FEEDS = ("class", "data-image", "data-embed", "id", "role")
_NOTHING_KNOWN: Pictures = MappingProxyType({})


def render(body: str, pictures: Pictures = _NOTHING_KNOWN, *, is_paid: bool = False) -> str:
    """A stored (sanitised) body in, final HTML out; `sanitise_rendered` leaves it unchanged.

    `pictures`: what can be shown of those the library knows, by `picturing.reference_of`; None for
    one that nobody can be shown, which is left out with its figure. Pictures load late, remote
    ones without a referrer; tables scroll in a region of their own, and code is one; embeds become
    a frame of our own page `/embed/<provider>/<id>/`, which asks nothing of anybody else before it
    is clicked. Headings can be linked to (`headings.contents` lists them); code has its colours; a
    link whose words are its own address is marked as one. `is_paid`:
    somebody paid for the text, and its links that leave the site say so to search engines
    (https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links).
    """
    root = parse(body)
    leave_out_dead(root, pictures)
    for picture in list(root.iter("img")):
        illustrate(picture, pictures.get(reference_of(picture)))
    for number, table in enumerate(list(root.iter("table")), start=1):
        _let_scroll(table, number)
    for number, block in enumerate(root.iter("pre"), start=1):
        _let_scroll_itself(block, number)
    for figure in list(root.iter("figure")):
        if embed := embeds.parse_reference(figure.get("data-embed", "")):
            _frame(figure, embed)
    _set_credits_apart(root)
    headings.name_headings(root)
    notes.link_notes(root)
    colouring.colour(root)
    _mark_addresses(root)
    _qualify_links(root, is_paid=is_paid)
    return serialise(root)


def render_for_feed(
    body: str, *, base_url: str, pictures: Pictures = _NOTHING_KNOWN, is_paid: bool = False
) -> str:
    """A stored body for a feed reader: absolute addresses, embeds as plain links, no hooks of ours.

    `base_url` is the absolute address of the article; relative addresses are resolved against it
    (RFC 3986, section 5). `pictures` and `is_paid` as for `render`; each picture is one file, in
    a format for everybody.
    """
    root = parse(body)
    leave_out_dead(root, pictures)
    for picture in root.iter("img"):
        illustrate_for_feed(picture, pictures.get(reference_of(picture)))
    for figure in list(root.iter("figure")):
        if embed := embeds.parse_reference(figure.get("data-embed", "")):
            _link_instead(figure, embed)
    _set_credits_apart(root)
    headings.name_headings(root)
    notes.link_notes(root, back=False)
    for element in root.iter():
        for name in _NOT_FOR_FEEDS:
            element.attrib.pop(name, None)
        for name in ("href", "src", "poster"):
            if name in element.attrib:
                element.set(name, urljoin(base_url, element.get(name)))
    _qualify_links(root, is_paid=is_paid)
    return serialise(root)


def _mark_addresses(root: etree._Element) -> None:
    """Mark the links that show where they lead: on paper, nobody needs to be told it twice."""
    for link in root.iter("a"):
        if _bare("".join(link.itertext())) == _bare(link.get("href", "")):
            said = dict(link.attrib)
            link.attrib.clear()
            link.attrib.update({"href": said.pop("href"), "class": ADDRESS_CLASS, **said})


def _bare(address: str) -> str:
    return _SCHEME.sub("", address.strip()).rstrip("/")


def _qualify_links(root: etree._Element, *, is_paid: bool) -> None:
    for link in root.iter("a") if is_paid else ():
        if link.get("rel") == LEAVING:
            link.set("rel", PAID)


def _set_credits_apart(root: etree._Element) -> None:
    for caption in root.iter("figcaption"):
        _set_credit_apart(caption)


def _set_credit_apart(caption: etree._Element) -> None:
    """Keep a credit from running into the caption; one that stands alone is marked as such."""
    credit = caption.find("small")
    if credit is None or credit.tail or credit is not caption[-1]:
        return
    before = credit.getprevious()
    said = (caption.text if before is None else before.tail) or ""
    if before is None and not said.strip():
        caption.set("class", "credit-only")
    elif before is None:
        caption.text = said.rstrip() + " "
    else:
        before.tail = said.rstrip() + " "


def _let_scroll(table: etree._Element, number: int) -> None:
    caption = "".join(table.xpath("string(caption)")).strip()
    named, numbered = {"caption": caption}, {"number": number}
    label = _("Table: %(caption)s") % named if caption else _("Table %(number)d") % numbered
    region = etree.Element(
        "div", {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": label}
    )
    region.tail, table.tail = table.tail, None
    table.getparent().replace(table, region)
    region.append(table)


def _let_scroll_itself(block: etree._Element, number: int) -> None:
    is_code = block.find("code") is not None
    label = _("Code %(number)d") if is_code else _("Preformatted text %(number)d")
    block.attrib.update(
        {"role": "region", "tabindex": "0", "aria-label": label % {"number": number}}
    )


def _frame(figure: etree._Element, embed: embeds.Embed) -> None:
    caption = figure.find("figcaption")
    site = {"site": embeds.label(embed.provider)}
    is_video = embeds.medium(embed.provider) == embeds.VIDEO
    title = _("Video from %(site)s") % site if is_video else _("Audio from %(site)s") % site
    figure.attrib.clear()
    figure.set("class", "embed")
    figure[:] = []
    source = f"/embed/{embed.provider}/{embed.id}/"
    frame = {"src": source, "title": title, "loading": "lazy", "allowfullscreen": ""}
    etree.SubElement(figure, "iframe", frame)
    figure.append(_provenance(caption, title, embed))


def _provenance(caption: etree._Element | None, title: str, embed) -> etree._Element:
    """The caption an editor wrote, then where the player comes from and a link to its page."""
    caption = etree.Element("figcaption") if caption is None else caption
    small = etree.SubElement(caption, "small")
    small.text = title + " "
    link = etree.SubElement(small, "a", _outside(embed))
    link.text = _("Open it there")
    return caption


def _link_instead(figure: etree._Element, embed: embeds.Embed) -> None:
    caption = figure.find("figcaption")
    paragraph = etree.Element("p")
    link = etree.SubElement(paragraph, "a", _outside(embed))
    link.text = embeds.label(embed.provider)
    if caption is not None:
        link.tail = " "
        caption.tag = "span"
        paragraph.append(caption)
        etree.strip_tags(paragraph, "span")
    paragraph.tail = figure.tail
    figure.getparent().replace(figure, paragraph)


def _outside(embed: embeds.Embed) -> dict[str, str]:
    address = embeds.page_address(embed.provider, embed.id)
    return {"href": address or "", "rel": LEAVING}
