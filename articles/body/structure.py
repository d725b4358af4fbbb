"""Gives text the structure it only imitated: lists, headings, links, words that were split."""

import re
from itertools import pairwise

from lxml import etree

from articles.body.facts import Ledger
from articles.body.links import bare_addresses, clean_link
from articles.body.trees import join_lines, replace, split_lines, text_of, unwrap
from articles.body.vocabulary import HEADINGS

_NUMBER = re.compile(r"^\s*[（(]?(\d{1,2})(?:[.．、)）]|\s*、)\s*(?=\S)")
_BULLET = re.compile(r"^\s*[•·●■◆▪○◦※*\-–—]\s*(?=[^\s\-–—*])")
_RUN_ON = re.compile(r"(?<=\S)(?=(\d{1,2})\. )")
_RULE = re.compile(r"(?:[-—–_=~*＊·•#]\s*){3,}")
_ENOUGH = {"ol": 3, "ul": 2}
_HEADING_END = re.compile(r"[。！!；;，,：:…]$")
_HEADING_LENGTH = 40
_LETTER = re.compile(r"[A-Za-z]")
_FRAGMENT = re.compile(r"[A-Za-z]+")
_SPLITTING = ("strong", "em", "u", "s", "mark", "small", "a")
_NO_LINKS = frozenset({"a", "code", "pre", "kbd"})


def rejoin_words(root: etree._Element) -> None:
    """Formatting or a link on part of a Latin word goes, so that the word is one again."""
    for element in list(root.iter(*_SPLITTING)):
        text = "".join(element.itertext())
        if _FRAGMENT.fullmatch(text) and (
            _LETTER.match(_before(element)[-1:]) or _LETTER.match((element.tail or "")[:1])
        ):
            unwrap(element)


def _before(element: etree._Element) -> str:
    previous = element.getprevious()
    return (element.getparent().text if previous is None else previous.tail) or ""


def make_lists(root: etree._Element, ledger: Ledger) -> None:
    """Numbered or bulleted lines of a paragraph become a list, a line of dashes a rule."""
    for paragraph in list(root.iter("p")):
        if _RULE.fullmatch(text_of(paragraph)):
            ledger.drop("separator", text_of(paragraph))
            replace(paragraph, [etree.Element("hr")])
        elif paragraph.find("br") is not None:
            _list_lines(paragraph, ledger)
        elif not len(paragraph):
            _list_run_on(paragraph, ledger)


def _list_lines(paragraph: etree._Element, ledger: Ledger) -> None:
    lines = split_lines(paragraph)
    groups: list[tuple[str, list]] = []
    for line in lines:
        kind = _kind_of(line, groups)
        if groups and groups[-1][0] == kind:
            groups[-1][1].append(line)
        else:
            groups.append((kind, [line]))
    if not any(kind and len(group) >= _ENOUGH[kind] for kind, group in groups):
        return
    made = [
        _list_of(kind, group, ledger) if kind and len(group) >= _ENOUGH[kind] else join_lines(group)
        for kind, group in groups
    ]
    replace(paragraph, [block for block in made if len(block) or text_of(block)])


def _kind_of(line: etree._Element, groups: list) -> str:
    """`ol` for a line that counts on from the one before, `ul` for a bulleted one, or empty."""
    if _BULLET.match(line.text or ""):
        return "ul"
    number = _NUMBER.match(line.text or "")
    if not number:
        return ""
    if groups and groups[-1][0] == "ol":
        before = int(_NUMBER.match(groups[-1][1][-1].text)[1])
        return "ol" if int(number[1]) == before + 1 else ""
    return "ol"


def _list_of(kind: str, lines: list[etree._Element], ledger: Ledger) -> etree._Element:
    made = etree.Element(kind)
    pattern = _NUMBER if kind == "ol" else _BULLET
    first = pattern.match(lines[0].text)
    if kind == "ol" and int(first[1]) != 1:
        made.set("start", str(int(first[1])))
    for line in lines:
        mark = pattern.match(line.text)
        ledger.drop("list-mark", mark[0])
        line.text = line.text[mark.end() :]
        line.tag = "li"
        made.append(line)
    return made


