"""The front page: what may stand on it, composed and rendered, for readers and for previews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from articles.body.leading import link_for_readers
from articles.models import Article, Category, FrontPageSlot, Outlet
from articles.models.front_page import PLACES, Zone
from articles.reader import composing, frame, pictures
from articles.reader.category_tree import CategoryTree
from articles.reader.composing import FrontPage
from articles.reader.list_facts import list_facts


@dataclass(frozen=True)
class Breaking:
    """The line above the front page; `link` may be empty."""

    text: str
    link: str


def front_page(request, *, slots: Sequence[FrontPageSlot] | None = None):
    """Render the front page; `slots`, with story and picture: others than those stored."""
    now = timezone.now()
    tree = CategoryTree()
    front = composed(tree, slots if slots is not None else stored_slots(), now=now)
    context = {
        "front": front,
        "older": reverse("front_before", args=[front.older]) if front.older else "",
        "newest": "",
        "shared_picture": pictures.first_shared(
            (story.shown_picture, story.shown_headline) for story in front.stories
        ),
    }
    outlet = frame.outlet_of(request)
    context["description"] = outlet.description or outlet.tagline
    response = frame.page(request, "front.html", context, tree=tree)
    known = response.context_data
    known["breaking"] = breaking_news(known["outlet"], now=now)
    known["structured_data"] = list_facts(known)
    return response


def stored_slots() -> list[FrontPageSlot]:
    """What the editors have arranged, its time come or not."""
    return list(FrontPageSlot.objects.in_order())


def composed(tree: CategoryTree, slots: Sequence[FrontPageSlot], *, now: datetime) -> FrontPage:
    """The page as it stands at `now`: two queries."""
    slots = [slot for slot in slots if slot.is_open(now)]
    channels = {channel: frozenset(tree.ids_below(channel)) for channel in tree.navigation()}
    size = composing.window(len(channels))
    stories = _candidates(slots, channels, size)
    front = composing.compose(
        slots,
        pinned={story.pk: story for story in stories},
        newest=stories[:size],
        by_channel={c: [s for s in stories if s.category_id in i] for c, i in channels.items()},
    )
    tree.place(front.stories)
    return front


def breaking_news(outlet: Outlet, *, now: datetime) -> Breaking | None:
    """What is to be said above the front page at `now`, if anything."""
    if not outlet.breaking_text or outlet.breaking_until is None or outlet.breaking_until <= now:
        return None
    return Breaking(outlet.breaking_text, link_for_readers(outlet.breaking_link))


def _candidates(
    slots: Sequence[FrontPageSlot], channels: Mapping[Category, frozenset[int]], size: int
) -> list[Article]:
    """The `size` newest stories, more of each channel, and those of `slots`; newest first.

    Each part is found by its own index; of a channel so many that its strip is full, wherever
    its newest ones and those of `slots` stand.
    """
    ids = Article.objects.order_by().values("pk")
    newest = Article.objects.published().newest_first()
    older = newest.filter(published_at__lte=newest.values("published_at")[size - 1 : size])
    of_each = PLACES[Zone.STRIP] + len(slots)
    found = ids.filter(pk__in=newest.values("pk")[:size]).union(
        ids.filter(pk__in=[slot.article_id for slot in slots]),
        *(
            ids.filter(pk__in=older.filter(category__in=below).values("pk")[:of_each])
            for below in channels.values()
        ),
    )
    stories = Article.objects.published().filter(pk__in=found).order_by().for_listing()
    return sorted(stories, key=lambda story: (story.published_at, story.pk), reverse=True)
