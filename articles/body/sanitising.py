"""The one allow-list between any HTML that arrives and the HTML that is stored or shown."""

import html as html_entities
import re
import threading
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner

from articles.body.depth import shallow
from articles.body.entities import without_controls
from articles.body.scanning import Closings, StartTags
from articles.body.vocabulary import COMPARED, RENDERED, STORED

PROTOCOLS = frozenset({"http", "https", "mailto"})

#: the `rel` of links that leave the site, and of those that somebody paid for
LEAVING, PAID = "noopener", "sponsored noopener"

_REMOVED = re.compile(r"<(?:(script|style|template|noscript|svg|math)\b|!--)", re.IGNORECASE)
_PRE_NEWLINES = re.compile(r"(<pre\b[^<>]*>)[\r\n]+", re.IGNORECASE)
_ROUNDS = 6
_OF_THIS_THREAD = threading.local()


class _Links(Filter):
    """What an attribute list cannot say: `rel` on links that leave; no hollow links or pictures."""

    _NEEDS = MappingProxyType({"a": (None, "href"), "img": (None, "src"), "iframe": (None, "src")})

    def __iter__(self):
        hollow: list[str] = []
        for token in Filter.__iter__(self):
            kind, name = token["type"], token.get("name")
            if kind == "EndTag" and hollow and hollow[-1] == name:
                hollow.pop()
                continue
            if kind in {"StartTag", "EmptyTag"} and self._is_hollow(name, token["data"]):
                hollow.extend([name] if kind == "StartTag" else [])
                continue
            if kind in {"StartTag", "EmptyTag"}:
                self._complete(name, token["data"])
            yield token

    def _is_hollow(self, name: str, attributes: dict) -> bool:
        return name in self._NEEDS and not attributes.get(self._NEEDS[name])

    def _complete(self, name: str, attributes: dict) -> None:
        if name == "a":
            self._set_rel(attributes)
        elif name == "img":
            attributes.setdefault((None, "alt"), "")

    def _set_rel(self, attributes: dict) -> None:
        said = attributes.pop((None, "rel"), "")
        address = attributes.get((None, "href"), "")
        if address.lstrip().lower().startswith(("http:", "https:", "//")):
            attributes[(None, "rel")] = self._rel(said)

    def _rel(self, _said: str) -> str:
        return LEAVING


class _RenderedLinks(_Links):
    """In final HTML a link may say that it was paid for; no editor can say so of one link."""

    def _rel(self, said: str) -> str:
        return PAID if said == PAID else LEAVING


def _cleaner(name: str, vocabulary: Mapping[str, Mapping]) -> Cleaner:
    """The thread's own cleaner: Bleach's parser keeps state, so threads must not share one."""
    if (cleaner := getattr(_OF_THIS_THREAD, name, None)) is None:
        cleaner = Cleaner(
            tags=frozenset(vocabulary),
            attributes=lambda element, attribute, value: _accepts(
                vocabulary, element, attribute, value
            ),
            protocols=PROTOCOLS,
            strip=False,
            strip_comments=True,
            filters=[_RenderedLinks if vocabulary is RENDERED else _Links],
        )
        cleaner.serializer.use_best_quote_char = False
        cleaner.serializer.minimize_boolean_attributes = False
        setattr(_OF_THIS_THREAD, name, cleaner)
    return cleaner


def _accepts(vocabulary: Mapping, element: str, attribute: str, value: str) -> bool:
    check = vocabulary[element].get(attribute)
    return check is not None and check(html_entities.unescape(value))


def _without_removed(text: str) -> str:
    """Text without comments and without the elements that go with their content."""
    closings, start_tags = Closings(text), StartTags(text)
    out, position = [], 0
    for match in _REMOVED.finditer(text):
        if match.start() < position:
            continue
        if end := _end_of_removed(match, closings, start_tags):
            out.append(text[position : match.start()])
            position = end
    out.append(text[position:])
    return "".join(out)


def _end_of_removed(match: re.Match, closings: Closings, start_tags: StartTags) -> int:
    """Where a comment or an element to be removed ends; 0 if it has no end."""
    if match[1] is None:
        end = closings.text_after(match.end(), "-->")
        return end.end() if end else 0
    tag = start_tags.at(match.start())
    end = closings.after(tag[2], match[1].lower()) if tag else None
    return end.end() if end else 0


def _clean(text: str, name: str, vocabulary: Mapping[str, Mapping]) -> str:
    """Clean until nothing changes any more, so that what is kept reads back as what it is.

    Text that never settles is hostile: it is kept as text, with every tag escaped.
    """
    cleaner = _cleaner(name, vocabulary)
    text = without_controls(text)
    for _round in range(_ROUNDS):
        before = text
        text = _PRE_NEWLINES.sub(r"\1", _without_removed(text))
        text = cleaner.clean(shallow(text, vocabulary))
        if text == before:
            return text
    return html_entities.escape(html_entities.unescape(text), quote=False)


@lru_cache(maxsize=64)
def sanitise(html: str) -> str:
    """HTML of any origin in, HTML that may be stored as a body out.

    Elements and attributes are those of `vocabulary.STORED`; addresses are http, https, mailto or
    relative; `script`, `style`, SVG, MathML and comments go with their content, any other unknown
    element stays as text. Idempotent. Links that leave the site carry `rel="noopener"`
    (https://html.spec.whatwg.org/multipage/links.html#link-type-noopener).
    """
    return _clean(html, "stored", STORED)


def sanitise_rendered(html: str) -> str:
    """The same for final HTML: also what `rendering` adds (`vocabulary.RENDERED`). Idempotent."""
    return _clean(html, "rendered", RENDERED)


def sanitise_compared(html: str) -> str:
    """The same for a stored body with the marks of `comparing` in it. Idempotent."""
    return _clean(html, "compared", COMPARED)
