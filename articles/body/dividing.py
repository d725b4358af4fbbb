"""Cuts a stored body into its blocks, every character kept as it is spelled."""

import re
from collections import Counter

from articles.body.scanning import StartTags
from articles.body.vocabulary import BLOCKS, VOID

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)")
_SPACE = re.compile(r"\s*+")


def divide(body: str) -> tuple[str, ...]:
    """The blocks of a body in order, each with the white space after it; joined they are the body.

    A block is a top-level element of `vocabulary.BLOCKS`, or whatever stands between two of them.
    Markup that is not balanced makes longer blocks and nothing worse; never raises.
    """
    cuts = _Cuts(body).found()
    return tuple(body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True) if a < b)


def key_of(block: str) -> str:
    """What makes two blocks the same block: all but the white space around it."""
    return block.strip()


class _Cuts:
    """Reads tags once from left to right and notes where blocks begin and end."""

    def __init__(self, body: str):
        self.body = body
        self.open: list[str] = []
        self.how_often: Counter[str] = Counter()  # each name is open
        self.cuts: list[int] = []

    def found(self) -> list[int]:
        start_tags, position = StartTags(self.body), 0
        while match := _TAG.search(self.body, position):
            if match[1]:
                position = self._close(match)
                continue
            tag = start_tags.at(match.start())
            position = tag[2] if tag else match.end()
            if tag:
                self._start(match[2].lower(), match.start(), position)
        return [cut for cut in self.cuts if 0 < cut < len(self.body)]

    def _start(self, name: str, start: int, end: int) -> None:
        if not self.open and name in BLOCKS:
            self._cut(start)
        if name not in VOID:
            self.open.append(name)
            self.how_often[name] += 1
        elif not self.open and name in BLOCKS:
            self._cut(end)

    def _close(self, match: re.Match) -> int:
        """Note an end tag; where it ends."""
        name, end = match[2].lower(), self.body.find(">", match.end()) + 1 or len(self.body)
        if self.how_often[name]:
            self._end(name)
            if not self.open and name in BLOCKS:
                self._cut(end)
        return end

    def _end(self, name: str) -> None:
        ended = ""
        while ended != name:
            ended = self.open.pop()
            self.how_often[ended] -= 1

    def _cut(self, at: int) -> None:
        """Cut here, or behind the white space that follows; text before the first block waits."""
        at = _SPACE.match(self.body, at).end()
        if at > self.cuts[-1] if self.cuts else self.body[:at].strip():
            self.cuts.append(at)
