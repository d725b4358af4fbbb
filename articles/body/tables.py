"""Tables of a source: data stays a table; layouts and galleries become what they hold."""

import re

from lxml import etree

from articles.body.trees import settle

_SPAN = re.compile(r"[1-9][0-9]{0,2}")
_CAPTION_LENGTH = 40
_CELLS = frozenset({"td", "th", "caption"})
_FRAME = frozenset({"tbody", "thead", "tfoot", "tr"})


def flow_table(flow, table: etree._Element) -> None:
    """Add a table to the flow as what it is."""
    _loose(flow, table)
    flow.flush()
    cells = [cell for cell in table.iter("td", "th") if _owner(cell) is table]
    full = [cell for cell in cells if _is_full(cell)]
    if not flow.source.trusting and (len(full) <= 1 or _is_gallery(full)):
        for cell in [*table.findall("caption"), *full]:
            flow.container(cell)
        return
    made = etree.Element("table")
    for caption in table.findall("caption")[:1]:
        _append(flow, made, caption)
    _rows(flow, table, made)
    if len(made):
        flow.block(made)


def _loose(flow, element: etree._Element) -> None:
    """What stands between the cells of a table goes before it, as browsers show it."""
    flow.text(element.text)
    for child in element:
        if child.tag in _FRAME or (child.tag not in _CELLS and _holds_cells(child)):
            _loose(flow, child)
        elif child.tag not in _CELLS:
            flow.visit(child)
        flow.text(child.tail)


def _holds_cells(element: etree._Element) -> bool:
    return next(element.iter("td", "th"), None) is not None


def _owner(cell: etree._Element) -> etree._Element:
    return next(cell.iterancestors("table"))


def _is_full(cell: etree._Element) -> bool:
    return bool("".join(cell.itertext()).strip()) or cell.find(".//img") is not None


def _is_gallery(cells: list[etree._Element]) -> bool:
    """Whether the cells hold pictures with at most a caption each."""
    with_picture = [cell for cell in cells if cell.find(".//img") is not None]
    texts = ["".join(cell.itertext()).strip() for cell in cells]
    return len(with_picture) * 2 >= len(cells) and all(
        len(text) <= _CAPTION_LENGTH for text in texts
    )


def _rows(flow, table: etree._Element, made: etree._Element) -> None:
    rows = [row for row in table.iter("tr") if _owner(row) is table]
    sections: dict[str, etree._Element] = {}
    for index, row in enumerate(rows):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        if not cells or (not flow.source.trusting and not any(map(_is_full, cells))):
            continue
        name = _section_of(row, cells, first=index == 0)
        section = sections.get(name)
        if section is None:
            section = sections[name] = etree.SubElement(made, name)
        line = etree.SubElement(section, "tr")
        for cell in cells:
            _append(flow, line, cell)
    for name in ("tbody", "tfoot"):
        if name in sections:
            made.append(sections[name])


def _section_of(row: etree._Element, cells: list, *, first: bool) -> str:
    parent = row.getparent().tag
    if parent in {"thead", "tfoot"}:
        return parent
    return "thead" if first and all(cell.tag == "th" for cell in cells) else "tbody"


def _append(flow, line: etree._Element, cell: etree._Element) -> None:
    from_source = {name: cell.get(name, "") for name in ("colspan", "rowspan")}
    made = etree.SubElement(line, cell.tag)
    for name, value in from_source.items():
        if _SPAN.fullmatch(value) and value != "1":
            made.set(name, value)
    if cell.get("scope") in {"row", "col", "rowgroup", "colgroup"} and cell.tag == "th":
        made.set("scope", cell.get("scope"))
    settle(made, flow.nested(cell, plain=True))
