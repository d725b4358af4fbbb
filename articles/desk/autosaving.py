"""Autosaving: what somebody types is kept while they type; nothing of it is history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.characters import storable
from articles.desk.rights import require, require_access
from articles.models import Article, Autosave, Revision, User
from articles.workflow import NotAllowed, TransitionRefused, Verb

#: more than any story; the form itself takes more than that
MOST_CHARACTERS = 2_000_000
#: how long a saved text is remembered, so that an old copy of it does not come back
REMEMBERED = timedelta(days=30)
#: of how many windows, for one person and story
WINDOWS_REMEMBERED = 20


class TooLarge(TransitionRefused):
    """More than `MOST_CHARACTERS`."""


class TypedElsewhere(TransitionRefused):
    """Another window of the same person holds text that is not saved; `kept` is that."""

    def __init__(self, sentence: str, *, kept: Autosave):
        super().__init__(sentence)
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a browser, and how often something was changed in it."""

    tab: str
    count: int


@transaction.atomic
def keep(
    user: User,
    *,
    content: Mapping[str, Sequence[str]],
    article: Article | None = None,
    new_story: UUID | None = None,
    based_on: Revision | None = None,
    tab: str,
    count: int,
    instead_of: Window | None = None,
    follows: Window | None = None,
) -> Autosave:
    """Keep what `user` has typed, unless the same window has sent something newer already.

    `content`: the fields of the form as they would be sent, right or wrong; it is neither checked
    nor sanitised. One of `article` and `new_story` (the number its form was opened with).
    `based_on`: the revision the edit began from. `tab`: the window; `count` grows there with
    every change. `instead_of`: the text of another window that this one is to replace, as far as
    the person has seen it. `follows`: the text of another window that this one goes on from; once
    that is saved, this one is based on the revision so made. Raises `NotAllowed`, `TooLarge`,
    `TypedElsewhere`.
    """
    require_desk(user, article)
    storable = _storable(content)
    said = {"content": storable, "based_on": based_on, "tab": tab, "count": count}
    said["follows"] = follows and [follows.tab, follows.count]
    kept, is_new = _row(user, article, new_story, said)
    if is_new or _is_late(kept, Window(tab, count)):
        return kept
    if kept.tab != tab and kept.content and not _is_seen(kept, instead_of):
        raise TypedElsewhere(_("You have typed in this story in another window."), kept=kept)
    said["based_on"] = _base(kept, based_on, follows)
    for name, value in said.items():
        setattr(kept, name, value)
    kept.save(update_fields=[*said, "saved_at"])
    return kept


@transaction.atomic
def drop(
    user: User,
    *,
    article: Article | None = None,
    new_story: UUID | None = None,
    tab: str,
    count: int,
    saved_as: Revision | None = None,
) -> None:
    """Forget what was typed in a window up to `count`: it is saved, or not wanted.

    `saved_as`: the working copy that its save made. What another window typed stays, and so does
    what this one typed later. The row remains for a while without content and knows how far each
    window was, so that a text the network brings late does not come back. Raises `NotAllowed` for
    a story of which `user` keeps nothing and that is not theirs.
    """
    if kept_of(user, article=article, new_story=new_story) is None:
        require_desk(user, article)
    said = {"content": {}, "based_on": None, "tab": tab, "count": count, "follows": None}
    kept, _is_new = _row(user, article, new_story, said)
    kept.settled = _settled(kept, Window(tab, count), saved_as)
    if kept.follows:
        kept.based_on = _base(kept, kept.based_on, Window(*kept.follows))
    changed = ["settled", "based_on"]
    is_older = kept.tab == tab and kept.count <= count
    if is_older or not kept.content:
        for name, value in said.items():
            setattr(kept, name, value)
        changed += [*said, "saved_at"]
    kept.save(update_fields=changed)
    past = Autosave.objects.of(user).spent().filter(saved_at__lt=timezone.now() - REMEMBERED)
    past.delete()


