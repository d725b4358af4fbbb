"""Readable addresses for Chinese titles: pinyin by phrase, Latin words kept, cut at a word."""

import re
import unicodedata
from functools import partial

from pypinyin import Style, lazy_pinyin

MAX_LENGTH = 60
_WORD = re.compile(r"[a-z0-9]+")
_syllables = partial(lazy_pinyin, style=Style.NORMAL, errors=lambda text: [f" {text} "])


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slugify(text: str, *, max_length: int = MAX_LENGTH, fallback: str = "story") -> str:
    """A slug of `[a-z0-9-]`, at most `max_length` characters, cut between words.

    Chinese becomes pinyin without tones, read by phrase (重庆 is chong-qing); other letters lose
    their accents; what cannot be written in ASCII is left out. Never empty: `fallback` then.
    """
    spoken = " ".join(_syllables(unicodedata.normalize("NFKC", text)))
    words = _WORD.findall(_ascii(spoken).lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:max_length]
        if len(longer) > max_length:
            break
        slug = longer
    return slug or fallback


def spoken(text: str) -> str:
    """`text` as it is read aloud, in lower case and without accents, to sort and file it by."""
    return _ascii("".join(_syllables(unicodedata.normalize("NFKC", text)))).strip().lower()


def numbered(slug: str, number: int, *, max_length: int = MAX_LENGTH) -> str:
    """`slug` with `-number` behind it, still within `max_length`; number 1 leaves it as it is."""
    if number == 1:
        return slug
    ending = f"-{number}"
    return slug[: max_length - len(ending)].rstrip("-") + ending
