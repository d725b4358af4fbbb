"""Words and sentences in Traditional Chinese; names, terms and addresses are kept."""

import html
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property, lru_cache

from opencc import OpenCC

from articles.body.traditional import glossary
from articles.body.traditional.addresses import ADDRESS, HAN, SIGNS

_HAN = re.compile(f"[{HAN}]")
_LATIN = "0-9A-Za-zÀ-ÖØ-öø-ɏ"  # letters and digits that make one word with those beside them
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{4,5})|([0-9]{5,6}));")
_IS_LATIN = re.compile(f"[{_LATIN}]")
# OpenCC takes a zero byte for the end, and no surrogates; both stay as they are.
_UNFIT = re.compile("([\x00\ud800-\udfff]+)")
# How a sign of HTML may be spelt in an escaped text.
_SPELT = {
    "&": "&(?:amp;)?",
    "<": "(?:<|&lt;)",
    ">": "(?:>|&gt;)",
    '"': '(?:"|&quot;|&#34;)',
    "'": "(?:'|&#x27;|&#39;)",
}
_BACK = {"s2twp": "tw2sp", "s2hk": "hk2s"}


class Wording:
    """One way to write Traditional Chinese: a configuration of OpenCC and the outlet's glossary."""

    def __init__(self, variant: str, terms: dict[str, str]):
        self._chinese = OpenCC(variant)
        self._terms = terms
        #: whether a text without a Chinese character can change, too
        self.knows_latin = any(not _HAN.search(term) for term in terms)

    def plain(self, text: str) -> str:
        """A text without markup, converted."""
        return self._written(text, lambda term: term)

    def escaped(self, text: str) -> str:
        """A text as it stands in HTML or XML, converted and escaped as it was.

        Character references of Chinese characters are written out; others stay.
        """
        if "&#" in text:
            text = _REFERENCE.sub(_han_of, text)
        return self._written(text, html.escape)

    def _written(self, text: str, spelt: Callable[[str], str]) -> str:
        if not (self.knows_latin or _HAN.search(text)):
            return text
        kept = self._kept_with_addresses if SIGNS.search(text) else self._kept
        if kept is None:
            return self._converted(text)
        pieces, end = [], 0
        for found in kept.finditer(text):
            pieces += self._converted(text[end : found.start()]), self._in_place(found, spelt)
            end = found.end()
        return "".join([*pieces, self._converted(text[end:])])

    def _in_place(self, found: re.Match, spelt: Callable[[str], str]) -> str:
        term = found["term"] if "term" in found.re.groupindex else None
        if term is None:
            return found[0]
        known = term if term in self._terms else html.unescape(term)
        return term if self._terms[known] == known else spelt(self._terms[known])

    def _converted(self, text: str) -> str:
        if not text:
            return ""
        if _UNFIT.search(text):
            parts = _UNFIT.split(text)
            parts[::2] = map(self._converted, parts[::2])
            return "".join(parts)
        return self._chinese.convert(text)

    @cached_property
    def _kept(self) -> re.Pattern | None:
        return re.compile(self._any_term()) if self._terms else None

    @cached_property
    def _kept_with_addresses(self) -> re.Pattern:
        return re.compile(f"{ADDRESS}|{self._any_term()}" if self._terms else ADDRESS)

    def _any_term(self) -> str:
        """The pattern of a term; a character reference has none in it."""
        return rf"(?P<term>{_any_of(self._terms)})|&\#?[0-9A-Za-z]{{1,31}};"


@lru_cache(maxsize=4)
def wording(variant: str, glossary_text: str) -> Wording:
    """The wording of `variant` ("s2twp", "s2hk") with an outlet's glossary, made once a process."""
    return Wording(variant, glossary.understood(glossary_text))


@lru_cache(maxsize=2)
def _back(variant: str) -> OpenCC:
    return OpenCC(_BACK[variant])


def simplified(text: str, variant: str) -> str:
    """What a reader of the pages in `variant` typed, as our stories would spell it."""
    parts = _UNFIT.split(text)
    parts[::2] = [_back(variant).convert(part) for part in parts[::2]]
    return "".join(parts)


def _any_of(terms: dict[str, str]) -> str:
    """A pattern of all terms, the longest first, sorted by how they begin so that few are tried.

    A term that begins or ends with a Latin letter or a digit is no part of a longer word.
    """
    beginning = defaultdict(list)
    for term in sorted(terms, key=len, reverse=True):
        rest = "".join(_SPELT.get(sign, re.escape(sign)) for sign in term[1:])
        end = f"(?![{_LATIN}])" if _IS_LATIN.match(term[-1]) else ""
        beginning[_first(term[0])].append(rest + end)
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in beginning.items())


def _first(sign: str) -> str:
    """The pattern of a term's first sign; the sign comes before what may not precede it."""
    if _IS_LATIN.match(sign):
        return f"{sign}(?<![{_LATIN}]{sign})"
    return _SPELT.get(sign, re.escape(sign))


def _han_of(reference: re.Match) -> str:
    sign = html.unescape(reference[0])
    return sign if _HAN.fullmatch(sign) else reference[0]
