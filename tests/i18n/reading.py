"""What a person reads on a page: its text, and the attributes that are shown or spoken."""

import re

import html5lib

SPOKEN = ("title", "aria-label", "alt", "placeholder")
BUTTONS = {"submit", "button", "reset"}
UNREAD = {"script", "style", "svg", "template"}
QUOTED = {"code", "pre", "textarea", "kbd"}  # what somebody typed, and names of keys
ICONS = "material-symbols-outlined"
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|/[\w./-]+|\S+\.(?:md|png|jpe?g)")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]*")


def texts_in_latin_letters(html: str, *, allowed: frozenset[str] = frozenset()) -> set[str]:
    """The texts somebody sees or hears in which a run of Latin letters is not `allowed`.

    Addresses and file names do not count.
    """
    page = html5lib.parse(html, namespaceHTMLElements=False)
    return {
        " ".join(text.split())
        for text in _texts(page)
        if set(LATIN.findall(ADDRESS.sub("", text))) - allowed
    }


def _texts(element):
    if element.tag in UNREAD | QUOTED or ICONS in element.get("class", "").split():
        return
    yield element.text or ""
    yield from (element.get(name, "") for name in SPOKEN)
    if element.tag == "input" and element.get("type") in BUTTONS:
        yield element.get("value", "")
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child.tail or ""
