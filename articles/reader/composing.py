"""How the front page is composed: pins first, then every empty place fills itself. Pure.

The newest stories are those at the top and in the river; strips show what their channels have
besides.

Together with the older pages, which are a plain list, the page shows every story: whatever is
newer than the last one of its river stands on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from math import ceil

from articles.models import Article, Category, FrontPageSlot
from articles.models.front_page import PLACES, Zone
from articles.reader.cursors import Cursor

RIVER = 20  # stories, at most
_SHORT_RIVER = 6  # stories that are never left to the strips, however few there are
_COLUMN = 10  # as many stories as fill a column beside the strips, and of them:
_BESIDE_A_ROW = 5  # as many as fill it beside two strips, with room between
_ROWS = 4  # of two strips, beside which the column ends at the latest (front.css)
_LEAD_CANDIDATES = 8  # the newest ones, among which a picture makes the lead
_LEAD_AGE = timedelta(days=2)  # how much older than the newest of them a lead may be

Area = tuple[str, int | None]  # a zone, and the id of the channel if it is a strip


@dataclass(frozen=True)
class Strip:
    """A channel and a few of its stories."""

    channel: Category
    stories: list[Article]


@dataclass(frozen=True)
class FrontPage:
    """Each story once, with `shown_headline`, `shown_picture` and `slot` (None: it fills a place).

    `older`: what the page after this one begins behind; None if nothing is left.
    """

    lead: Article | None
    beside: list[Article]
    strips: list[Strip]
    river: list[Article]
    older: Cursor | None

    @property
    def has_column(self) -> bool:
        """Whether the river is long enough for a column beside the strips; else it lies above."""
        rows = min(_ROWS, ceil(len(self.strips) / 2))
        return len(self.river) >= max(_COLUMN, _BESIDE_A_ROW * rows)

    @property
    def is_in_fours(self) -> bool:
        """Whether rows of four strips leave fewer places empty than rows of three."""
        return not self.has_column and len(self.strips) > 3 and len(self.strips) % 4 in (0, 3)

    @property
    def stories(self) -> list[Article]:
        """Everything on the page, as it is read."""
        lead = [self.lead] if self.lead else []
        strips = [story for strip in self.strips for story in strip.stories]
        below = [*strips, *self.river] if self.has_column else [*self.river, *strips]
        return [*lead, *self.beside, *below]


def window(channels: int) -> int:
    """How many of the newest stories a page with so many strips may need, and one to go on."""
    above = PLACES[Zone.LEAD] + PLACES[Zone.BESIDE]
    return above + PLACES[Zone.STRIP] * channels + RIVER + 1


def compose(
    slots: Iterable[FrontPageSlot],
    *,
    pinned: Mapping[int, Article],
    newest: Sequence[Article],
    by_channel: Mapping[Category, Sequence[Article]],
) -> FrontPage:
    """Put the stories in their places; no story stands twice.

    `slots`: those open now, in order. `pinned`: their published stories by id, and maybe others.
    `newest`: the newest published stories, `window` of them if there are so many. `by_channel`:
    the newest stories of each channel with a strip, in the order of the strips.
    """
    plan = _Plan({(zone, None): PLACES[zone] for zone in (Zone.LEAD, Zone.BESIDE)})
    plan.room |= {(Zone.STRIP, channel.pk): PLACES[Zone.STRIP] for channel in by_channel}
    for slot in slots:
        plan.pin(slot, pinned.get(slot.article_id))
    lead = plan.filled((Zone.LEAD, None), _leads(plan.unused(newest)))
    beside = plan.filled((Zone.BESIDE, None), newest)
    river = plan.river(newest, by_channel.values())
    strips = [Strip(c, plan.filled((Zone.STRIP, c.pk), found)) for c, found in by_channel.items()]
    return FrontPage(
        lead=lead[0] if lead else None,
        beside=beside,
        strips=[strip for strip in strips if strip.stories],
        river=river,
        older=_behind(river[-1]) if plan.unused(newest) else None,
    )


@dataclass
class _Plan:
    """The page while it is being composed: what stands where, and which stories stand at all."""

    room: dict[Area, int]
    taken: dict[tuple[Area, int], Article] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def pin(self, slot: FrontPageSlot, story: Article | None) -> None:
        """Put `story` where `slot` wants it, or in the next free place of its zone, if any."""
        area = (slot.zone, slot.channel_id)
        free = [n for n in range(self.room.get(area, 0)) if (area, n) not in self.taken]
        if story is None or story.pk in self.used or not free:
            return
        place = next((n for n in free if n >= slot.position), free[0])
        self.taken[area, place] = story
        self.used.add(story.pk)
        _dress(story, slot, is_narrow=slot.zone == Zone.STRIP)

    def filled(self, area: Area, candidates: Iterable[Article]) -> list[Article]:
        """What stands in `area` when its empty places have filled themselves."""
        fills = iter(self.unused(candidates))
        places = ((area, number) for number in range(self.room[area]))
        is_narrow = area[0] == Zone.STRIP
        found = [self.taken.get(p) or self._next(fills, is_narrow=is_narrow) for p in places]
        return [story for story in found if story is not None]

    def river(
        self, newest: Iterable[Article], channels: Iterable[Iterable[Article]]
    ) -> list[Article]:
        """The newest stories, as many as leave the strips of `channels` enough."""
        found = self.unused(newest)
        strips = sum(min(PLACES[Zone.STRIP], len(self.unused(channel))) for channel in channels)
        fills = iter(found[: min(RIVER, max(_SHORT_RIVER, len(found) - strips))])
        return list(iter(partial(self._next, fills, is_narrow=True), None))

    def unused(self, stories: Iterable[Article]) -> list[Article]:
        return [story for story in stories if story.pk not in self.used]

    def _next(self, fills: Iterator[Article], *, is_narrow: bool) -> Article | None:
        story = next(fills, None)
        if story is not None:
            self.used.add(story.pk)
            _dress(story, None, is_narrow=is_narrow)
        return story


def _leads(stories: Sequence[Article]) -> list[Article]:
    """What may lead, the best first: not sponsored; with a picture, unless it is too old."""
    candidates = [story for story in stories if not story.sponsored][:_LEAD_CANDIDATES]
    if not candidates:
        return []
    oldest = candidates[0].published_at - _LEAD_AGE
    fit = [c for c in candidates if c.published_at >= oldest and _is_shown(c.header_image)]
    return [*fit, *candidates]


def _dress(story: Article, slot: FrontPageSlot | None, *, is_narrow: bool) -> None:
    """Give it the headline and the picture of its place, or its own."""
    own = story.brief_title if is_narrow else story.title
    story.slot = slot
    story.shown_headline = (slot and slot.headline) or own
    own_here = slot is not None and _is_shown(slot.picture)
    story.shown_picture = slot.picture if own_here else story.header_image


def _is_shown(image) -> bool:
    return image is not None and not image.is_dead


def _behind(story: Article) -> Cursor:
    return Cursor(story.published_at, story.pk)
