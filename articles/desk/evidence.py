"""What the gate's checks look at: a snapshot, and what the database knows of what it refers to.

Every question is asked at most once, and only if a check asks it: seven queries at the most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from articles.body import linking, picturing
from articles.body.linking import BodyLink
from articles.body.picturing import BodyPicture
from articles.desk.picturing import known_in
from articles.gate import Story
from articles.images.models import Image
from articles.models import Article, Author, Category, Conflict, LinkCheck, Snapshot, User
from articles.workflow import Stage

RECENT = timedelta(days=30)
# So many of the stories that were handled last are compared; a mass import makes more.
_COMPARED = 2000


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture of the body: what the text says of it, and the library's row, if it has one."""

    said: BodyPicture
    image: Image | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A recent story: what it is called, and the last part of its address."""

    story: Story
    slug: str


class Evidence:
    """`article`: the story that `snapshot` is a text of, or None for one never saved.

    `to`: who is told of it, None for somebody who may know everything.
    """

    def __init__(self, article: Article | None, snapshot: Snapshot, *, to: User | None = None):
        self.article = article
        self.snapshot = snapshot
        self.to = to

    @cached_property
    def header(self) -> Image | None:
        """The header picture; a double's is the one it is a double of."""
        pk = self.snapshot.header_image
        rows = Image.objects.select_related("same_as").filter(pk=pk) if pk else ()
        image = next(iter(rows), None)
        return image and (image.same_as or image)

    @cached_property
    def places_of_pictures(self) -> list[ShownPicture]:
        """The pictures of the body in every place where they stand."""
        shown = picturing.pictures_in(self.snapshot.body)
        known = known_in(self.snapshot.body) if shown else {}
        return [ShownPicture(said, known.get(_key_of(said))) for said in shown]

    @cached_property
    def pictures(self) -> list[ShownPicture]:
        """The pictures of the body, each once."""
        return list({_key_of(one.said): one for one in self.places_of_pictures}.values())

    @cached_property
    def lost_authors(self) -> bool:
        """Whether somebody in the byline is not there any more."""
        return _are_missing(Author, (author for author, _role in self.snapshot.bylines))

    @cached_property
    def lost_categories(self) -> bool:
        """Whether a category, the first or a further one, is not there any more."""
        return _are_missing(Category, (self.snapshot.category, *self.snapshot.also_in))

    @cached_property
    def has_conflict(self) -> bool:
        return (
            self.article is not None
            and Conflict.objects.open().filter(article=self.article).exists()
        )

    @cached_property
    def dead_links(self) -> list[BodyLink]:
        """Links whose address said, when it was last asked, that there is nothing."""
        links = {link.address: link for link in linking.links_in(self.snapshot.body)}
        asked = (
            LinkCheck.objects.dead().filter(url__in=links) if links else LinkCheck.objects.none()
        )
        dead = set(asked.values_list("url", flat=True))
        return [link for address, link in links.items() if address in dead]

    @cached_property
    def neighbours(self) -> list[Neighbour]:
        """Stories published within a month, or at the desk and handled within it."""
        since = timezone.now() - RECENT
        stories = Article.objects.all() if self.to is None else Article.objects.known_to(self.to)
        rows = (
            stories.handled_since(since)
            .exclude(pk=self.article and self.article.pk)
            .values_list("pk", "title", "slug", "stage", "published_at")[:_COMPARED]
        )
        return [
            Neighbour(Story(pk, title), slug)
            for pk, title, slug, stage, published in rows
            if stage not in _LEFT_THE_DESK or (published and published >= since)
        ]


_LEFT_THE_DESK = (Stage.LIVE, Stage.WITHDRAWN)


def _key_of(said: BodyPicture) -> str:
    return str(said.image or said.address)


def _are_missing(model: type[Author | Category], ids: Iterable[int | None]) -> bool:
    wanted = set(ids) - {None}
    return bool(wanted) and model.objects.filter(pk__in=wanted).count() < len(wanted)
