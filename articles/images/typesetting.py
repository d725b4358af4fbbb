"""Sets a headline in lines: Chinese and Latin mixed, in the largest size that has room for it.

Pure: whoever asks knows how wide a text is. Lines break as Chinese is broken: between any two
characters, but no line begins with a stop or a closing mark, and none ends with an opening one
(https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end). All lengths are in ems, the
size of the type, unless pixels are named.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NOT_FIRST = "。．，、；：！？·…—～）〕］｝】〗〙》〉」』”’!),.:;?]}%‰℃°"
_NOT_LAST = "（〔［｛【〖〘《〈「『“‘([{$￥#"
#: marks that take half of their square: nothing is in the other half
_LEFT_HALF_EMPTY = "（〔［｛【〖〘《〈「『“‘"
_RIGHT_HALF_EMPTY = "。，、；：）〕］｝】〗〙》〉」』”’"
_WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_WORD = re.compile(rf"——|……|[^\s{_WIDE}“”‘’…—·]+|\S")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z0-9$%+&@#]")
_GAP = 0.2  # between Chinese and Latin (https://www.w3.org/TR/clreq/#mixed_text)
_SPACE = 0.26  # between two words
_HALF = 0.5  # what a mark gives up where another one, or the beginning of a line, is beside it
_UNTIDY = 0.06  # what a line pays that breaks where no phrase ends
_SHRINKS = 0.12  # how much smaller the type may be for each line that then ends with a phrase
_TRIED = 4  # sizes that fit; what is smaller still is not looked at

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never broken: `text`, how wide it is, and the gap before it within a line.

    `hang`: how much of its left is empty, so that it may stand out at the beginning of a line.
    """

    text: str
    width: float
    gap: float = 0
    hang: float = 0


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A headline set: its lines, in `size` pixels an em, with `leading` pixels a line."""

    lines: tuple[Line, ...]
    size: int
    leading: int


def fitted(
    text: str, *, measure: Measure, width: int, height: int, sizes: Sequence[int]
) -> Setting:
    """`text` set in one of `sizes` (pixels, falling) within `width` x `height` pixels.

    The largest that fits; a little smaller where lines then end with their phrases. `measure`: how
    wide a text is. What does not fit the smallest ends in an ellipsis.
    """
    fitting = []
    for size in sizes:
        if _lines_needed(text, measure, width, size) * _leading(size) <= height:
            fitting.append(_set(text, measure, width, size))
        if len(fitting) == _TRIED:
            break
    if fitting:
        return max(fitting, key=_merit)
    setting = _set(text, measure, width, sizes[-1])
    room = max(1, height // setting.leading)
    last = _cut(setting.lines[room - 1], measure, width / setting.size)
    return Setting((*setting.lines[: room - 1], last), setting.size, setting.leading)


def _set(text: str, measure: Measure, width: int, size: int) -> Setting:
    pieces = _pieces(text, measure, width / size)
    return Setting(_broken(pieces, width / size), size, _leading(size))


def _lines_needed(text: str, measure: Measure, width: int, size: int) -> int:
    return _greedy(_pieces(text, measure, width / size), width / size)


def _leading(size: int) -> int:
    return round(size * (1.28 if size > 64 else 1.36))


def _merit(setting: Setting) -> float:
    untidy = sum(not _ends_phrase(line[-1]) for line in setting.lines[:-1])
    return setting.size * (1 - _SHRINKS * min(untidy, 3))


def _ends_phrase(piece: Piece) -> bool:
    return piece.text[-1] in "，。；：！？、—…"


def _pieces(text: str, measure: Measure, width: float) -> list[Piece]:
    """The unbreakable parts of `text`, in order; none is wider than `width`, if it can be cut."""
    pieces, before = [], ""
    for part, spaced in _parts(text, measure, width):
        gap = _gap(before, part, spaced=spaced) if before else 0
        pieces.append(Piece(part, _length(part, measure), gap, _hang(part, measure)))
        before = part
    return pieces


def _parts(text: str, measure: Measure, width: float) -> list[tuple[str, bool]]:
    """Each part, and whether a space stands before it."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for found in _WORD.finditer(text):
        spaced, end = found.start() > end, found.end()
        if parts and not spaced and (found[0][0] in _NOT_FIRST or parts[-1][0][-1] in _NOT_LAST):
            parts[-1] = (parts[-1][0] + found[0], parts[-1][1])
        else:
            chopped = _chopped(found[0], measure, width)
            parts += [(part, spaced and not number) for number, part in enumerate(chopped)]
    return parts


