"""Relations of an old text that may be gone: a revision keeps ids, not what they were."""

from articles.images.models import Image
from articles.models import Author, Category, Snapshot


def without_lost(snapshot: Snapshot) -> tuple[Snapshot, tuple[str, ...]]:
    """`snapshot` without categories, authors and pictures that are not there any more.

    And the names of the fields that had some. Three queries at most.
    """
    categories = _existing(Category, {snapshot.category, *snapshot.also_in})
    authors = _existing(Author, {author for author, _role in snapshot.bylines})
    pictures = _existing(Image, {snapshot.header_image})
    kept = snapshot.changed(
        category=snapshot.category if snapshot.category in categories else None,
        also_in=tuple(pk for pk in snapshot.also_in if pk in categories),
        bylines=tuple(byline for byline in snapshot.bylines if byline[0] in authors),
        header_image=snapshot.header_image if snapshot.header_image in pictures else None,
    )
    return kept, snapshot.differing_fields(kept)


def _existing(model, ids: set) -> set[int]:
    wanted = ids - {None}
    return (
        set(model.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    )
