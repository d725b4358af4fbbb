"""What a body says, without its markup: plain text, excerpts, length and reading time."""

import math
import re

from lxml import etree

from articles.body.serialising import parse
from articles.body.vocabulary import BLOCKS

CHARACTERS_A_MINUTE = 400

CJK = "\u2e80-\u2eff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
CJK += "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_COUNTED = re.compile(rf"[{CJK}]|[^\W_{CJK}]+(?:[.,'’‑-][^\W_{CJK}]+)*")
_LETTERS = rf"[[\p{{L}}\p{{N}}]--[{CJK}]]"
_COUNTED_IN_A_BROWSER = rf"[{CJK}]|{_LETTERS}+(?:[.,'’‑\-]{_LETTERS}+)*"
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u3000]+")
_SENTENCE_END = re.compile(
    r"(?:[。！？!?]|…{1,2}|(?<![0-9A-Z])\.(?=\s|[”’\"')」』）]|$))[”’\"')」』）]*"
)
_PROSE = frozenset({"p", "li", "dd", "td"})
_NOT_PROSE = frozenset({"figure", "pre", "table", "h2", "h3", "h4", "h5", "h6", "video", "audio"})
_SHOWN = ("<img", "<video", "<audio", " data-embed=")
_LINES = BLOCKS | {"figcaption", "br", "summary"}


def plain_text(html: str) -> str:
    """The text of a body in reading order, one line a block, white space collapsed."""
    lines: list[str] = [""]
    _collect(parse(html), lines, skipped=frozenset())
    return _joined(lines)


def is_empty(html: str) -> bool:
    """Whether a body says and shows nothing: no word, no picture, no film, no embed."""
    if any(mark in html for mark in _SHOWN):
        return False
    return not plain_text(html)


def excerpt(html: str, *, length: int = 120) -> str:
    """The beginning of a body's prose in at most `length` characters.

    It ends at a sentence end where one lies in the second half of that length, otherwise in an
    ellipsis, and never inside a Latin word. Headings, captions, tables and code are left out as
    long as there is prose.
    """
    lines: list[str] = [""]
    root = parse(html)
    _collect(root, lines, skipped=_NOT_PROSE)
    text = _joined(lines).replace("\n", " ") or plain_text(html).replace("\n", " ")
    return text if len(text) <= length else _cut(text, length)


def count_characters(html: str) -> int:
    """CJK characters, Latin words and numbers, each counted as one; punctuation is not counted."""
    return sum(1 for _found in _COUNTED.finditer(plain_text(html)))


def reading_minutes(html: str) -> int:
    """Whole minutes to read a body at 400 characters a minute, at least 1."""
    return max(1, math.ceil(count_characters(html) / CHARACTERS_A_MINUTE))


def counting_rule() -> dict[str, object]:
    """`count_characters` and `reading_minutes` for a browser, which counts while one types.

    `pattern` is a JavaScript regular expression (flags `gv`) of what counts as one; it is applied
    to each line of the text; `lines` are the elements that begin and end one.
    """
    return {
        "pattern": _COUNTED_IN_A_BROWSER,
        "lines": sorted(_LINES),
        "charactersAMinute": CHARACTERS_A_MINUTE,
    }


def _collect(element: etree._Element, lines: list[str], *, skipped: frozenset[str]) -> None:
    if element.tag in skipped or element.get("data-embed") or element.tag in {"script", "style"}:
        _collect_captions(element, lines, skipped)
        return
    own_line = element.tag in _LINES
    if own_line:
        lines.append("")
    lines[-1] += element.text or ""
    for child in element:
        _collect(child, lines, skipped=skipped)
        lines[-1] += child.tail or ""
    if own_line:
        lines.append("")


def _collect_captions(element: etree._Element, lines: list[str], skipped: frozenset[str]) -> None:
    if not skipped:
        for caption in element.iter("figcaption"):
            _collect(caption, lines, skipped=skipped)
    lines.append("")


def _joined(lines: list[str]) -> str:
    cleaned = (_SPACES.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in cleaned if line)


def _cut(text: str, length: int) -> str:
    ends = [
        end.end()
        for end in _SENTENCE_END.finditer(text[: length + 1])
        if length // 2 <= end.end() <= length
    ]
    if ends:
        return text[: ends[-1]]
    stop = max(length - 1, 0)
    for word in _COUNTED.finditer(text):
        if word.start() < stop < word.end():
            stop = word.start() or stop
        if word.end() >= stop:
            break
    return text[:stop].rstrip(" ，、；：,;:—-（(“") + "…"
