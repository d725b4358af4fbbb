"""Whether two titles say the same: the same story, perhaps, written twice."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_SAID_OR_NOT = re.compile(r"([a-z]\d*[+#]+)|[\W_]+")
_NUMERAL = "[〇零一二三四五六七八九十百千]"
_COUNTED = "[季月日号年代期版届章集篇轮周级倍成]"
#: what makes another thing of a thing: a number, in Chinese where it counts something, and `C++`
_TELLING = re.compile(
    r"\d+|[a-z]\d*[+#]+"
    rf"|{_NUMERAL}{{2,}}|(?<=[第周期]){_NUMERAL}|{_NUMERAL}(?={_COUNTED})"
)
_NEARLY = 0.85  # of the characters of both, in the same order


def essence(title: str) -> str:
    """A title without what does not matter: width, case, punctuation and spaces; `C++` stays."""
    return _SAID_OR_NOT.sub(r"\1", unicodedata.normalize("NFKC", title).casefold())


def near_identical(title: str, others: Iterable[str]) -> list[int]:
    """The places in `others` of titles that are nearly the same as `title`.

    Titles with other numbers are not, however like they are: `iPhone 16 评测` is not
    `iPhone 17 评测`, and `第一季度财报` is not `第二季度财报`; nor is `C++` the same as `C#`.
    """
    said = essence(title)
    if not said:
        return []
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(said)
    telling = _TELLING.findall(said)
    return [
        place
        for place, other in enumerate(map(essence, others))
        if other == said or (_is_near(matcher, other) and _TELLING.findall(other) == telling)
    ]


def _is_near(matcher: SequenceMatcher, other: str) -> bool:
    """Cheap questions first: of a thousand titles, nearly all fail one."""
    matcher.set_seq1(other)
    ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(ratio() >= _NEARLY for ratio in ratios)
