"""What a reader of any imported format hands on: a parsed article, its remarks, or a refusal."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# A sentence for a person: a lazily translated string, or a plain one.
Sentence = Any


class MalformedDocument(ValueError):
    """A document that cannot become an article.

    `sentence` says why to a person (lazily translated); `line` is the 1-based line of the
    document where the reason stands, or None where no single line is to blame.
    """

    def __init__(self, sentence: Sentence, line: int | None = None) -> None:
        super().__init__(sentence, line)
        self.sentence = sentence
        self.line = line

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the editor should know about a document that came in all the same."""

    sentence: Sentence
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """The facts of one document, before anything is tidied, looked up or stored.

    `categories` is a path, outermost first. `date` is aware, or None when the document gives no
    usable date; `date_has_time` is False when only the day is known (then `date` is midnight of
    that day in the outlet's zone). `body` is HTML as the document has it, without its frame.
    Absent text is "", absent lists are ().
    """

    title: str
    body: str
    categories: tuple[str, ...] = ()
    header_image: str = ""
    thumbnail: str = ""
    author: str = ""
    comments_enabled: bool = True
    date: datetime | None = None
    date_has_time: bool = False
    tags: tuple[str, ...] = ()
    standfirst: str = ""
    source_url: str = ""
    kind: str = ""
    remarks: tuple[Remark, ...] = field(default=())
