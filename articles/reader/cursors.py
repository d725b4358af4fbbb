"""Cursors: the place in a list of stories, as the last part of an address `…/before/<cursor>/`.

Pure. A cursor names the last story of the page before it by its time and id, so that a list keeps
its pages whole while new stories come in at the top.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BEGINNING = datetime.min.replace(tzinfo=UTC)  # nothing that has a date is older
_LARGEST_ID = 2**63 - 1  # a BigAutoField's


class MalformedCursor(ValueError):
    """The text is not a cursor, or not the one way of writing it."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """What comes before it in a list: the story `pk`, published at `moment` (aware)."""

    moment: datetime
    pk: int

    def __str__(self):
        return encode(self)


def encode(cursor: Cursor) -> str:
    """`<microseconds since the year 1, in UTC>-<id>`, both in base 36, lower case."""
    microseconds = (cursor.moment - _BEGINNING) // timedelta(microseconds=1)
    return f"{_base36(microseconds)}-{_base36(cursor.pk)}"


def decode(text: str) -> Cursor:
    """The cursor written by `encode`; raises `MalformedCursor` for any other text.

    There is exactly one text for a place, so that a page has exactly one address.
    """
    try:
        microseconds, pk = (int(part, 36) for part in text.split("-"))
        cursor = Cursor(_BEGINNING + timedelta(microseconds=microseconds), pk)
        canonical = encode(cursor)
    except (ValueError, OverflowError) as error:
        raise MalformedCursor(text) from error
    if canonical != text or not 0 < pk <= _LARGEST_ID:
        raise MalformedCursor(text)
    return cursor


def _base36(number: int) -> str:
    if number < 0:
        raise ValueError("a cursor has no negative part")
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
