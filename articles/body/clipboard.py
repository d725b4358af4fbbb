"""What word processors and web pages put on a clipboard, said in elements instead of styles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree

from articles.body.elements import words
from articles.body.facts import Ledger
from articles.body.pictures import best_address
from articles.body.trees import text_of, unwrap
from articles.body.vocabulary import BLOCKS, HEADINGS

#: element -> the property that means it, and by which words of its value
_MEANING = {
    "strong": ("font-weight", words("bold bolder 600 700 800 900")),
    "em": ("font-style", words("italic oblique")),
    "u": ("text-decoration-line", words("underline")),
    "s": ("text-decoration-line", words("line-through")),
    "sup": ("vertical-align", words("super")),
    "sub": ("vertical-align", words("sub")),
}
#: element -> the style that takes its meaning from it: a document's wrapper, not emphasis
_MEANING_NOTHING = {
    "strong": ("font-weight", words("normal lighter 100 200 300 400")),
    "em": ("font-style", words("normal")),
    "u": ("text-decoration-line", words("none")),
}
#: what `font` says before the size and the names of typefaces
_FONT_WORDS = words("italic oblique normal small-caps bold bolder lighter") | words(
    "100 200 300 400 500 600 700 800 900"
)
_LONGEST_STYLE = 10_000  # characters of an attribute that are read
_HEADINGS = HEADINGS | {"h1"}
_BOXES = BLOCKS | {"div", "section", "article", "center", "td", "th"}

_LEVEL = re.compile(r"l\d+ level(\d)")
_NUMBER = re.compile(r"(\d{1,4})[.．、)）]")
_LETTERS_AS_BULLETS = frozenset("oO§ØünlvuwqF")  # as the fonts of symbols show them


def translate(root: etree._Element, ledger: Ledger) -> None:
    """Say in elements what a clipboard's tree says in styles, in place.

    Bold, italic and struck text get their elements, wrappers that mean nothing go, the paragraphs
    by which Word imitates lists become lists, and pictures on somebody's disk go, into `ledger`.
    """
    for element in list(root.iter(*_MEANING_NOTHING)):
        if _says(_style_of(element), *_MEANING_NOTHING[element.tag]):
            unwrap(element)
    for element in list(root.iter("*")):
        _name_styles(element)
    _make_lists(root, ledger)
    for caption in root.iter("p"):
        if caption.get("class", "").lower() == "msocaption":
            caption.set("class", "caption")
    _drop_pictures_elsewhere(root, ledger)


def _name_styles(element: etree._Element) -> None:
    style = _style_of(element)
    meant = [tag for tag, meaning in _MEANING.items() if _says(style, *meaning)]
    for box in element.findall("*") if element.tag == "tr" and meant else [element]:
        _emphasise(box, meant)


def _emphasise(element: etree._Element, tags: list[str]) -> None:
    if not tags or element.tag in _HEADINGS or _holds_boxes(element):
        return
    for tag in tags:
        is_said = element.tag == tag or next(element.iterancestors(tag), None) is not None
        if not is_said and not (tag == "u" and _is_linked(element)):
            _wrap_content(element, tag)


def _style_of(element: etree._Element) -> dict[str, list[str]]:
    """Its properties with the words of their values, small; shorthands under what they set."""
    style: dict[str, list[str]] = {}
    text = element.get("style", "")[:_LONGEST_STYLE].lower().replace("!", " !")
    for declaration in text.split(";"):
        name, _colon, value = declaration.partition(":")
        said = value.split()
        match name.strip():
            case "font":
                said = list(takewhile(_FONT_WORDS.__contains__, said))
                style |= {"font-weight": said, "font-style": said} if said else {}
            case "text-decoration":
                style["text-decoration-line"] = said
            case single:
                style[single] = said
    style.pop("", None)
    return style


def _says(style: dict[str, list[str]], name: str, meant: frozenset[str]) -> bool:
    return not meant.isdisjoint(style.get(name, ()))


def _holds_boxes(element: etree._Element) -> bool:
    return next(element.iterdescendants(*_BOXES), None) is not None


def _is_linked(element: etree._Element) -> bool:
    """Whether an underline only says that there is a link."""
    around = next(element.iterancestors("a"), None)
    return element.tag == "a" or around is not None or element.find(".//a") is not None


def _wrap_content(element: etree._Element, tag: str) -> None:
    wrapper = etree.Element(tag)
    wrapper.text, element.text = element.text, None
    wrapper.extend(list(element))
    element.append(wrapper)


# Lists


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph of Word's that is an item: how deep, of which kind of list, with which mark."""

    paragraph: etree._Element
    level: int
    kind: str
    start: int
    mark: etree._Element


