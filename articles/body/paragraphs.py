"""Gathers running text, its formatting and its line breaks into paragraphs."""

import re
from dataclasses import dataclass, field

from lxml import etree

from articles.body.facts import Ledger
from articles.body.trees import append_text, last_of

#: marks left on paragraphs for the passes that follow; `finish` removes them
NEAR = "data-n-near"
CAPTION = "data-n-caption"
SMALL = "data-n-small"
MARKS = (NEAR, CAPTION, SMALL)

_ROW_OF_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0\u3000]+")
_IDEOGRAPH = "[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
_IDEOGRAPHIC = re.compile(_IDEOGRAPH)


@dataclass(slots=True)
class Source:
    """Where the tree comes from and what is known about it while it flows.

    `trusting` is for HTML of our own editor: addresses and pictures are taken as they are.
    """

    ledger: Ledger = field(default_factory=Ledger)
    title: str = ""
    trusting: bool = False
    addresses: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


class Paragraphs:
    """Text, formatting and line breaks, gathered into paragraphs under `self.root`."""

    def __init__(self, source: Source):
        self.source = source
        self.root = etree.Element("div")
        self.paragraph: etree._Element | None = None
        self.marks: dict[str, str] = {}
        self.near = False
        self.open: list[tuple[str, dict[str, str]]] = []
        self._begin()

    def _begin(self) -> None:
        self.paragraph = None
        self.cursor: list[etree._Element] = []
        self.entered: list[tuple[str, dict[str, str]]] = []
        self.space = ""
        self.breaks = 0
        self.last = ""

    def text(self, text: str | None) -> None:
        if not text:
            return
        if text.isspace():
            self._space(" ")
            return
        run: list[str] = []
        spaces = ["", *_ROW_OF_SPACE.findall(text)]
        for space, word in zip(spaces, _ROW_OF_SPACE.split(text), strict=True):
            self._space(space)
            if not word:
                continue
            if run:
                run.append(self._gap(word))
            else:
                self._arrive(word)
            run.append(word)
            self.space, self.last = "", word[-1]
        if run:  # at once: lxml copies what is there already with every piece that is added
            append_text(self._here(), "".join(run))

    def _space(self, space: str) -> None:
        self.space += space

    def _arrive(self, text: str) -> None:
        """Get to where the next text goes, with the break or the space that was due before it."""
        if self.breaks > 1:
            self.flush()
        self._ensure_paragraph()
        if self.last and self.breaks:
            self._place_break()
        elif self.last and self.space:
            self._place_space(text)
        self.space, self.breaks = "", 0
        self._enter()
        self.last = text[-1]

    def _place_break(self) -> None:
        self._leave(self._common())
        etree.SubElement(self._here(), "br")

    def _place_space(self, piece: str) -> None:
        """The space due before a piece, outside the formatting it borders on."""
        if gap := self._gap(piece):
            self._leave(self._common())
            append_text(self._here(), gap)

    def _gap(self, piece: str) -> str:
        """What the space due before a piece comes to: one space, none where ideographs wrap."""
        joined = "\n" in self.space and _IDEOGRAPHIC.match(self.last) and _IDEOGRAPHIC.match(piece)
        return "" if joined else " "

    def _here(self) -> etree._Element:
        return self.cursor[-1] if self.cursor else self.paragraph

    def _common(self) -> int:
        """How many of the open elements the cursor already stands in."""
        depth = 0
        for stands_in, wanted in zip(self.entered, self.open, strict=False):
            if stands_in is not wanted and (stands_in[0] == "a" or stands_in != wanted):
                break
            depth += 1
        return depth

    def _leave(self, depth: int) -> None:
        del self.cursor[depth:]
        del self.entered[depth:]

    def _enter(self) -> None:
        """Stand in exactly the open elements, going back into one that has only just closed."""
        self._leave(self._common())
        for opened in self.open[len(self.cursor) :]:
            tag, attributes = opened
            self.entered.append(opened)
            here = self._here()
            last = last_of(here)
            if last is not None and not last.tail and last.tag == tag and tag != "a":
                self.cursor.append(last)
            else:
                self.cursor.append(etree.SubElement(here, tag, attributes))

    def _ensure_paragraph(self) -> None:
        if self.paragraph is None:
            self._begin()
            marks = dict(self.marks)
            if self.near and not self.source.trusting:
                marks[NEAR] = "1"
            self.paragraph = etree.SubElement(self.root, "p", marks)

    def line_break(self) -> None:
        if self.paragraph is not None and self.last:
            self.breaks += 1
        elif self.near:
            self.breaks += 1
            if self.breaks > 1:
                self.near = False

    def atom(self, element: etree._Element) -> None:
        """An inline element that is copied as it is."""
        text = "".join(element.itertext())
        if not text.strip():
            self._space(text or " ")
            return
        self._arrive(text)
        element.tail = None
        self._here().append(element)

    def flush(self) -> None:
        """End the paragraph; the next text begins another one."""
        self._begin()
        self.near = False

    def block(self, element: etree._Element) -> None:
        """Add a finished block."""
        self.flush()
        element.tail = None
        self.root.append(element)
