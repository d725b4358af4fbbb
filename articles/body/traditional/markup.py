"""HTML in Traditional Chinese: every byte of its markup stays, only what people read changes.

Text is converted node by node: a word that a tag cuts in two is two texts, since OpenCC may answer
with another number of characters and a tag in the middle of a word has no place in them then.
The tags are read as https://html.spec.whatwg.org/multipage/parsing.html#tokenization does; where
it never finds the end of one, nothing of the rest is text, and the rest stays as it is.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from articles.body.traditional.addresses import HAN
from articles.body.traditional.structured import structured_data
from articles.body.traditional.wording import Wording

_CODE = frozenset({"code", "pre", "kbd", "samp"})
_UNREAD = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_ONLY_TEXT = frozenset({"title", "textarea"})  # a "<" in them begins no tag
_EMPTY = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_HUMAN = frozenset({"alt", "title", "aria-label", "aria-description", "placeholder", "label"})
#: the words that scripts of ours show; other data attributes are for machines
_SHOWN_BY_SCRIPTS = frozenset(
    {"data-system", "data-light", "data-dark", "data-copied", "data-failed"}
)
_BUTTONS = frozenset({"submit", "reset", "button"})
#: the names and properties of `meta` whose content is for people
_SAID_OF_THE_PAGE = frozenset(
    {
        "description",
        "keywords",
        "author",
        "application-name",
        "apple-mobile-web-app-title",
        "og:title",
        "og:description",
        "og:site_name",
        "og:image:alt",
        "twitter:title",
        "twitter:description",
        "twitter:image:alt",
        "article:tag",
        "article:section",
        "article:author",
    }
)
_ADDRESSES = {"a": "href", "area": "href", "iframe": "src"}

_WS = r"[ \t\n\f\r]"
_ATTRIBUTE = (
    r"[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
    rf"(?:{_WS}*+={_WS}*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^ \t\n\f\r>]*+)|(?!{_WS}*+=))"
)
_MARKUP = re.compile(
    r"<(?:(?P<end>/)?(?P<name>[a-zA-Z][^ \t\n\f\r/>]*+)"
    rf"(?P<attributes>(?:[ \t\n\f\r/]++|{_ATTRIBUTE})*+)>"
    r"|!--(?:-?>|.*?--!?>)|(?:[!?]|/(?![a-zA-Z]))[^>]*+>)",
    re.DOTALL,
)
_BEGINNING = re.compile(r"<(?=[a-zA-Z!?/])")
_VALUED = re.compile(
    r"(?P<name>[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    rf"{_WS}*+={_WS}*+"
    r"(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^ \t\n\f\r>]*+))"
    rf"|{_ATTRIBUTE}"
)
_TELLING = re.compile(f"[{HAN}]|&#|translate|lang", re.IGNORECASE)
_FORMS = ("double", "single", "bare")
_DATA = re.compile(r"""\btype\s*=\s*["']?application/ld\+json\b""", re.IGNORECASE)


@dataclass(frozen=True)
class _Place:
    """Where a text stands: whether in code, in what is not to be translated, in what language."""

    code: bool = False
    untranslated: bool = False
    foreign: bool = False

    @property
    def is_ours(self) -> bool:
        return not (self.code or self.untranslated or self.foreign)

    def within(self, name: str, attributes: dict[str, str]) -> "_Place":
        """The place inside an element."""
        place = replace(self, code=True) if name in _CODE else self
        if "translate" in attributes:
            place = replace(place, untranslated=attributes["translate"].strip().lower() == "no")
        if attributes.get("lang") and name != "html":  # the page itself says what it becomes
            place = replace(place, foreign=not _is_simplified(attributes["lang"]))
        return place


def _is_simplified(language: str) -> bool:
    """Whether a language tag (BCP 47) is of what we write: Chinese, and not Traditional already."""
    tag = language.strip().lower()
    return tag in {"zh", "zh-cn", "zh-sg", "cmn"} or tag.startswith(("zh-hans", "cmn-hans"))


class _Elements:
    """The elements that are open, with the place inside each."""

    def __init__(self):
        self._open: list[tuple[str, _Place]] = [("", _Place())]
        self._names: Counter[str] = Counter()

    @property
    def place(self) -> _Place:
        return self._open[-1][1]

    def begin(self, name: str, place: _Place) -> None:
        self._open.append((name, place))
        self._names[name] += 1

    def end(self, name: str) -> None:
        while self._names[name]:
            ended, _place = self._open.pop()
            self._names[ended] -= 1
            if ended == name:
                return


