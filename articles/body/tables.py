"""Tables of a source: data stays a table; layouts and galleries become what they hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from articles.body.trees import settle

_SPAN = re.compile(r"[1-9][0-9]{0,2}")
_CAPTION_LENGTH = 40
_SECTIONS = frozenset({"tbody", "thead", "tfoot"})
_CELLS = frozenset({"td", "th"})
_PARTS = _SECTIONS | _CELLS | {"tr", "caption"}


def flow_table(flow, table: etree._Element) -> None:
    """Add a table to the flow as what it is."""
    parts = _Parts.of(flow, table)
    flow.flush()
    full = [cell for row in parts.rows for cell in row.cells if _is_full(cell)]
    if not flow.source.trusting and (len(full) <= 1 or _is_gallery(full)):
        for cell in [*parts.captions, *full]:
            flow.container(cell)
        return
    made = etree.Element("table")
    for caption in parts.captions[:1]:
        _append(flow, made, caption)
    _add_rows(flow, parts.rows, made)
    for caption in parts.captions[1:]:
        flow.container(caption)
    if len(made):
        flow.block(made)


@dataclass(slots=True)
class _Row:
    section: str
    cells: list[etree._Element] = field(default_factory=list)


class _Parts:
    """What a table is made of, each cell once; whatever else stands in it has flowed before it.

    As browsers have it, cells outside a row make one, and a box around parts is not there. What
    stands in a cell is part of it, rows too.
    """

    def __init__(self, flow):
        self.flow = flow
        self.rows: list[_Row] = []
        self.captions: list[etree._Element] = []
        self._section = "tbody"
        self._row: _Row | None = None

    @classmethod
    def of(cls, flow, table: etree._Element) -> "_Parts":
        parts = cls(flow)
        parts._walk(table)
        return parts

    def _walk(self, element: etree._Element) -> None:
        self.flow.text(element.text)
        for child in element:
            self._take(child)
            self.flow.text(child.tail)

    def _take(self, child: etree._Element) -> None:
        if child.tag in _CELLS:
            self._add(child)
        elif child.tag == "caption":
            self.captions.append(child)
        elif child.tag == "tr":
            self._row = self._begun()
            self._walk(child)
            self._row = None
        elif child.tag in _SECTIONS:
            self._row, self._section = None, child.tag
            self._walk(child)
            self._row, self._section = None, "tbody"
        elif _holds_parts(child):
            self._walk(child)
        else:
            self.flow.visit(child)

    def _add(self, cell: etree._Element) -> None:
        self._row = self._row or self._begun()
        self._row.cells.append(cell)

    def _begun(self) -> _Row:
        self.rows.append(_Row(self._section))
        return self.rows[-1]


def _holds_parts(element: etree._Element) -> bool:
    """Whether parts of the table around it stand in it, and not only those of one within."""
    return element.tag != "table" and any(
        child.tag in _PARTS or _holds_parts(child) for child in element
    )


def _is_full(cell: etree._Element) -> bool:
    return bool("".join(cell.itertext()).strip()) or cell.find(".//img") is not None


def _is_gallery(cells: list[etree._Element]) -> bool:
    """Whether the cells hold pictures with at most a caption each."""
    with_picture = [cell for cell in cells if cell.find(".//img") is not None]
    texts = ["".join(cell.itertext()).strip() for cell in cells]
    return len(with_picture) * 2 >= len(cells) and all(
        len(text) <= _CAPTION_LENGTH for text in texts
    )


def _add_rows(flow, rows: list[_Row], made: etree._Element) -> None:
    sections: dict[str, etree._Element] = {}
    for name, cells in _in_sections(rows, trusting=flow.source.trusting):
        section = sections.get(name)
        if section is None:
            section = sections[name] = etree.SubElement(made, name)
        line = etree.SubElement(section, "tr")
        for cell in cells:
            _append(flow, line, cell)
    for name in ("tbody", "tfoot"):
        if name in sections:
            made.append(sections[name])


def _in_sections(rows: list[_Row], *, trusting: bool) -> Iterator[tuple[str, list[etree._Element]]]:
    """The rows that hold something, and where each belongs; a first row of headers is the head."""
    for index, row in enumerate(rows):
        if not row.cells or (not trusting and not any(map(_is_full, row.cells))):
            continue
        is_head = index == 0 and all(cell.tag == "th" for cell in row.cells)
        yield "thead" if is_head and row.section == "tbody" else row.section, row.cells


def _append(flow, line: etree._Element, cell: etree._Element) -> None:
    from_source = {name: cell.get(name, "") for name in ("colspan", "rowspan")}
    made = etree.SubElement(line, cell.tag)
    for name, value in from_source.items():
        if _SPAN.fullmatch(value) and value != "1":
            made.set(name, value)
    if cell.get("scope") in {"row", "col", "rowgroup", "colgroup"} and cell.tag == "th":
        made.set("scope", cell.get("scope"))
    settle(made, flow.nested(cell, plain=True))