def base_of(
    user: User, article: Article, based_on: Revision | None, *, follows: Window | None
) -> Revision | None:
    """What a text of `user` is based on that began from `based_on` and goes on from `follows`."""
    kept = Autosave.objects.of(user).filter(article=article).only("settled", "article").first()
    return _base(kept, based_on, follows) if kept else based_on


def require_desk(user: User, article: Article | None) -> None:
    """Raise `NotAllowed` unless `user` may write at `article` (None: at a new story)."""
    if article is None:
        require(user, Verb.CREATE)
    else:
        require_access(user, article)


def kept_of(
    user: User, *, article: Article | None = None, new_story: UUID | None = None
) -> Autosave | None:
    """What `user` typed in a story and has not saved."""
    mine = Autosave.objects.of(user).unsaved().filter(article=article, new_story=new_story)
    return mine.select_related("article", "based_on").defer(*_TEXTS).first()


def unsaved_of(user: User) -> list[Autosave]:
    """All that `user` typed and has not saved, the newest first, new stories among it.

    What somebody typed stays theirs when the story does not: it may be at their desk no longer.
    """
    mine = Autosave.objects.of(user).unsaved()
    return list(mine.select_related("article", "based_on").defer(*_TEXTS))


def let_go(article: Article, *, by: User | None) -> None:
    """Let what others typed outlive `article`, which `by` throws away: as new stories of theirs."""
    for kept in Autosave.objects.filter(article=article).unsaved().exclude(user=by):
        kept.article, kept.new_story, kept.based_on = None, uuid4(), None
        kept.save(update_fields=["article", "new_story", "based_on"])


_TEXTS = ("article__body", "article__rendered_body", "based_on__content")


def _row(
    user: User, article: Article | None, new_story: UUID | None, said: Mapping[str, Any]
) -> tuple[Autosave, bool]:
    """The row of this person and story, locked, and whether `said` just made it."""
    rows = Autosave.objects.select_for_update()
    if article is not None:
        return rows.get_or_create(article=article, user=user, defaults=said)
    kept, is_new = rows.get_or_create(new_story=new_story, defaults={"user": user, **said})
    if kept.user_id != user.pk:
        raise NotAllowed(_("This story is not yours."))
    return kept, is_new


def _is_late(kept: Autosave, window: Window) -> bool:
    """Whether the same window has sent something newer, or has saved this or thrown it away."""
    known = [(kept.tab, kept.count), *((tab, count) for tab, count, _made in kept.settled)]
    return any(tab == window.tab and count >= window.count for tab, count in known)


def _settled(
    kept: Autosave, window: Window, saved_as: Revision | None
) -> list[tuple[str, int, int | None]]:
    """Up to where the text of each window is saved or thrown away, `window` among them."""
    others = [tuple(one) for one in kept.settled if one[0] != window.tab]
    mine = [tuple(one) for one in kept.settled if one[0] == window.tab]
    mine.append((window.tab, window.count, saved_as and saved_as.pk))
    furthest = max(mine, key=lambda one: (one[1], one[2] or 0))
    return [*others, furthest][-WINDOWS_REMEMBERED:]


def _base(kept: Autosave, based_on: Revision | None, follows: Window | None) -> Revision | None:
    """`based_on`, or the newer revision into which just the text was saved that `follows` names."""
    if follows is None:
        return based_on
    made = [made for tab, count, made in kept.settled if Window(tab, count) == follows and made]
    saved = Revision.objects.filter(article=kept.article_id, pk__in=made).defer("content").first()
    is_newer = saved and (based_on is None or based_on.number < saved.number)
    return saved if is_newer else based_on


def _is_seen(kept: Autosave, seen: Window | None) -> bool:
    return seen is not None and kept.tab == seen.tab and kept.count <= seen.count


def _storable(content: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """`content` without what no database can hold."""
    if sum(len(value) for values in content.values() for value in values) > MOST_CHARACTERS:
        raise TooLarge(_("This text is too long to be kept while you type. Save it."))
    return {storable(name): [storable(v) for v in values] for name, values in content.items()}