def converted(
    text: str, wording: Wording, *, address_of: Callable[[str], str] = lambda address: address
) -> str:
    """A page or a piece of HTML in the script of `wording`.

    Text and the attributes people read are converted, and the strings of JSON-LD; nothing in code,
    scripts, styles, elements with `translate="no"` or in another language. `address_of` says where
    a link (escaped, as it stands) leads from here; one with `hreflang` stays.
    """
    return "".join(_Page(text, wording, address_of).pieces())


class _Page:
    """A page on its way into the other script, from its first tag to its last."""

    def __init__(self, text: str, wording: Wording, address_of: Callable[[str], str]):
        self._text, self._wording, self._address_of = text, wording, address_of
        self._elements, self._position = _Elements(), 0

    def pieces(self) -> Iterator[str]:
        while found := _BEGINNING.search(self._text, self._position):
            yield self._words(self._text[self._position : found.start()], self._elements.place)
            tag = _MARKUP.match(self._text, found.start())
            if tag is None:
                yield self._text[found.start() :]
                return
            self._position = tag.end()
            yield from self._markup(tag)
        yield self._words(self._text[self._position :], self._elements.place)

    def _markup(self, tag: re.Match) -> Iterator[str]:
        name = (tag["name"] or "").lower()
        if not name or tag["end"]:
            self._elements.end(name)
            yield tag[0]
            return
        attributes = _attributes(tag["attributes"]) if self._is_telling(tag, name) else {}
        place = self._elements.place.within(name, attributes)
        yield self._start_tag(tag, name, attributes, place) if attributes else tag[0]
        if name in _UNREAD or name in _ONLY_TEXT:
            yield self._content(tag, name, place)
        elif name not in _EMPTY:
            self._elements.begin(name, place)

    def _is_telling(self, tag: re.Match, name: str) -> bool:
        """Whether an attribute may have to change, or say what the element is."""
        if name in _ADDRESSES or self._wording.knows_latin:
            return bool(tag["attributes"])
        return _TELLING.search(tag["attributes"]) is not None

    def _start_tag(
        self, tag: re.Match, name: str, attributes: dict[str, str], place: _Place
    ) -> str:
        pieces, end = [], tag.start()
        for found in _VALUED.finditer(self._text, *tag.span("attributes")):
            form = _form(found)
            if form in {None, "bare"}:
                continue  # what has no quotes could not hold every answer
            said = self._value(found["name"].lower(), found[form], name, attributes, place)
            pieces += self._text[end : found.start(form)], said
            end = found.end(form)
        return "".join([*pieces, self._text[end : tag.end()]])

    def _value(
        self, attribute: str, value: str, name: str, attributes: dict[str, str], place: _Place
    ) -> str:
        if attribute == _ADDRESSES.get(name) and "hreflang" not in attributes:
            return self._address_of(value)
        if place.is_ours and _is_read(name, attribute, attributes):
            return self._wording.escaped(value)
        return value

    def _content(self, tag: re.Match, name: str, place: _Place) -> str:
        """What stands in an element that has no elements in it."""
        end = re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE)
        found = end.search(self._text, tag.end())
        self._position = found.start() if found else len(self._text)
        content = self._text[tag.end() : self._position]
        if name in _ONLY_TEXT:
            return self._words(content, place)
        if name == "script" and _DATA.search(tag["attributes"]):
            return structured_data(content, self._wording)
        return content

    def _words(self, text: str, place: _Place) -> str:
        return self._wording.escaped(text) if place.is_ours else text


def _form(found: re.Match) -> str | None:
    """How an attribute's value is written; None if it has no value."""
    return next((form for form in _FORMS if found[form] is not None), None)


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag that have a value; the first of a name counts."""
    found = {}
    for each in _VALUED.finditer(text):
        if form := _form(each):
            found.setdefault(each["name"].lower(), html.unescape(each[form]))
    return found


def _is_read(name: str, attribute: str, attributes: dict[str, str]) -> bool:
    """Whether people read an attribute."""
    if name == "meta":
        said = attributes.get("name") or attributes.get("property") or ""
        return attribute == "content" and said.lower() in _SAID_OF_THE_PAGE
    if name == "input" and attribute == "value":
        return attributes.get("type", "").lower() in _BUTTONS
    return attribute in _HUMAN or attribute in _SHOWN_BY_SCRIPTS
