"""Turns an aggregator's HTML into the clean HTML of an article, and tells what it took out."""

from dataclasses import dataclass

from lxml import etree

from articles.body import captions, pictures, structure, trailers
from articles.body.blocks import Flow
from articles.body.clipboard import translate
from articles.body.facts import Dropped, SourceFact
from articles.body.furniture import remove_furniture
from articles.body.paragraphs import MARKS, Source
from articles.body.pictures import clean_picture_address
from articles.body.repairing import repair
from articles.body.serialising import inner, parse, serialise
from articles.body.trees import join_lines, replace, split_lines, text_of

__all__ = [
    "Dropped",
    "SourceFact",
    "TidiedBody",
    "canonical",
    "clean_picture_address",
    "tidy",
    "tidy_pasted",
]

_TITLE_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class TidiedBody:
    """A tidied body and everything that is known about it besides.

    `html` is canonical; `header_image` is an address or empty; `header_caption` and
    `header_credit` are HTML of inline elements; white space aside, the visible text of the source
    is the text of `html`, of the two header lines, of `facts` and of `dropped` together.
    """

    html: str
    header_image: str
    header_caption: str
    header_credit: str
    facts: tuple[SourceFact, ...]
    dropped: tuple[Dropped, ...]


def tidy(html: str, *, header_image: str = "", title: str = "") -> TidiedBody:
    """The body of an imported document, tidied.

    `html` is any text at all, `header_image` the address the document names for its header
    picture, `title` its title (to recognise repetitions of it). Never raises; pure.
    """
    source = Source(title=title)
    root = _flow(parse(repair(html, source.ledger)), source)
    header_credit = captions.take_header_credit(root)
    header_credit = trailers.set_facts_apart(root, source.ledger) or header_credit
    _give_structure(root, source)
    header = _Header(root, source, header_image)
    return TidiedBody(
        html=canonical(_finish(root)),
        header_image=header.address,
        header_caption=header.caption,
        header_credit=header.credit or header_credit,
        facts=tuple(source.ledger.facts),
        dropped=tuple(source.ledger.dropped),
    )


def tidy_pasted(html: str) -> TidiedBody:
    """A piece of text from another program's clipboard, tidied like the body of a document.

    No picture of it becomes the header picture and no line of it is set apart: whoever pasted it
    sees it, and decides. Never raises; pure.
    """
    source = Source()
    tree = parse(repair(html, source.ledger))
    translate(tree, source.ledger)
    root = _flow(tree, source)
    _give_structure(root, source)
    facts, dropped = tuple(source.ledger.facts), tuple(source.ledger.dropped)
    return TidiedBody(canonical(_finish(root)), "", "", "", facts, dropped)


def _flow(tree: etree._Element, source: Source) -> etree._Element:
    remove_furniture(tree, source)
    root = Flow(source).run(tree)
    structure.rejoin_words(root)
    captions.caption_pictures(root, source.ledger)
    _drop_repeated_title(root, source)
    return root


def _give_structure(root: etree._Element, source: Source) -> None:
    structure.make_lists(root, source.ledger)
    structure.link_addresses(root)
    structure.raise_headings(root)
    structure.level_headings(root)


def canonical(html: str) -> str:
    """HTML that is clean already (our own editor's) in its one spelling. Idempotent.

    Bare text becomes paragraphs, single paragraphs in list items and cells become text, empty
    blocks go, pictures stand in a figure, headings start at `h2`.
    """
    root = Flow(Source(trusting=True)).run(parse(html))
    structure.level_headings(root)
    return _finish(root)


def _finish(root: etree._Element) -> str:
    for element in root.iter():
        for mark in MARKS:
            element.attrib.pop(mark, None)
    return serialise(root)


def _drop_repeated_title(root: etree._Element, source: Source) -> None:
    """A line near the beginning that only says the title again goes, if anything else remains."""
    wanted = pictures.plain(source.title)
    if not wanted:
        return
    for block in list(root)[:_TITLE_BLOCKS]:
        lines = split_lines(block) if block.tag in {"p", "h1", "h2", "h3"} else []
        kept = [line for line in lines if not _says(line, wanted)]
        if len(kept) == len(lines) or len(kept) + len(root) < 2:
            continue
        for line in lines:
            source.ledger.drop("repeated-title", text_of(line) if _says(line, wanted) else "")
        replace(block, [join_lines(kept)] if kept else [])
        return


def _says(line: etree._Element, wanted: str) -> bool:
    """Whether a line says the title and nothing else; a link by that name says more."""
    return line.find(".//a") is None and pictures.plain(text_of(line)) == wanted


class _Header:
    """Which picture heads the article, and what its caption says if it stood in the body."""

    def __init__(self, root: etree._Element, source: Source, given: str):
        self.caption = self.credit = ""
        self.source = source
        figures = [one for one in root.iter("figure") if one.find("img") is not None]
        refused = {pictures.identity(one) for one in source.refused if one}
        address = clean_picture_address(given)
        if address and pictures.identity(address) in refused:
            address = ""
        match = next((one for one in figures if self._shows(one, address)), None)
        if match is not None and _is_contact_code(match):
            address, match = "", None
        if match is None and not address:
            match = next((one for one in figures if not _is_contact_code(one)), None)
        self.address = match.find("img").get("src") if match is not None else address
        if match is not None and _leads(root, match):
            self._lift(root, match)

    def _shows(self, figure: etree._Element, address: str) -> bool:
        if not address:
            return False
        shown = figure.find("img").get("src")
        usable = [shown, *self.source.addresses.get(shown, [])]
        return pictures.identity(address) in {pictures.identity(one) for one in usable}

    def _lift(self, root: etree._Element, figure: etree._Element) -> None:
        caption = figure.find("figcaption")
        if caption is not None:
            small = caption.find("small")
            if small is not None:
                caption.remove(small)
                self.credit = inner(small).strip()
            self.caption = inner(caption).strip()
        root.remove(figure)


def _leads(root: etree._Element, figure: etree._Element) -> bool:
    return len(root) > 0 and root[0] is figure


def _is_contact_code(figure: etree._Element) -> bool:
    """Whether the text before a picture invites to scan it."""
    previous = figure.getprevious()
    text = text_of(previous) if previous is not None else ""
    words = ("微信", "wechat", "公众号", "扫码", "二维码", "加群")
    return len(text) <= 40 and any(word in text.lower() for word in words)
