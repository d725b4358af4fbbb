"""The outlet's glossary: names and terms, and what becomes of them in Traditional Chinese."""

from collections.abc import Iterator

LONGEST = 60  # characters of a term, and of what it becomes


class MalformedGlossary(ValueError):
    """A line that says nothing clear; `number` counts from 1."""

    def __init__(self, number: int, line: str):
        super().__init__(f"line {number} of the glossary: {line}")
        self.number, self.line = number, line


def read(text: str) -> dict[str, str]:
    """Each term and what it becomes; of a term given twice the last line holds.

    A line `词` keeps the term as it is, `软件=軟體` replaces it. Raises MalformedGlossary.
    """
    terms = {}
    for number, line in _lines(text):
        if (entry := _entry(line)) is None:
            raise MalformedGlossary(number, line)
        terms[entry[0]] = entry[1]
    return terms


def understood(text: str) -> dict[str, str]:
    """The same of the lines that can be read, whatever stands in the others."""
    return dict(filter(None, (_entry(line) for _number, line in _lines(text))))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def _entry(line: str) -> tuple[str, str] | None:
    sides = [side.strip() for side in line.replace("＝", "=").split("=")]
    if len(sides) > 2 or not all(0 < len(side) <= LONGEST for side in sides):
        return None
    return sides[0], sides[-1]
