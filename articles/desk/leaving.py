"""Leaving: a list that a story stands in no more has changed, though no story in it says so."""

from datetime import datetime

from articles.models import Author, Category, Snapshot, Tag


def note_left(before: Snapshot, after: Snapshot, *, at: datetime) -> bool:
    """Remember of each category, tag and author of `before` that `after` does not name: left `at`.

    Returns whether the story stands in other lists than before. What lies above a category is left
    with it; whoever asks knows the tree. Three queries at most.
    """
    was, will_be = _lists_of(before), _lists_of(after)
    for lists, old, new in zip(_LISTS, was, will_be, strict=True):
        if old - new:
            model, field = lists
            model.objects.filter(**{f"{field}__in": old - new}).update(left_at=at)
    return was != will_be


_LISTS = ((Category, "pk"), (Author, "pk"), (Tag, "name"))


def _lists_of(snapshot: Snapshot) -> tuple[set, set, set]:
    filed = {snapshot.category, *snapshot.also_in} - {None}
    return filed, {author for author, _role in snapshot.bylines}, {*snapshot.tags}
