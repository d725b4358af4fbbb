"""Sharing: a working copy is shown to somebody without an account, by an address that ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db import transaction
from django.db.models import F, IntegerChoices, Max, TextChoices
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.body.entities import without_controls
from articles.desk import notes, tokens
from articles.desk.recording import lock, record
from articles.desk.rights import has_access, may, require, require_access
from articles.desk.writing import as_known_now, working_snapshot
from articles.models import Article, Note, PreviewLink, Revision, Snapshot, User
from articles.workflow import TransitionRefused, Verb, Visibility, next_stage

MOST_COMMENTS_AN_HOUR = 10  # by one link
MOST_COMMENTS = 100  # ditto, ever

_ENDS_OR_BEGINS_A_REVIEW = (Verb.SUBMIT, Verb.REQUEST_CHANGES, Verb.PUBLISH)


class Lifetime(IntegerChoices):
    """How long a link opens, in hours."""

    HOUR = 1, _("1 hour")
    SHIFT = 8, _("8 hours")
    DAY = 24, _("24 hours")
    THREE_DAYS = 72, _("3 days")
    WEEK = 168, _("7 days")


class Standing(TextChoices):
    """What a link opens now; the label is the sentence for whoever comes by it."""

    OPEN = "open", _("This preview can be opened.")
    REVOKED = "revoked", _("This preview was taken back.")
    WITHDRAWN = "withdrawn", _("This story was withdrawn.")
    PUBLISHED = "published", _("This story has been published.")
    EXPIRED = "expired", _("The time of this preview is over.")
    SPENT = "spent", _("This preview could be opened once, and was.")
    LAPSED = "lapsed", _("Whoever made this preview may not show the story any more.")


class CommentRefused(TransitionRefused):
    """A guest's comment is not taken; `str()` says why."""


@transaction.atomic
def share(
    article: Article,
    *,
    lifetime: Lifetime,
    by: User | None,
    label: str = "",
    single_use: bool = False,
    may_comment: bool = False,
) -> tuple[PreviewLink, str]:
    """Make a link to the working copy of `article`; returns it and its secret token.

    The token is told this once: only its hash is kept. `label`: for whom, at most 80 characters.
    Raises `NotAllowed`, and `TransitionRefused` for a withdrawn story.
    """
    lock(article)
    require(by, Verb.SHARE, article)
    next_stage(Verb.SHARE, stage=article.stage, visibility=article.visibility)
    token = tokens.make()
    link = PreviewLink.objects.create(
        article=article,
        token_hash=tokens.hash_of(token),
        label=" ".join(label.split())[: PreviewLink._meta.get_field("label").max_length],
        created_by=by,
        expires_at=timezone.now() + timedelta(hours=Lifetime(lifetime)),
        single_use=single_use,
        may_comment=may_comment,
    )
    _record(Verb.SHARE, link, by=by, until=link.expires_at.isoformat())
    return link, token


@transaction.atomic
def revoke(link: PreviewLink, *, by: User | None) -> PreviewLink:
    """Let a link open nothing any more; nothing happens to one that was revoked.

    Raises `NotAllowed` for somebody whose story this is not.
    """
    _lock_both(link)
    require_access(by, link.article)
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])
        _record(Verb.REVOKE, link, by=by)
    return link


def find(token: str) -> PreviewLink | None:
    """The link of that secret, whatever it opens; None if there is none."""
    links = PreviewLink.objects.select_related("article__working_revision", "created_by")
    return links.filter(token_hash=tokens.hash_of(token)).first()


def standing(link: PreviewLink) -> Standing:
    """What `link` opens now."""
    return standings([link])[0]


def standings(links: Sequence[PreviewLink]) -> list[Standing]:
    """What each of `links` opens now; they are of one story, which is asked once for all."""
    story = _Shared(links[0].article) if links else None
    return [_standing(link, story) for link in links]


def shown(link: PreviewLink) -> Snapshot:
    """What an open `link` shows: the working copy, while whoever made it may share that.

    A reporter may not once the story is submitted; then it is what was submitted, whatever the
    editors write.
    """
    if shows_working_copy(link):
        return working_snapshot(link.article)
    return as_known_now(_Shared(link.article).submitted.snapshot)


