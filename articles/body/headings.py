"""Headings that can be linked to, and the table of contents they make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from lxml import etree

from articles.body.serialising import parse
from articles.body.trees import text_of

LINKED = ("h2", "h3", "h4")

# No other id of a page begins so: a heading "Content" does not take the place of `#content`.
PREFIX = "s-"
_LENGTH = 40  # characters of a heading in its id
_CODE = frozenset({"code", "kbd", "samp"})
_PARTING = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a heading; code is not translated."""

    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of a table of contents: the id to lead to, what it says, its level (2 to 4)."""

    id: str
    words: tuple[Words, ...]
    level: int


def name_headings(root: etree._Element) -> None:
    """Give each heading of a body an id made of its own words, so that links survive edits.

    Whatever is written, moved or taken out elsewhere, `s-` and the words stay the same; only a
    heading that says what one before it says is numbered (`s-价格`, `s-价格-2`).
    """
    taken: dict[str, int] = {}
    for heading in root.iter(*LINKED):
        name = _PARTING.sub("-", text_of(heading).lower())[:_LENGTH].strip("-")
        if name:
            heading.set("id", _free(PREFIX + name, taken))


def contents(rendered_body: str) -> tuple[Heading, ...]:
    """The headings of a rendered body that can be linked to, in their order."""
    if f' id="{PREFIX}' not in rendered_body:
        return ()
    return tuple(
        Heading(heading.get("id"), tuple(_words(heading)), int(heading.tag[1]))
        for heading in parse(rendered_body).iter(*LINKED)
        if heading.get("id", "").startswith(PREFIX)
    )


def _words(heading: etree._Element) -> Iterator[Words]:
    """The text of a heading, divided where code begins and ends."""
    for is_code, texts in groupby(_texts(heading), key=itemgetter(0)):
        yield Words("".join(text for _is_code, text in texts), is_code)


def _texts(element: etree._Element, *, is_code: bool = False) -> Iterator[tuple[bool, str]]:
    is_code = is_code or element.tag in _CODE
    if element.text:
        yield is_code, element.text
    for child in element:
        yield from _texts(child, is_code=is_code)
        if child.tail:
            yield is_code, child.tail


def _free(wanted: str, taken: dict[str, int]) -> str:
    """`wanted`, or with the first number that is free; `taken`: each id and its last number."""
    name, number = wanted, taken.get(wanted, 1)
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken[wanted] = number
    taken.setdefault(name, 1)
    return name
