"""The publish gate at work: what the checks find in a story, and whether it may go further."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings

from articles.body import copydesk, likeness, text
from articles.desk.evidence import Evidence, ShownPicture
from articles.gate import (
    CHECKS,
    MOST_TITLE_CHARACTERS,
    OF_A_PAGE,
    CheckName,
    Finding,
    Occasion,
    Place,
    PlaceKind,
    Severity,
    severity_of,
)
from articles.images.models import Image
from articles.models import Article, Snapshot, User
from articles.workflow import TransitionRefused

# So many things of a kind stand in a sentence; the rest is counted, and found by its place.
_NAMED = 3

#: what a check says of one finding: arguments of `Finding`
Found = dict[str, Any]


class IncompleteStory(TransitionRefused):
    """Something stops the story at the gate; `str()` names all of it."""


def findings(
    article: Article | None,
    snapshot: Snapshot,
    *,
    occasion: Occasion = Occasion.PUBLISH,
    to: User | None = None,
) -> list[Finding]:
    """Everything the gate has to say of `snapshot`, what blocks first.

    `article`: the story it is a text of, None for one that was never saved. `to`: who is told; of
    other stories only what this person may know (None: all). At most seven queries, whatever the
    length of the text.
    """
    evidence = Evidence(article, snapshot, to=to)
    found = [finding for name in CHECKS for finding in _ask(name, evidence, occasion)]
    return sorted(found, key=lambda finding: not finding.is_blocking)


def findings_of_page(body: str) -> list[Finding]:
    """What the gate has to say of the body of a simple page, which nothing stops."""
    evidence = Evidence(None, Snapshot(body=body))
    return [finding for name in OF_A_PAGE for finding in _ask(name, evidence, Occasion.PUBLISH)]


def require_passed(
    article: Article | None, snapshot: Snapshot, *, occasion: Occasion = Occasion.PUBLISH
) -> None:
    """Raise `IncompleteStory` naming all that blocks; what is only advisory is not looked for."""
    evidence = Evidence(article, snapshot)
    blocking = [name for name in CHECKS if _severity(name, occasion) is Severity.BLOCKING]
    found = [finding for name in blocking for finding in _ask(name, evidence, occasion)]
    if found:
        raise IncompleteStory(" ".join(finding.sentence for finding in found))


def _severity(name: CheckName, occasion: Occasion) -> Severity:
    return severity_of(
        CHECKS[name],
        occasion,
        blocking=settings.PUBLISH_GATE_BLOCKING,
        advisory=settings.PUBLISH_GATE_ADVISORY,
    )


def _ask(name: CheckName, evidence: Evidence, occasion: Occasion) -> Iterator[Finding]:
    check, severity = CHECKS[name], _severity(name, occasion)
    for found in _LOOKING[name](evidence):
        yield Finding(check, severity, **{"about": check.about} | found)


def _if(condition: Callable[[Evidence], object]) -> Callable[[Evidence], Iterable[Found]]:
    """A check that finds one thing, of which there is nothing more to say."""
    return lambda evidence: [{}] if condition(evidence) else []


def _has_no_alt(evidence: Evidence) -> bool:
    header = evidence.header
    return header is not None and not header.alt and not header.is_decorative


def _has_no_source(evidence: Evidence) -> bool:
    story = evidence.snapshot
    return story.licence != Article.Licence.ORIGINAL and not story.source_name


def _long_titles(evidence: Evidence) -> Iterator[Found]:
    length = len(evidence.snapshot.title)
    if length > MOST_TITLE_CHARACTERS:
        yield {"facts": {"n": length, "most": MOST_TITLE_CHARACTERS}}


def _pictures(
    of_header: Callable[[Evidence, Image], bool], of_body: Callable[[ShownPicture], bool]
) -> Callable[[Evidence], Iterable[Found]]:
    """A check of pictures: one finding for the header, one for those of the body together."""

    def look(evidence: Evidence) -> Iterator[Found]:
        header = evidence.header
        if header is not None and of_header(evidence, header):
            place = Place(PlaceKind.PICTURE, str(header.pk), str(header))
            facts = {"pictures": str(header)}
            yield {"about": "header_image", "facts": facts, "places": (place,)}
        places = [_place_of(picture) for picture in evidence.pictures if of_body(picture)]
        if places:
            yield {"facts": {"pictures": _named(places)}, "places": tuple(places)}

    return look


def _place_of(picture: ShownPicture) -> Place:
    said = picture.said
    words = said.alt or said.caption or str(picture.image or said.address.rpartition("/")[2])
    return Place(PlaceKind.PICTURE, str(said.image or said.address), words)


def _undescribed(evidence: Evidence) -> Iterator[Found]:
    """Pictures of the body of which neither the text nor the library says what they show."""
    found = [one for one in evidence.places_of_pictures if not _is_described(one)]
    places = tuple(dict.fromkeys(_place_of(one) for one in found))
    if places:
        yield {"facts": {"pictures": _named(places)}, "places": places}


def _is_described(picture: ShownPicture) -> bool:
    said, image = picture.said, picture.image
    in_library = image is not None and (image.alt or image.is_decorative)
    return bool(said.is_decorative or said.alt.strip() or in_library)


def _has_expired(image: Image | None) -> bool:
    return image is not None and image.is_expired


def _is_outside(image: Image | None) -> bool:
    return image is None or image.is_remote


def _dead_links(evidence: Evidence) -> Iterator[Found]:
    places = tuple(
        Place(PlaceKind.LINK, link.address, link.text or link.address)
        for link in evidence.dead_links
    )
    if places:
        yield {"facts": {"links": _named(places)}, "places": places}


def _half_width(evidence: Evidence) -> Iterator[Found]:
    story = evidence.snapshot
    passages = {
        "title": copydesk.half_width(story.title),
        "standfirst": copydesk.half_width(story.standfirst),
        "body": copydesk.half_width_in(story.body),
    }
    for name, found in passages.items():
        places = tuple(Place(PlaceKind.PASSAGE, passage, passage) for passage in found)
        if places:
            facts = {"n": len(places), "passages": _named(places)}
            yield {"about": name, "facts": facts, "places": places}


def _same_addresses(evidence: Evidence) -> Iterator[Found]:
    """Those with nearly the same title are told apart from these: they get the address from it."""
    slug, twins = evidence.snapshot.slug, {story.pk for story in _twins(evidence)}
    same = [near.story for near in evidence.neighbours if slug and near.slug == slug]
    yield from _stories([story for story in same if story.pk not in twins])


def _similar_titles(evidence: Evidence) -> Iterator[Found]:
    yield from _stories(_twins(evidence))


def _twins(evidence: Evidence) -> list:
    stories = [near.story for near in evidence.neighbours]
    same = likeness.near_identical(evidence.snapshot.title, [story.title for story in stories])
    return [stories[place] for place in same]


def _stories(stories: list) -> Iterator[Found]:
    if stories:
        named = "".join(f"《{story.title}》" for story in stories[:_NAMED])
        yield {"facts": {"stories": named}, "stories": tuple(stories[:_NAMED])}


def _named(places: Iterable[Place]) -> str:
    """The first few by their words, as they stand in a sentence."""
    words = list(dict.fromkeys(place.words for place in places))
    return "、".join(f"“{each}”" for each in words[:_NAMED]) + ("……" if words[_NAMED:] else "")


_LOOKING: dict[CheckName, Callable[[Evidence], Iterable[Found]]] = {
    CheckName.TITLE: _if(lambda evidence: not evidence.snapshot.title.strip()),
    CheckName.CATEGORY: _if(lambda evidence: evidence.snapshot.category is None),
    CheckName.AUTHOR: _if(lambda evidence: not evidence.snapshot.bylines),
    CheckName.BODY: _if(lambda evidence: text.is_empty(evidence.snapshot.body)),
    CheckName.AUTHOR_GONE: _if(lambda evidence: evidence.lost_authors),
    CheckName.CATEGORY_GONE: _if(lambda evidence: evidence.lost_categories),
    CheckName.PICTURE_GONE: _if(
        lambda evidence: evidence.snapshot.header_image and evidence.header is None
    ),
    CheckName.HEADER_ALT: _if(_has_no_alt),
    CheckName.BODY_ALT: _undescribed,
    CheckName.LICENCE_EXPIRED: _pictures(
        lambda evidence, header: _has_expired(header), lambda picture: _has_expired(picture.image)
    ),
    CheckName.CONFLICT: _if(lambda evidence: evidence.has_conflict),
    CheckName.TITLE_LENGTH: _long_titles,
    CheckName.STANDFIRST: _if(lambda evidence: not evidence.snapshot.standfirst.strip()),
    CheckName.CREDIT: _pictures(
        lambda evidence, header: not (header.credit or evidence.snapshot.header_credit),
        lambda picture: not (picture.said.credit or (picture.image and picture.image.credit)),
    ),
    CheckName.REMOTE_PICTURES: _pictures(
        lambda evidence, header: _is_outside(header), lambda picture: _is_outside(picture.image)
    ),
    CheckName.DEAD_LINKS: _dead_links,
    CheckName.PUNCTUATION: _half_width,
    CheckName.SOURCE: _if(_has_no_source),
    CheckName.SAME_ADDRESS: _same_addresses,
    CheckName.SIMILAR_TITLE: _similar_titles,
}