def shows_working_copy(link: PreviewLink) -> bool:
    """Whether an open `link` shows what the desk has now, and what it plans."""
    return may(link.created_by, Verb.SHARE, link.article)


def open_once(link: PreviewLink) -> bool:
    """Count an opening of `link`, which spends it if it opens once; returns whether it may be.

    One statement asks and writes, so of two people who open it at the same time one does.
    """
    opened = PreviewLink.objects.valid().filter(pk=link.pk)
    counted = opened.update(
        opened_at=Coalesce("opened_at", timezone.now()), opened_count=F("opened_count") + 1
    )
    return counted == 1


@transaction.atomic
def comment(link: PreviewLink, *, name: str, text: str) -> Note:
    """Take down what a guest who opened `link` says of the story, as a note at the desk.

    Raises `CommentRefused` where the link takes none (any more), for an empty or endless text,
    and when there are too many.
    """
    _lock_both(link)
    if not link.may_comment or standing(link) not in {Standing.OPEN, Standing.SPENT}:
        raise CommentRefused(_("This preview takes no comments any more."))
    name, text = " ".join(without_controls(name).split()), without_controls(text).strip()
    _check(link, name, text)
    return notes.add_as_guest(link, name=name, text=text)


def _lock_both(link: PreviewLink) -> None:
    """Hold the link and its story until the transaction ends."""
    link.refresh_from_db(
        from_queryset=PreviewLink.objects.select_related("article").select_for_update()
    )


def _check(link: PreviewLink, name: str, text: str) -> None:
    if not name or not text:
        raise CommentRefused(_("Say who you are, and what you think."))
    longest = {field: Note._meta.get_field(field).max_length for field in ("guest_name", "text")}
    if len(name) > longest["guest_name"] or len(text) > longest["text"]:
        raise CommentRefused(_("This is too long: at most %(text)d characters.") % longest)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    recent = link.notes.filter(created_at__gt=an_hour_ago).count()
    if recent >= MOST_COMMENTS_AN_HOUR or link.notes.count() >= MOST_COMMENTS:
        raise CommentRefused(_("There are many comments already. Try again later."))


@dataclass
class _Shared:
    """A story as its links see it; what has to be asked of it is asked once."""

    article: Article

    @cached_property
    def published_at(self) -> datetime | None:
        """When it was last published, if it was."""
        return self.article.events.filter(verb=Verb.PUBLISH).aggregate(at=Max("happened_at"))["at"]

    @cached_property
    def submitted(self) -> Revision | None:
        """What the editors have in hand: what was submitted and neither sent back nor published."""
        events = self.article.events.filter(verb__in=_ENDS_OR_BEGINS_A_REVIEW)
        last = events.select_related("revision").first()
        return last.revision if last is not None and last.verb == Verb.SUBMIT else None


def _standing(link: PreviewLink, story: _Shared) -> Standing:
    reasons = {
        Standing.REVOKED: lambda: link.revoked_at is not None,
        Standing.WITHDRAWN: lambda: story.article.visibility is Visibility.WITHDRAWN,
        Standing.PUBLISHED: lambda: _is_published(link, story),
        Standing.EXPIRED: lambda: link.expires_at <= timezone.now(),
        Standing.LAPSED: lambda: _is_lapsed(link, story),
        Standing.SPENT: lambda: link.single_use and link.opened_at is not None,
    }
    return next((reason for reason, holds in reasons.items() if holds()), Standing.OPEN)


def _is_published(link: PreviewLink, story: _Shared) -> bool:
    """Whether readers have got what the link was made for.

    A link does not outlive a publication: what is changed afterwards needs another one.
    """
    if story.article.visibility is not Visibility.LIVE:
        return False
    if not story.article.has_unpublished_changes:
        return True
    return story.published_at is not None and story.published_at >= link.created_at


def _is_lapsed(link: PreviewLink, story: _Shared) -> bool:
    """Whether there is nothing (any more) that whoever made the link may show."""
    if may(link.created_by, Verb.SHARE, story.article):
        return False
    return story.submitted is None or not has_access(link.created_by, story.article)


def _record(verb: Verb, link: PreviewLink, *, by: User | None, **details: str) -> None:
    facts = {"link": link.pk, "label": link.label, **details}
    record(verb, link.article, by=by, revision=link.article.working_revision, **facts)
