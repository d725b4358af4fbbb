"""Notes: numbers in the text that lead to the last list of a body, and back; no link to nowhere.

A body stores no ids. `<a href="#fn1">` in a text means the item of that number in the last
numbered list, which is the list of notes; that survives every editor.
"""

import re

from django.utils.translation import gettext as _
from lxml import etree

from articles.body.trees import text_of, unwrap

_NOTE = re.compile(r"#(?:_?ftn|fn|footnote|note)[-_:]?0*([1-9][0-9]{0,2})")
_BACK = re.compile(r"#(?:_?ftnref|fnref|footnote-?ref|note-?ref)[-_:]?[0-9]{1,3}")
_ARROWS = frozenset("↩︎↑^⏎")


def is_note_link(address: str) -> bool:
    """Whether an address within a page leads to a note or back from one."""
    return (_NOTE.fullmatch(address) or _BACK.fullmatch(address)) is not None


def link_notes(root: etree._Element, *, back: bool = True) -> None:
    """Connect the notes of a body whose headings have their ids; links to nowhere become text.

    `back`: whether each note leads back to its first mention.
    """
    links = [link for link in root.iter("a") if link.get("href", "").startswith("#")]
    if not links:
        return
    places = {f"#{heading.get('id')}" for heading in root.iter("h2", "h3", "h4")}
    notes = _items(root)
    mentioned: set[str] = set()
    for link in links:
        note = _NOTE.fullmatch(link.get("href"))
        if note and note[1] in notes:
            _mention(link, notes[note[1]], note[1], mentioned, back=back)
        elif link.get("href") not in places:
            _take_away(link)


def _items(root: etree._Element) -> dict[str, etree._Element]:
    """The items of the last numbered list at the top of a body, by their numbers."""
    lists = root.findall("ol")
    if not lists:
        return {}
    first = int(lists[-1].get("start", "1"))
    return {str(number): item for number, item in enumerate(lists[-1].iterfind("li"), first)}


def _mention(link, note, number: str, mentioned: set[str], *, back: bool) -> None:
    link.set("href", f"#fn-{number}")
    link.set("role", "doc-noteref")
    if number in mentioned:
        return
    mentioned.add(number)
    link.set("id", f"fnref-{number}")
    note.set("id", f"fn-{number}")
    if back:
        _lead_back(note, number)


def _lead_back(note: etree._Element, number: str) -> None:
    """A link at the end of a note, in its last paragraph if it has some."""
    end = note[-1] if len(note) and note[-1].tag == "p" else note
    words = {"role": "doc-backlink", "aria-label": _("Back to the text")}
    link = etree.SubElement(end, "a", {"href": f"#fnref-{number}", **words})
    link.text = "↩"


def _take_away(link: etree._Element) -> None:
    """The link goes and its words stay; an arrow that led back says nothing without it."""
    if _BACK.fullmatch(link.get("href")) and set(text_of(link)) <= _ARROWS:
        link.drop_tree()
    else:
        unwrap(link)
