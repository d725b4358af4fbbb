"""What a copy editor would mark in Chinese text: half-width punctuation where full-width belongs.

Follows GB/T 15834 as Chinese newsrooms read it: marks that stand beside Chinese characters are
full-width; those of code, addresses, numbers and whole English sentences are left alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from lxml import etree

from articles.body.links import bare_addresses
from articles.body.serialising import parse
from articles.body.vocabulary import BLOCKS

_CHINESE = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_IS_CHINESE = re.compile(f"[{_CHINESE}]")
_BEFORE = re.compile(f"[{_CHINESE}》」』】〉）]")
_AFTER = re.compile(f"[{_CHINESE}《「『【〈（]")
_POINTS = re.compile(r"[,.;:?!]+")
_BRACKETS = re.compile(r"[()]")
_QUOTE = re.compile(r'"')
_APOSTROPHE = re.compile(r"'")
_SENTENCE = re.compile(r"(?:[^。！？；…!?.]|\.(?!\s|$))*(?:[。！？；…!?.]+|$)")
_WORD = re.compile(r"[A-Za-z]+")
_RUNNING = re.compile(r"(?<![A-Za-z])(?:[a-z]++,? ){2}[a-z]++(?![A-Za-z])")
_ASCII_WORD = re.compile(r"[0-9A-Za-z_]")
#: names that end in a mark, as they write themselves
_MARKED_NAME = re.compile(r"(?<![A-Za-z])(?:Yahoo!|Yum!|Joomla!|Jeopardy!|Guess\?)$")
_MARKED_LENGTH = 10
_DATE = re.compile(r"[0-9]{1,4} ?[年月日]")
_LATIN = re.compile(r"[0-9A-Za-z_.,-]*[0-9A-Za-z_]")
_LATIN_END = re.compile(r"[0-9A-Za-z_.,-]+$")

_LINES = BLOCKS | {"figcaption", "caption", "br", "summary", "li", "td", "th", "dt", "dd"}
_NOT_PROSE = frozenset({"pre", "script", "style"})
_CODE = frozenset({"code", "kbd"})
#: stands for a character of code or of an address: no Chinese, no Latin, no mark
_HIDDEN = "\ufffc"
_AROUND = 5  # characters of context on either side
_LONGEST = 20
_WORD_LENGTH = 12


def half_width_in(html: str) -> list[str]:
    """Passages of a stored body with half-width marks in Chinese text, in reading order.

    Each is a stretch of one line of its plain text: the mark, and a few characters around it.
    """
    lines = _Lines()
    lines.read(parse(html))
    return [passage for line in lines.read_so_far() for passage in line.passages()]


def half_width(text: str) -> list[str]:
    """The same for plain text, a title for example."""
    return [passage for line in text.splitlines() for passage in _Line(line, line).passages()]


class _Line:
    """One line: as it is shown, and as it is judged, with code and addresses hidden."""

    def __init__(self, shown: str, judged: str):
        self.shown = shown
        self.judged = _without_addresses(judged)
        self._chinese: list[int] = []
        self._ends: list[int] = []
        self._are_english: list[bool] = []

    def passages(self) -> list[str]:
        if not _IS_CHINESE.search(self.judged):
            return []
        self._measure()
        found = [*self._points(), *self._brackets(), *self._quotes(), *self._apostrophes()]
        wrong = [place for place in sorted(found) if not self._is_english(place[0])]
        return [self._passage(start, end) for start, end in _merged(wrong, len(self.shown))]

    def _passage(self, start: int, end: int) -> str:
        """What is shown there, without cutting a Latin word or a number in two."""
        is_cut = _ASCII_WORD.match(self.shown, start)
        left = _LATIN_END.search(self.shown, max(start - _WORD_LENGTH, 0), start)
        right = _LATIN.match(self.shown, end, end + _WORD_LENGTH)
        if is_cut and left:
            start = left.start()
        if right and _ASCII_WORD.match(self.shown, end - 1):
            end = right.end()
        return " ".join(self.shown[start:end].split())

    def _measure(self) -> None:
        is_chinese = (_IS_CHINESE.match(character) is not None for character in self.judged)
        self._chinese = list(accumulate(is_chinese, initial=0))
        for sentence in _SENTENCE.finditer(self.judged):
            words = len(_WORD.findall(sentence[0]))
            chinese = self._chinese[sentence.end()] - self._chinese[sentence.start()]
            is_running = words > chinese and _RUNNING.search(sentence[0]) is not None
            self._ends.append(sentence.end())
            self._are_english.append(is_running)

    def _is_english(self, place: int) -> bool:
        return self._are_english[min(bisect_right(self._ends, place), len(self._ends) - 1)]

    def _points(self) -> Iterator[tuple[int, int]]:
        for mark in _POINTS.finditer(self.judged):
            if self._follows_chinese(mark) or self._leads_to_chinese(mark):
                yield mark.span()

    def _follows_chinese(self, mark: re.Match) -> bool:
        """`今天,`, `今天.2025年`; but not `打开.env`."""
        is_word = self._is(_ASCII_WORD, mark.end()) and not self._is(_DATE, mark.end())
        is_name = mark[0] == "." and is_word
        return self._is(_BEFORE, mark.start() - 1) and not is_name

    def _leads_to_chinese(self, mark: re.Match) -> bool:
        """`Linux,而`, `Linux, 而`; but not `1.打开`, not `Inc. 宣布`, not `Yahoo!宣布`."""
        start = max(mark.end() - _MARKED_LENGTH, 0)
        is_name = _MARKED_NAME.search(self.judged[start : mark.end()]) is not None
        return mark[0] != "." and not is_name and self._is_before_chinese(mark.end())

    def _brackets(self) -> Iterator[tuple[int, int]]:
        opened: list[int] = []
        for bracket in _BRACKETS.finditer(self.judged):
            place = bracket.start()
            if bracket[0] == "(":
                opened.append(place)
            elif opened:
                start = opened.pop()
                if self._is_chinese_pair(start, place):
                    yield start, place + 1
            elif self._is(_BEFORE, place - 1):
                yield place, place + 1
        for place in opened:
            if self._is(_BEFORE, place - 1) or self._is(_AFTER, place + 1):
                yield place, place + 1

    def _is_chinese_pair(self, start: int, end: int) -> bool:
        """`苹果(Apple)`, `Apple (苹果)`; but not `print()函数`."""
        if self._chinese[end] > self._chinese[start]:
            return True
        is_call = self._is(_ASCII_WORD, start - 1)
        return self._is_behind_chinese(start) or (not is_call and self._is_before_chinese(end + 1))

    def _quotes(self) -> Iterator[tuple[int, int]]:
        opened = None
        for quote in _QUOTE.finditer(self.judged):
            place = quote.start()
            if opened is not None:
                if self._touches_chinese(opened) or self._touches_chinese(place):
                    yield opened, place + 1
                opened = None
            elif not self.judged[place - 1 : place].isdigit():  # 27" is a size
                opened = place
        if opened is not None and self._touches_chinese(opened):
            yield opened, opened + 1

    def _apostrophes(self) -> Iterator[tuple[int, int]]:
        for mark in _APOSTROPHE.finditer(self.judged):
            if self._touches_chinese(mark.start()):
                yield mark.span()

    def _touches_chinese(self, place: int) -> bool:
        return self._is(_BEFORE, place - 1) or self._is(_AFTER, place + 1)

    def _is_behind_chinese(self, place: int) -> bool:
        before = place - 2 if self.judged[place - 1 : place] == " " else place - 1
        return self._is(_BEFORE, before)

    def _is_before_chinese(self, place: int) -> bool:
        after = place + 1 if self.judged[place : place + 1] == " " else place
        return self._is(_AFTER, after)

    def _is(self, kind: re.Pattern, place: int) -> bool:
        return 0 <= place < len(self.judged) and kind.match(self.judged, place) is not None


class _Lines:
    """The lines of a body's prose, collected from its tree."""

    def __init__(self):
        self._shown = [""]
        self._judged = [""]

    def read(self, element: etree._Element, *, is_code: bool = False) -> None:
        if element.tag in _NOT_PROSE:
            self._break()
            return
        is_line, is_code = element.tag in _LINES, is_code or element.tag in _CODE
        if is_line:
            self._break()
        self._add(element.text, is_code=is_code)
        for child in element:
            self.read(child, is_code=is_code)
            self._add(child.tail, is_code=is_code)
        if is_line:
            self._break()

    def read_so_far(self) -> Iterator[_Line]:
        yield from map(_Line, self._shown, self._judged)

    def _break(self) -> None:
        self._shown.append("")
        self._judged.append("")

    def _add(self, text: str | None, *, is_code: bool) -> None:
        self._shown[-1] += text or ""
        self._judged[-1] += _HIDDEN * len(text or "") if is_code else text or ""


def _without_addresses(text: str) -> str:
    pieces, read = [], 0
    for start, end in bare_addresses(text):
        pieces += [text[read:start], _HIDDEN * (end - start)]
        read = end
    return "".join([*pieces, text[read:]])


def _merged(places: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The places with their context; what overlaps is one passage, as long as it stays short."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        left = max(start - _AROUND, 0)
        right = min(end + _AROUND, start + _LONGEST + _AROUND, length)
        if merged and left <= merged[-1][1] and right - merged[-1][0] <= _LONGEST:
            left, before = merged.pop()
            right = max(right, before)
        merged.append((left, right))
    return merged
