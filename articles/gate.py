"""The publish gate as data: what is looked at before a story goes further, and what each thing
found means: that it stops the story, or that somebody should know.

Pure: `desk.gate` looks, with the database; here stands only what it looks for.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Severity(StrEnum):
    """What a finding means: the story stops, or somebody is told."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


class Occasion(StrEnum):
    """When the gate is asked: a draft is handed in, a story goes live, a document comes in."""

    SUBMIT = "submit"
    PUBLISH = "publish"
    IMPORT = "import"


class CheckName(StrEnum):
    """What each check is called in the settings."""

    TITLE = "title"
    CATEGORY = "category"
    AUTHOR = "author"
    BODY = "body"
    AUTHOR_GONE = "author_gone"
    CATEGORY_GONE = "category_gone"
    PICTURE_GONE = "picture_gone"
    HEADER_ALT = "header_alt"
    BODY_ALT = "body_alt"
    LICENCE_EXPIRED = "licence_expired"
    CONFLICT = "conflict"
    TITLE_LENGTH = "title_length"
    STANDFIRST = "standfirst"
    CREDIT = "credit"
    REMOTE_PICTURES = "remote_pictures"
    DEAD_LINKS = "dead_links"
    PUNCTUATION = "punctuation"
    SOURCE = "source"
    SAME_ADDRESS = "same_address"
    SIMILAR_TITLE = "similar_title"


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the gate.

    `about`: the field of the story it is about; `severity`: what a finding means unless the
    settings say otherwise; `label`: its name for people; `sentence`: what is said of a finding,
    with its facts.
    """

    name: CheckName
    about: str
    severity: Severity
    label: str
    sentence: str


BLOCKING, ADVISORY = Severity
N = CheckName

_TABLE = (
    Check(N.TITLE, "title", BLOCKING, _("No title"), _("The title is missing.")),
    Check(N.CATEGORY, "category", BLOCKING, _("No category"), _("The category is missing.")),
    Check(N.AUTHOR, "bylines", BLOCKING, _("No author"), _("Nobody stands in the byline.")),
    Check(N.BODY, "body", BLOCKING, _("No text"), _("The body is empty.")),
    Check(
        N.AUTHOR_GONE,
        "bylines",
        BLOCKING,
        _("Author deleted"),
        _("An author in the byline does not exist any more."),
    ),
    Check(
        N.CATEGORY_GONE,
        "category",
        BLOCKING,
        _("Category deleted"),
        _("A category of the story does not exist any more."),
    ),
    Check(
        N.PICTURE_GONE,
        "header_image",
        BLOCKING,
        _("Header picture deleted"),
        _("The header picture does not exist any more."),
    ),
    Check(
        N.HEADER_ALT,
        "header_image",
        BLOCKING,
        _("Header picture without alternative text"),
        _("The header picture has no alternative text."),
    ),
    Check(
        N.BODY_ALT,
        "body",
        BLOCKING,
        _("Picture without alternative text"),
        _("These pictures have no alternative text: %(pictures)s."),
    ),
    Check(
        N.LICENCE_EXPIRED,
        "body",
        BLOCKING,
        _("Licence of a picture ended"),
        _("The licence of these pictures has ended: %(pictures)s."),
    ),
    Check(
        N.CONFLICT,
        "body",
        BLOCKING,
        _("Unresolved conflict"),
        _("Two people changed the story at the same time, and nobody has decided yet what stays."),
    ),
    Check(
        N.TITLE_LENGTH,
        "title",
        ADVISORY,
        _("Long title"),
        _("The title has %(n)d characters; lists and shared links cut it off after %(most)d."),
    ),
    Check(
        N.STANDFIRST, "standfirst", ADVISORY, _("No standfirst"), _("The standfirst is missing.")
    ),
    Check(
        N.CREDIT,
        "body",
        ADVISORY,
        _("Picture without credit"),
        _("Nobody is credited for these pictures: %(pictures)s."),
    ),
    Check(
        N.REMOTE_PICTURES,
        "body",
        ADVISORY,
        _("Remote picture"),
        _("These pictures are still outside: %(pictures)s."),
    ),
    Check(
        N.DEAD_LINKS,
        "body",
        ADVISORY,
        _("Dead link"),
        _("These links lead nowhere, the page is not there: %(links)s."),
    ),
    Check(
        N.PUNCTUATION,
        "body",
        ADVISORY,
        _("Half-width punctuation"),
        _("Half-width punctuation in Chinese text (%(n)d): %(passages)s."),
    ),
    Check(
        N.SOURCE,
        "source_name",
        ADVISORY,
        _("No source"),
        _("A reprint or a compilation has to name its source."),
    ),
    Check(
        N.SAME_ADDRESS,
        "slug",
        ADVISORY,
        _("Same address"),
        _("A recent story has the same address: %(stories)s."),
    ),
    Check(
        N.SIMILAR_TITLE,
        "title",
        ADVISORY,
        _("Similar title"),
        _("A recent story has nearly the same title: %(stories)s."),
    ),
)

# In the order in which they are told.
CHECKS: dict[CheckName, Check] = {check.name: check for check in _TABLE}

# The database itself takes no such story, so no setting has a say.
DEMANDED = frozenset({N.TITLE, N.AUTHOR_GONE, N.CATEGORY_GONE, N.PICTURE_GONE})
# Whoever writes the story sees to these, so they count when a draft is submitted.
OF_THE_WRITER = frozenset(
    {N.TITLE, N.CATEGORY, N.AUTHOR, N.BODY, N.TITLE_LENGTH, N.STANDFIRST, N.SOURCE}
)
# An imported document has no place to say what its header picture shows, and comes from people
# who often said it of no picture.
ADVISORY_IN_DOCUMENTS = frozenset({N.HEADER_ALT, N.BODY_ALT})
# A simple page passes no gate: of this somebody is told when it is saved.
OF_A_PAGE = (N.BODY_ALT,)

MOST_TITLE_CHARACTERS = 30


@dataclass(frozen=True, slots=True)
class Story:
    """Another story a finding is about, by its id and its title."""

    pk: int
    title: str


class PlaceKind(StrEnum):
    """What stands at a place in a field: a stretch of its plain text, a picture, a link."""

    PASSAGE = "passage"
    PICTURE = "picture"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a field: the passage itself, what a body knows its picture by, or an address.

    `words`: what a person calls it.
    """

    kind: PlaceKind
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in a story.

    `about`: the field it was found in; `facts`: what the check's sentence says of it; `places`:
    where in that field; `stories`: other stories it is about.
    """

    check: Check
    severity: Severity
    about: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    stories: tuple[Story, ...] = ()

    @property
    def is_blocking(self) -> bool:
        return self.severity is BLOCKING

    @property
    def sentence(self) -> str:
        """The sentence for the person, in the language of the moment."""
        return str(self.check.sentence) % self.facts if self.facts else str(self.check.sentence)


def severity_of(
    check: Check,
    occasion: Occasion,
    *,
    blocking: Collection[str] = (),
    advisory: Collection[str] = (),
) -> Severity:
    """What a finding of `check` means at `occasion`.

    `blocking` and `advisory`: names of checks that an outlet wants otherwise than the table has
    them, and which then count so at every occasion; one that stands in both blocks.
    """
    if occasion is Occasion.SUBMIT and check.name not in OF_THE_WRITER:
        return ADVISORY
    if check.name in DEMANDED or check.name in blocking:
        return BLOCKING
    if check.name in advisory:
        return ADVISORY
    is_lenient = occasion is Occasion.IMPORT and check.name in ADVISORY_IN_DOCUMENTS
    return ADVISORY if is_lenient else check.severity


def unknown(names: Collection[str]) -> list[str]:
    """Those of `names` that no check has."""
    return [name for name in names if name not in CHECKS]


def demanded(names: Collection[str]) -> list[str]:
    """Those of `names` that the database itself insists on, and no setting can soften."""
    return [name for name in names if name in DEMANDED]