def _chopped(word: str, measure: Measure, width: float) -> list[str]:
    """A word longer than a line in parts that are not."""
    parts = [""]
    if measure(word) <= width:
        return [word]
    for character in word:
        if parts[-1] and measure(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _gap(before: str, after: str, *, spaced: bool) -> float:
    """The room between two pieces."""
    one, other = before[-1], after[0]
    if _are_of_two_scripts(one, other):
        return _GAP
    if other in _LEFT_HALF_EMPTY and one in _RIGHT_HALF_EMPTY:
        return -_HALF
    if not spaced:
        return 0
    return _SPACE / 2 if _is_mark(one) or _is_mark(other) else _SPACE


def _are_of_two_scripts(one: str, other: str) -> bool:
    if _IDEOGRAPH.match(one):
        return _LATIN.match(other) is not None
    return _LATIN.match(one) is not None and _IDEOGRAPH.match(other) is not None


def _is_mark(character: str) -> bool:
    """Whether it is a full-width mark, which brings its own room."""
    return character in _NOT_FIRST + _NOT_LAST and character > "\u2000"


def _length(text: str, measure: Measure) -> float:
    return measure(text) - sum(_squeezes(text))


def _squeezes(text: str) -> list[float]:
    """How far each character moves towards the one before it."""
    pairs = pairwise(text)
    return [0.0, *(_HALF if _meet(one, other) else 0.0 for one, other in pairs)]


def _meet(one: str, other: str) -> bool:
    """Whether the empty halves of two marks are side by side."""
    if one in _RIGHT_HALF_EMPTY:
        return other in _RIGHT_HALF_EMPTY + _LEFT_HALF_EMPTY
    return one in _LEFT_HALF_EMPTY and other in _LEFT_HALF_EMPTY


def runs(piece: Piece, measure: Measure) -> list[tuple[float, str]]:
    """The parts of a piece and where each begins, so that marks lose the room between them."""
    found, start, moved = [], 0, 0.0
    for at, squeeze in enumerate(_squeezes(piece.text)):
        if squeeze:
            found.append((measure(piece.text[:start]) - moved, piece.text[start:at]))
            start, moved = at, moved + squeeze
    return [*found, (measure(piece.text[:start]) - moved, piece.text[start:])]


def _hang(text: str, measure: Measure) -> float:
    return _HALF if text[0] in _LEFT_HALF_EMPTY and measure(text[0]) > 0.9 else 0


def _broken(pieces: Sequence[Piece], width: float) -> tuple[Line, ...]:
    """The pieces in as few lines as there must be, as even as they can be.

    Shortest path over the places a line may end: what a line costs is the square of what it
    lacks, and something more where no phrase ends with it.
    """
    fewest = _greedy(pieces, width)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for end in range(1, len(pieces) + 1):
        best.append(_best_ending(pieces, end, best, width=width, fewest=fewest))
    lines, end = [], len(pieces)
    for count in range(fewest, 0, -1):
        start = best[end][count][1]
        lines.append(tuple(pieces[start:end]))
        end = start
    return tuple(reversed(lines))


def _best_ending(
    pieces: Sequence[Piece],
    end: int,
    best: list[dict[int, tuple[float, int]]],
    *,
    width: float,
    fewest: int,
) -> dict[int, tuple[float, int]]:
    """How to end a line before the piece `end`: number of lines -> what that costs, its start."""
    found: dict[int, tuple[float, int]] = {}
    ideal = sum(piece.width + piece.gap for piece in pieces) / fewest
    whole = 0.0
    for start in range(end - 1, -1, -1):
        first = pieces[start]
        whole += first.width + first.gap
        length = whole - first.gap - first.hang
        if length > width and start < end - 1:
            break
        cost = ((length - ideal) / width) ** 2 + _breaking(pieces, end)
        for count, (before, _start) in best[start].items():
            if count < fewest and (count + 1 not in found or before + cost < found[count + 1][0]):
                found[count + 1] = (before + cost, start)
    return found


def _breaking(pieces: Sequence[Piece], end: int) -> float:
    """What it costs to break before the piece `end`: nothing after a stop, less at a gap."""
    if end == len(pieces) or _ends_phrase(pieces[end - 1]):
        return 0
    return _UNTIDY / 2 if pieces[end].gap > 0 else _UNTIDY


def _greedy(pieces: Sequence[Piece], width: float) -> int:
    """How many lines there must be."""
    count, start = 1, 0
    for end in range(1, len(pieces) + 1):
        if measured(pieces[start:end]) > width and end - start > 1:
            count, start = count + 1, end - 1
    return count


def measured(line: Sequence[Piece]) -> float:
    """How wide a line is."""
    return sum(piece.width + piece.gap for piece in line) - line[0].gap - line[0].hang


def _cut(line: Line, measure: Measure, width: float) -> Line:
    """The line with an ellipsis in place of what is left out after it."""
    mark = Piece("…", measure("…"))
    while len(line) > 1 and measured((*line, mark)) > width:
        line = line[:-1]
    return (*line, mark)
