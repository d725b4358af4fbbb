"""Between the string of a stored body and a tree of it, in the one spelling the project keeps."""

import re

from lxml import etree, html

from articles.body.depth import shallow
from articles.body.entities import without_controls
from articles.body.vocabulary import BLOCKS, VOID

_PARSER = {"remove_comments": True, "remove_pis": True, "recover": True, "huge_tree": True}
_OPEN_SOURCE = re.compile(r"(<(?:source|wbr|track)\b(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>)", re.I)
_CLOSE_SOURCE = re.compile(r"</(?:source|wbr|track)\s*>", re.I)
_CONTAINERS = frozenset({"ul", "ol", "blockquote", "table", "thead", "tbody", "tfoot", "tr", "dl"})
_PHRASE_BLOCKS = BLOCKS - _CONTAINERS - {"figure", "details"}


def parse(body: str) -> etree._Element:
    """A `div` holding the tree of an HTML fragment; entities decoded, comments gone.

    What is nested too deep for it is flattened. The parser knows no `source`, `track` or `wbr`;
    they are closed for it beforehand.
    """
    text = shallow(without_controls(body))
    if "<source" in text or "<wbr" in text or "<track" in text:
        text = _OPEN_SOURCE.sub(_closed, _CLOSE_SOURCE.sub("", text))
    parser = html.HTMLParser(**_PARSER)
    root = html.fragment_fromstring(text, create_parent="div", parser=parser)
    for leading in root.iter("pre"):
        if leading.text and leading.text.startswith("\n"):
            leading.text = leading.text[1:]
    return root


def _closed(match: re.Match) -> str:
    name = re.match(r"<(\w+)", match[1])[1]
    return f"{match[1]}</{name}>"


def serialise(root: etree._Element) -> str:
    """The children of `root` as HTML5, each block on a line of its own, without indentation."""
    out: list[str] = []
    if root.text and root.text.strip():
        out.append(escape_text(root.text.strip()))
    for child in root:
        _write(child, out, parent="div")
    return "".join(out).strip("\n")


def inner(element: etree._Element) -> str:
    """The content of one element as HTML5."""
    out = [escape_text(element.text or "")]
    for child in element:
        _write(child, out, parent=element.tag)
    return "".join(out)


def escape_text(text: str) -> str:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(value: str) -> str:
    """Text as it stands between the double quotes of an attribute."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def start_tag(tag: str, attributes: dict) -> str:
    """`<tag name="value" …>`, attributes in the order given."""
    written = "".join(f' {name}="{escape_attribute(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>"


def _write(element: etree._Element, out: list[str], *, parent: str) -> None:
    tag = element.tag
    block = tag in BLOCKS and parent not in {"figure", "figcaption"}
    if block and out and not out[-1].endswith("\n"):
        out.append("\n")
    out.append(start_tag(tag, element.attrib))
    if tag not in VOID:
        _write_content(element, out)
        out.append(f"</{tag}>")
    if block:
        out.append("\n")
    if element.tail and (not block or element.tail.strip()):
        out.append(escape_text(element.tail))


def _write_content(element: etree._Element, out: list[str]) -> None:
    if element.text and not (element.tag in _CONTAINERS and not element.text.strip()):
        out.append(escape_text(element.text))
    for child in element:
        _write(child, out, parent=element.tag)
