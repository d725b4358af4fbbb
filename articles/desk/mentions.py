"""Mentions: whom `@name` in a note means."""

import re
from collections.abc import Iterable

from articles.models import User

_SIGN = r"(?<![0-9A-Za-z_.])[@＠]"  # not that of a mail address; input methods write a wide one


def mentioned(text: str, people: Iterable[User]) -> list[User]:
    """Those of `people` whom `text` names behind an @, by their name or the name they log in with.

    The longest name counts: `@林墨白` is not 林墨.
    """
    by_name: dict[str, list[User]] = {}
    for person in people:
        for name in {str(person).casefold(), person.username.casefold()}:
            by_name.setdefault(name, []).append(person)
    if not by_name:
        return []
    longest_first = sorted(by_name, key=len, reverse=True)
    pattern = re.compile(f"{_SIGN}({'|'.join(map(_whole, longest_first))})")
    found = [person for name in pattern.findall(text.casefold()) for person in by_name[name]]
    return list(dict.fromkeys(found))


def _whole(name: str) -> str:
    """The name, and not the beginning of a longer Latin word."""
    boundary = r"(?![0-9a-z_])" if name[-1:].isascii() and name[-1:].isalnum() else ""
    return re.escape(name) + boundary
