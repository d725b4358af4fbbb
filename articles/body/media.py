"""Pictures, players and frames of a source as the figures of a stored body."""

import re

from lxml import etree

from articles.body import embeds, pictures
from articles.body.links import clean_link
from articles.body.trees import append_text, pour

_DIGITS = re.compile(r"[1-9][0-9]{0,4}")
_EMOJI = re.compile(r"(?:^|[\s_-])(?:emoji|wp-smiley|smiley|emoticon)(?:$|[\s_-])")
_EMOJI_LENGTH = 8


def figure_of(source, image: etree._Element, link: str) -> etree._Element | None:
    """A figure holding the picture of an `img`, or None for what is no picture of the article."""
    if source.trusting:
        figure = etree.Element("figure")
        figure.append(_copied(image))
        return figure if figure[0].get("src") else None
    address, usable = pictures.best_address(image, link)
    if pictures.is_banner(image, link) or pictures.is_tracking_pixel(image):
        source.refused.extend(usable)
        source.ledger.drop("advertising-picture", "", address or image.get("src", ""))
        return None
    if not address:
        source.ledger.drop("picture", "", image.get("src", ""))
        return None
    source.addresses.setdefault(address, []).extend(usable)
    figure = etree.Element("figure")
    figure.append(_picture(image, address, source.title))
    return figure


def _copied(image: etree._Element) -> etree._Element:
    names = ("src", "alt", "role", "width", "height", "data-image")
    kept = {name: image.get(name) for name in names if image.get(name) is not None}
    kept.setdefault("alt", "")
    return etree.Element("img", kept)


def _picture(image: etree._Element, address: str, title: str) -> etree._Element:
    made = etree.Element("img", {"src": address, "alt": pictures.description_of(image, title)})
    if size := pictures.size_of(image):
        made.set("width", size[0])
        made.set("height", size[1])
    if image.get("data-image", "").isdigit():
        made.set("data-image", image.get("data-image"))
    return made


def emoji_of(image: etree._Element) -> str:
    """The character an emoji picture stands for, or empty."""
    alt = image.get("alt", "").strip()
    is_emoji = _EMOJI.search(image.get("class", "")) is not None
    return alt if is_emoji and len(alt) <= _EMOJI_LENGTH else ""


def flow_figure(flow, figure: etree._Element) -> None:
    """Add a figure: its pictures, each one a figure, the caption with the last of them."""
    embed = embeds.parse_reference(figure.get("data-embed", ""))
    caption = figure.find(".//figcaption")
    if caption is not None:
        caption.tag = "div"
        parent = caption.getparent()
        tail, caption.tail = caption.tail or "", None
        parent.remove(caption)
        append_text(parent, tail)
    if embed:
        flow.block(_embed_figure(embed))
    else:
        flow.walk(figure)
        flow.flush()
    if caption is not None:
        _caption(flow, caption)


def _caption(flow, caption: etree._Element) -> None:
    content = flow.nested(caption, plain=True)
    last = flow.root[-1] if len(flow.root) else None
    if not len(content):
        return
    if last is None or last.tag != "figure" or last.find("figcaption") is not None:
        for block in list(content):
            flow.block(block)
        return
    made = etree.SubElement(last, "figcaption")
    for index, block in enumerate(list(content)):
        if index:
            append_text(made, " ")
        pour(block, made)


def player_of(source, element: etree._Element) -> etree._Element | None:
    """A `video` or `audio` with its sources, or None if there is nothing to play."""
    clean = str.strip if source.trusting else pictures.clean_picture_address
    made = etree.Element(element.tag)
    if address := clean(element.get("src", "")):
        made.set("src", address)
    if element.tag == "video" and (poster := clean(element.get("poster", ""))):
        made.set("poster", poster)
    made.set("controls", "")
    for name in ("width", "height"):
        if element.tag == "video" and _DIGITS.fullmatch(element.get(name, "")):
            made.set(name, element.get(name))
    for child in element.iter("source"):
        if address := clean(child.get("src", "")):
            kept = etree.SubElement(made, "source", {"src": address})
            if re.fullmatch(r"(?:audio|video)/[\w.+-]+", child.get("type", "")):
                kept.set("type", child.get("type"))
    return made if made.get("src") or len(made) else None


def embed_of(source, element: etree._Element) -> etree._Element | None:
    """A frame of a known player as an embed, of anybody else as a plain link."""
    address = next(
        (value for name in ("src", "data-src", "data") if (value := element.get(name, "").strip())),
        "",
    )
    if embed := embeds.recognise(address):
        return _embed_figure(embed)
    if not (link := clean_link(address)):
        source.ledger.drop("dead-link", "", address)
        return None
    paragraph = etree.Element("p")
    made = etree.SubElement(paragraph, "a", {"href": link, "rel": "noopener"})
    made.text = element.get("title", "").strip() or link
    source.ledger.drop("revealed", made.text)
    return paragraph


def _embed_figure(embed: embeds.Embed) -> etree._Element:
    figure = etree.Element("figure", {"data-embed": embed.reference})
    address = embeds.page_address(embed.provider, embed.id)
    link = etree.SubElement(figure, "a", {"href": address, "rel": "noopener"})
    link.text = embeds.label(embed.provider)
    return figure
