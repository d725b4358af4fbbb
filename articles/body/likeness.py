"""Whether two titles say the same: the same story, perhaps, written twice."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_NOT_SAID = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_NEARLY = 0.85  # of the characters of both, in the same order


def essence(title: str) -> str:
    """A title without what does not matter: width, case, punctuation and spaces."""
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", title).casefold())


def near_identical(title: str, others: Iterable[str]) -> list[int]:
    """The places in `others` of titles that are nearly the same as `title`.

    Titles with other numbers are not, however like they are: `iPhone 16 评测` is not
    `iPhone 17 评测`, and the morning paper of the 14th is not that of the 15th.
    """
    said = essence(title)
    if not said:
        return []
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(said)
    numbers = _NUMBER.findall(said)
    return [
        place
        for place, other in enumerate(map(essence, others))
        if other == said or (_is_near(matcher, other) and _NUMBER.findall(other) == numbers)
    ]


def _is_near(matcher: SequenceMatcher, other: str) -> bool:
    """Cheap questions first: of a thousand titles, nearly all fail one."""
    matcher.set_seq1(other)
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(ratio() >= _NEARLY for ratio in ratios)
