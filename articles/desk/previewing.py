"""Previews: what the desk has of a story, as readers would see it; looking writes nothing."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk import picturing
from articles.desk.writing import put_on_row
from articles.images.models import Image
from articles.models import Article, Author, Byline, Snapshot, Tag
from articles.models.fields import SanitisedHTML, SanitisedHTMLField
from articles.slugs import slugify
from articles.workflow import Visibility

NO_ROW = 0  # the id of a story that was never saved, in addresses that lead nowhere


def as_readers_would_see(
    snapshot: Snapshot, *, of: Article | None = None, tells_plans: bool = True
) -> Article:
    """An Article without a row that says what `snapshot` says, for the readers' page of a story.

    Everything the page asks for is loaded: header picture, bylines with authors, tags; the body
    has been through the allow-list and is rendered. `of`: the story it is a text of, None for one
    that was never saved. `tells_plans`: whether it is dated by the time it is scheduled for. What
    is missing or not there any more is left out. It is not to be saved.
    """
    story = Article(pk=of.pk if of else NO_ROW)
    body = SanitisedHTML(SanitisedHTMLField.sanitiser(snapshot.body))
    put_on_row(story, snapshot.changed(body=body, title=snapshot.title or _("Untitled story")))
    story.rendered_body = picturing.rendered(body, is_paid=story.sponsored)
    story.header_image = Image.objects.filter(pk=story.header_image_id).first()
    _date(story, of, planned=of.scheduled_at if of and tells_plans else None)
    _know(story, bylines=_bylines(story, snapshot), tags=_tags(snapshot))
    return story


def _date(story: Article, of: Article | None, *, planned: datetime | None) -> None:
    """The times the page would show: published at its first time, its planned one, or now."""
    now = timezone.now()
    story.published_at = story.first_published_at = planned or now
    if of is None or of.visibility is Visibility.NEVER_PUBLISHED:
        return
    for name in ("first_published_at", "published_at", "published_time_known"):
        setattr(story, name, getattr(of, name))
    story.modified_at = now if of.has_unpublished_changes else of.modified_at


def _bylines(story: Article, snapshot: Snapshot) -> list[Byline]:
    authors = Author.objects.in_bulk([pk for pk, _role in snapshot.bylines])
    known = [(authors[pk], role) for pk, role in snapshot.bylines if pk in authors]
    return [
        Byline(article=story, author=author, role=role, position=position)
        for position, (author, role) in enumerate(known)
    ]


def _tags(snapshot: Snapshot) -> list[Tag]:
    """The tags by their names, those too that a save would make."""
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=snapshot.tags)}
    return [
        known.get(name) or Tag(name=name, slug=slugify(name, fallback="tag"))
        for name in snapshot.tags
    ]


def _know(story: Article, **related: list[Any]) -> None:
    """Let `story` have its relations without a row: as if they had been prefetched."""
    story._prefetched_objects_cache = related
