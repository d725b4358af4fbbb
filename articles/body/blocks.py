"""Flows any tree of elements into the flat sequence of blocks a stored body is made of."""

import re

from lxml import etree

from articles.body import media, tables
from articles.body.links import clean_link, is_share_link, is_topic_link, link_attributes
from articles.body.notes import is_note_link
from articles.body.paragraphs import CAPTION, SMALL, Paragraphs, Source
from articles.body.samples import language_around
from articles.body.trees import append_text, last_of, pour, settle, unwrap_all

_FORMATTING = frozenset({"strong", "em", "u", "s", "sub", "sup", "kbd", "mark", "small"})
_RUBY = frozenset({"ruby", "rt", "rp"})
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:caption|img-?desc|image-?desc|pic-?desc|text-img-note|img-?note|pic-?note|"
    r"photo-?credit|img-?title|pic-?title|tuzhu|figure-?title|caption-?text)(?:$|[\s_-])"
)
_CENTRED = re.compile(r"text-align\s*:\s*center|(?:font-size\s*:\s*(?:1[0-3]|[0-9])px)")


class Flow(Paragraphs):
    """Collects blocks under `self.root`; text finds its paragraph, blocks end it."""

    def __init__(self, source: Source, *, plain: bool = False):
        super().__init__(source)
        self.plain = plain  # headings become paragraphs
        self.links: list[str] = []

    def run(self, element: etree._Element) -> etree._Element:
        """Everything inside `element`, as blocks under one `div`."""
        self.walk(element)
        self.flush()
        return self.root

    def walk(self, element: etree._Element) -> None:
        self.text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.visit(child)
            self.text(child.tail)

    def visit(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "br":
            self.line_break()
        elif tag in _FORMATTING or tag in _RUBY:
            self.inline(element, tag, {})
        elif tag in _HANDLERS:
            _HANDLERS[tag](self, element)
        elif tag in {"span", "font", "code"}:
            self.walk(element)
        else:
            self.container(element)

    def inline(self, element: etree._Element, tag: str, attributes: dict[str, str]) -> None:
        if not self._may_open(tag):
            self.walk(element)
            return
        self.open.append((tag, attributes))
        self.walk(element)
        self.open.pop()

    def _may_open(self, tag: str) -> bool:
        names = {name for name, _attributes in self.open}
        if tag in {"rt", "rp"}:
            return "ruby" in names and not names & {"rt", "rp"}
        return tag not in names

    def container(self, element: etree._Element) -> None:
        """A box of the source: it ends the paragraph before it and the one within it."""
        self.flush()
        before, self.marks = self.marks, self._marks_of(element)
        self.walk(element)
        self.flush()
        self.marks = before

    def _marks_of(self, element: etree._Element) -> dict[str, str]:
        if self.source.trusting:
            return {}
        marks = dict(self.marks)
        if _CAPTION_CLASS.search(element.get("class", "")):
            marks[CAPTION] = "1"
        if _CENTRED.search(element.get("style", "")) or element.get("align") == "center":
            marks[SMALL] = "1"
        return marks

    def nested(self, element: etree._Element, *, plain: bool = False) -> etree._Element:
        """The content of `element` as blocks of its own, formatting and links around it kept."""
        inner = Flow(self.source, plain=plain or self.plain)
        inner.open = list(self.open)
        inner.links = list(self.links)
        inner.marks = {} if self.source.trusting else self._marks_of(element)
        return inner.run(element)

    def link(self, element: etree._Element) -> None:
        address = element.get("href", "")
        if self.source.trusting:
            self.inline(element, "a", link_attributes(address, element.get("title", "")))
            return
        kept = self._wanted_link(element, address)
        self.links.append(clean_link(address))
        if kept:
            self.inline(element, "a", link_attributes(kept, ""))
        else:
            self.walk(element)
        self.links.pop()

    def _wanted_link(self, element: etree._Element, address: str) -> str:
        if is_note_link(address):
            return address
        cleaned = clean_link(address)
        if not cleaned or is_share_link(cleaned):
            self.source.ledger.drop("dead-link", "", address)
            return ""
        if is_topic_link(cleaned, element.get("class", ""), "".join(element.itertext())):
            self.source.ledger.drop("topic-link", "", cleaned)
            return ""
        return cleaned

    def heading(self, element: etree._Element) -> None:
        pieces = self._heading_pieces(element)
        tag = "p" if self.plain or pieces > 1 else element.tag
        if tag == "p":
            self.container(element)
            return
        self.flush()
        content = self.nested(element, plain=True)
        for block in list(content):
            if block.tag == "p":
                block.tag = tag
                unwrap_all(block, "strong")
            self.block(block)

    def _heading_pieces(self, element: etree._Element) -> int:
        boxes = element.xpath("./descendant::span[@data-n-block][normalize-space()]")
        for box in boxes if len(boxes) > 1 else ():
            box.tag = "div"
        return len(boxes)

    def quotation(self, element: etree._Element) -> None:
        self.flush()
        content = self.nested(element, plain=True)
        if len(content):
            content.tag = "blockquote"
            self.block(content)

    def listing(self, element: etree._Element) -> None:
        self.flush()
        made = etree.Element("ol" if element.tag == "ol" else "ul")
        start = element.get("start", "")
        if made.tag == "ol" and re.fullmatch(r"-?[0-9]{1,6}", start) and start != "1":
            made.set("start", start)
        _loose_item(made, element.text)
        for child in element:
            self._list_child(made, child)
            _loose_item(made, child.tail)
        if len(made):
            self.block(made)

    def _list_child(self, made: etree._Element, child: etree._Element) -> None:
        if child.tag in {"ul", "ol"}:
            inner = Flow(self.source)
            inner.listing(child)
            if len(inner.root):
                item = last_of(made)
                item = etree.SubElement(made, "li") if item is None else item
                item.extend(list(inner.root))
        elif len(content := self.nested(child, plain=True)):
            settle(etree.SubElement(made, "li"), content)

    def code(self, element: etree._Element) -> None:
        text = "".join(element.itertext())
        if "\n" in text.strip("\n"):
            self.preformatted(element)
            return
        made = etree.Element("code")
        made.text = " ".join(text.split())
        self.atom(made)

    def preformatted(self, element: etree._Element) -> None:
        text = "".join(element.itertext()).strip("\n").rstrip().replace("\xa0", " ")
        if not text.strip():
            self.flush()
            return
        made = etree.Element("pre")
        code = etree.SubElement(made, "code")
        if language := language_around(element):
            code.set("class", f"language-{language}")
        code.text = text
        self.block(made)

    def rule(self, element: etree._Element) -> None:
        self.block(etree.Element("hr"))

    def table(self, element: etree._Element) -> None:
        self.flush()
        tables.flow_table(self, element)

    def picture(self, element: etree._Element) -> None:
        if character := "" if self.source.trusting else media.emoji_of(element):
            self.source.ledger.drop("revealed", character)
            self.text(character)
            return
        figure = media.figure_of(self.source, element, self.links[-1] if self.links else "")
        if figure is None:
            return
        self.block(figure)
        self.near = True

    def figure(self, element: etree._Element) -> None:
        self.flush()
        media.flow_figure(self, element)

    def media(self, element: etree._Element) -> None:
        made = media.player_of(self.source, element)
        if made is not None:
            self.block(made)

    def frame(self, element: etree._Element) -> None:
        made = media.embed_of(self.source, element)
        if made is not None:
            self.block(made)

    def details(self, element: etree._Element) -> None:
        self.flush()
        content = self.nested(element)
        if len(content):
            content.tag = "details"
            self.block(content)

    def summary(self, element: etree._Element) -> None:
        """The line a `details` shows when closed: text only, whatever else it held follows it."""
        parent = element.getparent()
        first = element.getprevious() is None and not (parent.text or "").strip()
        if parent.tag != "details" or not first:
            self.container(element)
            return
        blocks = list(self.nested(element, plain=True))
        made = etree.Element("summary")
        while blocks and blocks[0].tag == "p":
            append_text(made, " " if made.text or len(made) else "")
            pour(blocks.pop(0), made)
        if made.text or len(made):
            self.block(made)
        for block in blocks:
            self.block(block)

    def definitions(self, element: etree._Element) -> None:
        self.flush()
        made = etree.Element("dl")
        self._define(made, element)
        if len(made):
            self.block(made)

    def _define(self, made: etree._Element, element: etree._Element) -> None:
        """Terms and their descriptions; whatever stands outside them describes as well."""
        loose = Flow(self.source, plain=True)
        loose.text(element.text)
        for child in element:
            if child.tag not in {"dt", "dd", "div"}:
                loose.visit(child)
                loose.text(child.tail)
                continue
            _describe(made, loose)
            if child.tag == "div":
                self._define(made, child)
            elif len(content := self.nested(child, plain=True)):
                settle(etree.SubElement(made, child.tag), content)
            loose = Flow(self.source, plain=True)
            loose.text(child.tail)
        _describe(made, loose)


def _loose_item(made: etree._Element, text: str | None) -> None:
    """Text of a list outside its items becomes an item."""
    if text and text.strip():
        etree.SubElement(made, "li").text = " ".join(text.split())


def _describe(made: etree._Element, loose: Flow) -> None:
    if len(loose.root):
        settle(etree.SubElement(made, "dd"), loose.root)


_HANDLERS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Flow.heading),
    **dict.fromkeys(("ul", "ol", "dir", "menu"), Flow.listing),
    **dict.fromkeys(("video", "audio"), Flow.media),
    **dict.fromkeys(("iframe", "embed", "object"), Flow.frame),
    "a": Flow.link,
    "blockquote": Flow.quotation,
    "code": Flow.code,
    "details": Flow.details,
    "dl": Flow.definitions,
    "figure": Flow.figure,
    "hr": Flow.rule,
    "img": Flow.picture,
    "pre": Flow.preformatted,
    "summary": Flow.summary,
    "table": Flow.table,
}