def _list_run_on(paragraph: etree._Element, ledger: Ledger) -> None:
    """`1. one2. two3. three`: only where the count starts at 1 and never skips."""
    text = paragraph.text or ""
    if not text.startswith("1. "):
        return
    numbers = [int(match[1]) for match in _RUN_ON.finditer(text)]
    if len(numbers) + 1 < _ENOUGH["ol"] or numbers != list(range(2, len(numbers) + 2)):
        return
    starts = [0, *(match.start() for match in _RUN_ON.finditer(text)), len(text)]
    lines = []
    for start, end in pairwise(starts):
        line = etree.Element("p")
        line.text = text[start:end].strip()
        lines.append(line)
    replace(paragraph, [_list_of("ol", lines, ledger)])


def link_addresses(root: etree._Element) -> None:
    """Bare addresses become links; a paragraph of nothing but addresses becomes a list of them."""
    for paragraph in list(root.iter("p")):
        if not len(paragraph) and _list_addresses(paragraph):
            continue
    for element in list(root.iter()):
        if element.tag in _NO_LINKS or any(one.tag in _NO_LINKS for one in element.iterancestors()):
            _link_in_tail(element)
            continue
        if "://" in (element.text or ""):
            _link_in(element, None)
        _link_in_tail(element)


def _list_addresses(paragraph: etree._Element) -> bool:
    text = paragraph.text or ""
    found = bare_addresses(text)
    rest = "".join(text[end:start] for (_s, end), (start, _e) in pairwise(found))
    if len(found) < 2 or text[: found[0][0]].strip() or (rest + text[found[-1][1] :]).strip():
        return False
    made = etree.Element("ul")
    for start, end in found:
        etree.SubElement(made, "li").append(_link_to(text[start:end]))
    replace(paragraph, [made])
    return True


def _link_in_tail(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None or "://" not in (element.tail or ""):
        return
    if parent.tag in _NO_LINKS or any(one.tag in _NO_LINKS for one in parent.iterancestors()):
        return
    _link_in(parent, element)


def _link_in(parent: etree._Element, after: etree._Element | None) -> None:
    """Link the addresses in the text of `parent`, or in the tail of its child `after`."""
    text = (parent.text if after is None else after.tail) or ""
    found = bare_addresses(text)
    if not found:
        return
    ends = [start for start, _end in found[1:]] + [len(text)]
    links = [_link_to(text[start:end]) for start, end in found]
    for link, (_start, end), following in zip(links, found, ends, strict=True):
        link.tail = text[end:following]
    _put_behind(parent, after, text[: found[0][0]], links)


def _put_behind(parent, after, head: str, links: list[etree._Element]) -> None:
    """Put links behind `head` in the place of a text; the last goes first, so that none is counted.

    By index each would count all that stands before it.
    """
    if after is None:
        parent.text = head
        for link in reversed(links):
            parent.insert(0, link)
        return
    after.tail = None
    for link in reversed(links):
        after.addnext(link)
    after.tail = head


def _link_to(address: str) -> etree._Element:
    link = etree.Element("a", {"href": clean_link(address) or address, "rel": "noopener"})
    link.text = address
    return link


def raise_headings(root: etree._Element) -> None:
    """Where a body has no headings, short paragraphs all in bold are its headings."""
    if any(block.tag in {"h1", *HEADINGS} for block in root.iter()):
        return
    bold = [block for block in root if block.tag == "p" and _is_bold_line(block)]
    if len(bold) < 2 or len(bold) * 2 > len(root):
        return
    for block in bold:
        block.tag = "h2"
        unwrap(block[0])


def _is_bold_line(block: etree._Element) -> bool:
    if len(block) != 1 or block[0].tag != "strong" or block.text or block[0].tail:
        return False
    text = text_of(block)
    return len(text) <= _HEADING_LENGTH and not _HEADING_END.search(text)


def level_headings(root: etree._Element) -> None:
    """Headings begin at `h2` and go down one level at a time, their order of rank kept."""
    ranks: list[int] = []
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        rank = int(heading.tag[1])
        while ranks and ranks[-1] >= rank:
            ranks.pop()
        ranks.append(rank)
        heading.tag = f"h{len(ranks) + 1}" if len(ranks) <= 5 else "h6"
