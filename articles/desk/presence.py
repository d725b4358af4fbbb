"""Presence: who has a story open just now, and what has become of it meanwhile.

None of it is a transaction: each statement stands alone, so that windows that give a sign of
life at the same moment never wait for one another.
"""

from collections.abc import Iterable

from django.utils import timezone

from articles.desk.rights import require_access
from articles.models import Article, Presence, Revision, User


def attend(user: User, article: Article, *, tab: str, is_writing: bool) -> None:
    """Note a sign of life from a window, and forget the windows that give none any more.

    `is_writing`: whether something is typed there and not saved. Raises `NotAllowed`.
    """
    require_access(user, article)
    Presence.objects.bulk_create(
        [
            Presence(
                article=article, user=user, tab=tab, is_writing=is_writing, seen_at=timezone.now()
            )
        ],
        update_conflicts=True,
        unique_fields=["article", "user", "tab"],
        update_fields=["is_writing", "seen_at"],
    )
    Presence.objects.gone().delete()


def leave(user: User, article: Article, *, tab: str) -> None:
    """Forget a window that is being closed."""
    Presence.objects.filter(article=article, user=user, tab=tab).delete()


def others(article: Article, *, user: User, tab: str) -> list[Presence]:
    """Who else has the story open: each person once, writing rather than reading, by name.

    `user` is among them if they have it open in another window than `tab`.
    """
    windows = Presence.objects.now().filter(article=article).exclude(user=user, tab=tab)
    by_person: dict[int, Presence] = {}
    for window in windows.select_related("user").order_by("user__name", "user_id", "-is_writing"):
        by_person.setdefault(window.user_id, window)
    return list(by_person.values())


def writing_now(stories: Iterable[int], *, user: User) -> dict[int, str]:
    """Who but `user` is typing in which of `stories` (ids), their names by the story's id.

    One query, whatever the number.
    """
    windows = Presence.objects.now().filter(article__in=stories, is_writing=True)
    names: dict[int, list[str]] = {}
    for window in windows.exclude(user=user).select_related("user").order_by("user__name", "user"):
        named = names.setdefault(window.article_id, [])
        if str(window.user) not in named:
            named.append(str(window.user))
    return {story: "、".join(named) for story, named in names.items()}


def newer_revision(article: Article, *, based_on: int | None) -> Revision | None:
    """The newest revision, if it is another than the one with the id `based_on`."""
    is_newest = based_on is None or based_on == article.working_revision_id
    return None if is_newest else article.working_revision
