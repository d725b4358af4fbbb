"""Small moves on element trees that keep every word where it stood."""

from copy import deepcopy

from lxml import etree


def settle(parent: etree._Element, content: etree._Element) -> None:
    """Put blocks into an element that holds text directly if it holds one paragraph only.

    A paragraph followed by nothing but lists is text too: `<li>text<ul>…`.
    """
    blocks = list(content)
    lists = all(block.tag in {"ul", "ol"} for block in blocks[1:])
    if blocks and blocks[0].tag == "p" and lists:
        first = blocks.pop(0)
        parent.text = first.text
        parent.extend(list(first))
    parent.extend(blocks)


def unwrap(element: etree._Element) -> None:
    """Take an element away and leave its content where it stood."""
    parent, previous = element.getparent(), element.getprevious()
    if element.text:
        if previous is None:
            parent.text = (parent.text or "") + element.text
        else:
            previous.tail = (previous.tail or "") + element.text
    children = list(element)
    index = parent.index(element)
    tail = element.tail or ""
    for offset, child in enumerate(children):
        parent.insert(index + offset, child)
    if tail:
        last = children[-1] if children else previous
        if last is None:
            parent.text = (parent.text or "") + tail
        else:
            last.tail = (last.tail or "") + tail
    element.tail = None
    parent.remove(element)


def unwrap_all(block: etree._Element, tag: str) -> None:
    """Take every element of one name inside `block` away, leaving its content."""
    for element in list(block.iter(tag)):
        if element is not block:
            unwrap(element)


def append_text(element: etree._Element, text: str) -> None:
    """Add text at the end of an element's content."""
    last = last_of(element)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        element.text = (element.text or "") + text


def last_of(element: etree._Element) -> etree._Element | None:
    """The last child; asking `len` first would count them all, and that for each one added."""
    return next(element.iterchildren(reversed=True), None)


def text_of(element: etree._Element) -> str:
    """All text inside an element, white space collapsed."""
    return " ".join("".join(element.itertext()).split())


def split_lines(paragraph: etree._Element) -> list[etree._Element]:
    """The lines of a paragraph, divided at its own `br`, each as a paragraph."""
    lines = [etree.Element(paragraph.tag)]
    lines[0].text = paragraph.text
    for child in paragraph:
        if child.tag == "br":
            lines.append(etree.Element(paragraph.tag))
            lines[-1].text = child.tail
        else:
            lines[-1].append(deepcopy(child))
    return lines


def join_lines(lines: list[etree._Element]) -> etree._Element:
    """One paragraph of several, `br` between them."""
    joined = etree.Element(lines[0].tag)
    for index, line in enumerate(lines):
        if index:
            etree.SubElement(joined, "br")
        append_text(joined, line.text or "")
        joined.extend(list(line))
    return joined


def replace(block: etree._Element, others: list[etree._Element]) -> None:
    """Put other blocks in the place of one."""
    parent = block.getparent()
    index = parent.index(block)
    parent.remove(block)
    for offset, other in enumerate(others):
        parent.insert(index + offset, other)


def pour(block: etree._Element, into: etree._Element) -> None:
    """Move the content of `block` to the end of another element's."""
    append_text(into, block.text or "")
    into.extend(list(block))
