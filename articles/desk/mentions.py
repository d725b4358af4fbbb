"""Mentions: whom `@name` in a note means."""

import re
from collections.abc import Iterable

from articles.models import User

_SIGN = r"(?<![0-9A-Za-z_.])[@＠]"  # not that of a mail address; input methods write a wide one


def mentioned(text: str, people: Iterable[User]) -> list[User]:
    """Those of `people` whom `text` names behind an @, by their name or the name they log in with.

    The longest name counts: `@林墨白` is not 林墨.
    """
    by_name = _by_name(people)
    said = _pieces(text, by_name)[1::2]
    found = [person for mention in said for person in by_name.get(_name_in(mention), ())]
    return list(dict.fromkeys(found))


def pieces(text: str, people: Iterable[User]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is a mention of one of `people`; none is empty."""
    by_name = _by_name(people)
    split = enumerate(_pieces(text, by_name))
    return [
        (piece, number % 2 == 1 and _name_in(piece) in by_name) for number, piece in split if piece
    ]


def _by_name(people: Iterable[User]) -> dict[str, list[User]]:
    """Whom every spelling means: as it is written, which a pattern finds, and casefolded.

    A pattern that looks past case does not take ß for ss, as casefolding does.
    """
    by_name: dict[str, list[User]] = {}
    for person in people:
        plain = {str(person), person.username}
        for name in plain | {name.casefold() for name in plain}:
            by_name.setdefault(name, []).append(person)
    return by_name


def _name_in(mention: str) -> str:
    """The name behind the sign, casefolded."""
    return mention[1:].casefold()


def _pieces(text: str, names: Iterable[str]) -> list[str]:
    """What stands between mentions, and at every second place a mention with its sign."""
    longest_first = sorted(names, key=len, reverse=True)
    if not longest_first:
        return [text]
    pattern = f"({_SIGN}(?:{'|'.join(map(_whole, longest_first))}))"
    return re.split(pattern, text, flags=re.IGNORECASE)


def _whole(name: str) -> str:
    """The name, and not the beginning of a longer Latin word."""
    boundary = r"(?![0-9a-z_])" if name[-1:].isascii() and name[-1:].isalnum() else ""
    return re.escape(name) + boundary
