"""The front page at the desk: arranged as a whole, and undone.

An arrangement replaces the one that whoever made it had seen, and no other: nothing that somebody
else put online meanwhile is silently lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.desk.outlet_time import near
from articles.images.models import Image
from articles.models import Article, Category, FrontPageChange, FrontPageSlot, Outlet, User
from articles.models.front_page import PLACES, Zone
from articles.workflow import NotAllowed, TransitionRefused

PERMISSION = "articles.arrange_front_page"
_LONGEST_HEADLINE = FrontPageSlot._meta.get_field("headline").max_length


class Misplaced(TransitionRefused):
    """The arrangement cannot stand like that; `str()` is the sentence for the person."""


class ArrangedMeanwhile(TransitionRefused):
    """Somebody else arranged the front page since it was looked at."""


@dataclass(frozen=True, slots=True)
class Place:
    """A story in a place, as plain values: ids, and moments (aware)."""

    zone: str
    story: int
    position: int = 0
    channel: int | None = None
    headline: str = ""
    picture: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    follows_schedule: bool = False

    def as_json(self) -> dict[str, Any]:
        """The values as a change keeps them."""
        values = asdict(self)
        for name in ("starts_at", "ends_at"):
            values[name] = values[name] and values[name].isoformat()
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Place":
        """What `as_json` wrote."""
        known = {each.name: values[each.name] for each in fields(cls) if each.name in values}
        for name in ("starts_at", "ends_at"):
            known[name] = known.get(name) and datetime.fromisoformat(known[name])
        return cls(**known)

    def as_slot(self) -> FrontPageSlot:
        """A slot that is not saved yet."""
        return FrontPageSlot(
            zone=self.zone,
            channel_id=self.channel,
            position=self.position,
            article_id=self.story,
            headline=self.headline,
            picture_id=self.picture,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            follows_schedule=self.follows_schedule,
        )


def may_arrange(user: User | None) -> bool:
    """Whether `user` has the right to arrange the front page; None is the newsroom itself."""
    return user is None or (user.is_active and user.has_perm(PERMISSION))


def require_right(user: User | None) -> None:
    """Raise `NotAllowed` unless `user` may arrange the front page."""
    if not may_arrange(user):
        raise NotAllowed(_("You do not have the right to arrange the front page."))


def arrangement() -> list[Place]:
    """The front page as it is arranged now, in the order of its places."""
    return [_place(slot) for slot in FrontPageSlot.objects.in_order()]


def unsaved_slots(places: Sequence[Place]) -> list[FrontPageSlot]:
    """`places` as slots with story and picture, saved nowhere; those of gone stories left out."""
    stories = Article.objects.defer("body", "rendered_body").in_bulk([p.story for p in places])
    pictures = Image.objects.in_bulk([p.picture for p in places if p.picture])
    slots = [place.as_slot() for place in places if place.story in stories]
    for slot in slots:
        slot.article, slot.picture = stories[slot.article_id], pictures.get(slot.picture_id)
    return sorted(slots, key=lambda slot: (slot.zone, slot.channel_id or 0, slot.position))


def latest_change() -> FrontPageChange | None:
    """The change that made the front page what it is; None as long as nobody arranged it."""
    return FrontPageChange.objects.select_related("actor").order_by("-pk").first()


@transaction.atomic
def arrange(
    places: Sequence[Place], *, based_on: int | None, by: User | None
) -> FrontPageChange | None:
    """Let exactly `places` stand on the front page; stories in one place come in their order.

    `based_on`: the id of the change whoever arranges had seen last (None: no change yet). Returns
    the change, or None if everything stood like that already. Raises `NotAllowed`,
    `ArrangedMeanwhile`, `Misplaced`.
    """
    _begin(by, based_on)
    ordered = sorted(places, key=lambda p: (p.zone, p.channel or 0, p.position))
    check(ordered)
    return _replace(ordered, by=by)


@transaction.atomic
def undo(change: FrontPageChange, *, based_on: int | None, by: User | None) -> FrontPageChange:
    """Let the front page be what it was before `change`, if it still is what `change` made it.

    Stories and channels that are gone since stay away. Undoing an undoing is doing it again.
    Raises `NotAllowed`, `ArrangedMeanwhile`, `TransitionRefused`.
    """
    _begin(by, based_on)
    if FrontPageChange.objects.filter(undoes=change).exists():
        raise TransitionRefused(_("This change is undone already."))
    if change.pk not in standing_among([change]):
        raise TransitionRefused(
            _("The front page was arranged anew since; undo the newer changes first.")
        )
    before = _places(change.before)
    made = _replace(_Left.of(before).among(before), by=by, undoes=change)
    if made is None:
        raise TransitionRefused(_("There is nothing left to undo."))
    return made


def standing_among(changes: Iterable[FrontPageChange]) -> set[int]:
    """The ids of those `changes` that made what the front page is, apart from what is gone.

    Four queries, however many changes.
    """
    made = {change.pk: _places(change.after) for change in changes}
    left = _Left.of([place for places in made.values() for place in places])
    now = arrangement()
    return {pk for pk, places in made.items() if left.among(places) == now}


def check(places: Sequence[Place]) -> None:
    """Raise `Misplaced` with a sentence if `places` cannot stand on one page."""
    stories = Article.objects.in_bulk({place.story for place in places})
    channels = set(Category.objects.top().values_list("pk", flat=True))
    known_pictures = _there(Image, [place.picture for place in places if place.picture])
    seen = set()
    for place in places:
        story = stories.get(place.story)
        if story is None:
            raise Misplaced(_("One of the stories is not there any more."))
        for is_wrong, sentence in _objections(place, seen, channels, known_pictures):
            if is_wrong:
                raise Misplaced(sentence % {"title": story.title or _("Untitled story")})
        seen.add(place.story)


def _objections(place, seen, channels, pictures):
    is_strip = place.zone == Zone.STRIP
    yield place.story in seen, _("“%(title)s” stands on the page twice.")
    yield place.zone not in PLACES, _("“%(title)s” stands in a part that the page does not have.")
    yield (
        (is_strip and place.channel not in channels)
        or (not is_strip and place.channel is not None),
        _("The channel in whose strip “%(title)s” stands is not there any more."),
    )
    yield (
        not 0 <= place.position < PLACES.get(place.zone, 0),
        _("“%(title)s” stands in a place that the page does not have."),
    )
    yield (
        place.picture is not None and place.picture not in pictures,
        _("The picture chosen for “%(title)s” is not there any more."),
    )
    yield (
        len(place.headline) > _LONGEST_HEADLINE,
        _("The headline chosen for “%(title)s” is too long."),
    )
    ends_first = place.starts_at and place.ends_at and place.ends_at <= place.starts_at
    yield bool(ends_first), _("The time of “%(title)s” ends before it begins.")


def _begin(by, based_on):
    """Hold the front page until the transaction ends, and see that nobody was faster."""
    require_right(by)
    Outlet.objects.select_for_update().get()  # the one row that everybody who arranges locks
    latest = latest_change()
    if (latest.pk if latest else None) != based_on:
        raise ArrangedMeanwhile(_sentence_about(latest))


def _sentence_about(change):
    if change is None:  # nobody arranges by taking changes away
        return _("The front page is not what it was; look at it before you put yours online.")
    sentence = _("%(person)s arranged the front page %(time)s; look before you put yours online.")
    person = change.actor or _("Somebody")
    return sentence % {"person": person, "time": near(change.happened_at)}


def _replace(places: Iterable[Place], *, by, undoes=None) -> FrontPageChange | None:
    before, after = arrangement(), list(places)
    if before == after:
        return None
    FrontPageSlot.objects.all().delete()
    FrontPageSlot.objects.bulk_create(place.as_slot() for place in after)
    return FrontPageChange.objects.create(
        before=[place.as_json() for place in before],
        after=[place.as_json() for place in after],
        actor=by,
        undoes=undoes,
    )


def _places(values: Iterable[dict[str, Any]]) -> list[Place]:
    """An arrangement as a change keeps it."""
    return [Place.from_json(one) for one in values]


@dataclass(frozen=True, slots=True)
class _Left:
    """Of what old arrangements name, what is there still: ids of stories, pictures, channels."""

    stories: set[int]
    pictures: set[int]
    channels: set[int | None]

    @classmethod
    def of(cls, places: Sequence[Place]) -> "_Left":
        return cls(
            stories=_there(Article, {place.story for place in places}),
            pictures=_there(Image, {place.picture for place in places if place.picture}),
            channels={None, *Category.objects.top().values_list("pk", flat=True)},
        )

    def among(self, places: Iterable[Place]) -> list[Place]:
        """`places` without those whose story or channel is gone."""
        return [
            place if place.picture in self.pictures else replace(place, picture=None)
            for place in places
            if place.story in self.stories and place.channel in self.channels
        ]


def _there(model, ids) -> set[int]:
    return set(model.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _place(slot: FrontPageSlot) -> Place:
    return Place(
        zone=slot.zone,
        story=slot.article_id,
        position=slot.position,
        channel=slot.channel_id,
        headline=slot.headline,
        picture=slot.picture_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        follows_schedule=slot.follows_schedule,
    )