def _make_lists(root: etree._Element, ledger: Ledger) -> None:
    for paragraph in list(root.iter("p")):
        run = list(_run_from(paragraph))
        if run:
            _make_list(run, ledger)


def _run_from(paragraph: etree._Element) -> Iterator[_Item]:
    """The items that follow each other from `paragraph` on; none of those that are in a list."""
    while paragraph is not None and (item := _item(paragraph)):
        yield item
        if (paragraph.tail or "").strip():
            return
        paragraph = paragraph.getnext()


def _item(paragraph: etree._Element) -> _Item | None:
    """None too for counts in letters or Chinese numerals: they are words of the text."""
    said = _LEVEL.match(" ".join(_list_of(paragraph))) if paragraph.tag == "p" else None
    spans = paragraph.iterdescendants("span") if said else ()
    mark = next((span for span in spans if "ignore" in _list_of(span)), None)
    if mark is None:
        return None
    text = text_of(mark)
    if number := _NUMBER.fullmatch(text):
        return _Item(paragraph, int(said[1]), "ol", int(number[1]), mark)
    is_bullet = text in _LETTERS_AS_BULLETS or not re.search(r"\w", text)
    return _Item(paragraph, int(said[1]), "ul", 1, mark) if is_bullet else None


def _list_of(element: etree._Element) -> list[str]:
    """What Word says of the list an element belongs to: `l0 level1 lfo1`, `ignore`."""
    return _style_of(element).get("mso-list", [])


def _make_list(run: list[_Item], ledger: Ledger) -> None:
    lists: list[tuple[int, etree._Element]] = []
    for item in run:
        while lists and lists[-1][0] > item.level:
            lists.pop()
        if lists and lists[-1][0] == item.level and lists[-1][1].tag != item.kind:
            lists.pop()
        if not lists or lists[-1][0] < item.level:
            made = etree.Element(item.kind)
            if item.kind == "ol" and item.start != 1:
                made.set("start", str(item.start))
            if lists:
                lists[-1][1][-1].append(made)
            else:
                item.paragraph.addprevious(made)
            lists.append((item.level, made))
        _move_into(lists[-1][1], item, ledger)


def _move_into(made: etree._Element, item: _Item, ledger: Ledger) -> None:
    ledger.drop("list-mark", text_of(item.mark))
    _take_out(item.mark)
    li = etree.SubElement(made, "li")
    li.text = item.paragraph.text
    li.extend(list(item.paragraph))
    _take_out(item.paragraph)


def _take_out(element: etree._Element) -> None:
    """Remove an element with what it holds; the text after it stays."""
    parent, previous = element.getparent(), element.getprevious()
    if element.tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


# Pictures


def _drop_pictures_elsewhere(root: etree._Element, ledger: Ledger) -> None:
    """A picture without an address on the web lies where only the other program can reach it."""
    for image in list(root.iter("img")):
        address, _usable = best_address(image)
        if not address.startswith(("http:", "https:", "/media/")):
            ledger.drop("picture", "", image.get("src", "")[:200] or "?")
            _take_out(image)
