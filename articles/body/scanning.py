"""Finds tags and their ends in text nobody closed properly, in time that grows with its length."""

import re

_NAME_AND_ATTRIBUTES = re.compile(
    r"<([a-zA-Z][^\s/<>]*+)((?>[^<>=]+|=\s*\"[^\"]*\"|=\s*'[^']*'|=)*+)"
)
_WITHOUT_QUOTES = re.compile(r"<([a-zA-Z][^\s/<>]*+)([^<>]*+)")


class Closings:
    """Where elements end: each end is looked for once, and one that is missing is remembered."""

    def __init__(self, text: str):
        self.text = text
        self.searches = 0  # how often the text was really searched
        self._next: dict[str, re.Match | None] = {}

    def after(self, position: int, name: str) -> re.Match | None:
        """The first `</name>` at or after `position`; positions only grow from call to call."""
        return self._find(position, name, rf"</{re.escape(name)}\s*+>")

    def text_after(self, position: int, words: str) -> re.Match | None:
        """The same for any words, such as the end of a comment."""
        return self._find(position, words, re.escape(words))

    def _find(self, position: int, key: str, pattern: str) -> re.Match | None:
        known = self._next.get(key)
        if key in self._next and (known is None or known.start() >= position):
            return known
        self.searches += 1
        found = re.compile(pattern, re.IGNORECASE).search(self.text, position)
        self._next[key] = found
        return found


class StartTags:
    """Reads start tags whose quoted values may hold angle brackets.

    What is read in vain is counted (`wasted`, in characters); when that is more than the text
    itself, quotes are not believed any more, and a tag ends at the next angle bracket.
    """

    def __init__(self, text: str):
        self.text = text
        self.wasted = 0

    def at(self, position: int) -> tuple[str, str, int] | None:
        """Name, attributes and end of the start tag at `position`; None if there is none."""
        believing = self.wasted <= len(self.text)
        pattern = _NAME_AND_ATTRIBUTES if believing else _WITHOUT_QUOTES
        match = pattern.match(self.text, position)
        if match is None:
            return None
        if self.text[match.end() : match.end() + 1] != ">":
            self.wasted += match.end() - position
            return None
        return match[1], match[2], match.end() + 1
