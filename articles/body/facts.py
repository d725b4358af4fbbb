"""What tidying takes out of a body, so that nothing is lost without a word."""

from dataclasses import dataclass, field

#: What a `SourceFact` may be about.
FACT_KINDS = frozenset({"original_url", "source", "author", "editor", "licence", "end", "tag"})

#: Visible text that the tidied body no longer holds.
TEXT_KINDS = frozenset(
    {
        "advertisement",
        "brackets",
        "button",
        "caption-mark",
        "copy-button",
        "fallback",
        "furniture",
        "line-number",
        "list-mark",
        "promotion",
        "repeated-source",
        "repeated-title",
        "separator",
        "share",
    }
)
#: Addresses that are gone while every word stays; their text is empty.
ADDRESS_KINDS = frozenset({"advertising-picture", "dead-link", "picture", "topic-link"})
#: Text no reader of the source saw: hidden there, and left out here.
UNSEEN_KINDS = frozenset({"hidden"})
#: Text no reader of the source saw, and readers here do: angle brackets a browser swallowed.
REVEALED_KINDS = frozenset({"revealed"})
DROPPED_KINDS = TEXT_KINDS | ADDRESS_KINDS | UNSEEN_KINDS | REVEALED_KINDS


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A statement about the article's origin that stood in its body.

    `text` is verbatim as it stood there (empty where only an address is known), `url` the absolute
    address it linked to, if any.
    """

    kind: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something left out: visible text as it stood, or (in `url`) an address nobody sees."""

    kind: str
    text: str
    url: str = ""


@dataclass(slots=True)
class Ledger:
    """Collects what one run of tidying finds."""

    facts: list[SourceFact] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def state(self, kind: str, text: str, url: str = "") -> None:
        """Enter a source fact."""
        self.facts.append(SourceFact(kind, text.strip(), url))

    def drop(self, kind: str, text: str, url: str = "") -> None:
        """Enter something left out; nothing at all is not entered."""
        text = " ".join(text.split())
        if text or url:
            self.dropped.append(Dropped(kind, text, url))
