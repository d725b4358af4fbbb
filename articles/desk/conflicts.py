"""Conflicts: a save on top of a newer revision is neither accepted nor refused, but kept aside."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.desk import notifying, relations, revisions, writing
from articles.desk.recording import lock, record
from articles.desk.rights import may, require, require_access
from articles.models import Article, Conflict, Revision, Snapshot, User
from articles.workflow import TransitionRefused, Verb


class AlreadyResolved(TransitionRefused):
    """Somebody has chosen meanwhile."""


@transaction.atomic
def save(
    article: Article,
    snapshot: Snapshot,
    *,
    by: User | None,
    based_on: Revision | None,
    note: str = "",
) -> Conflict | None:
    """Save an edit that began from `based_on`, or keep it aside where it collides.

    It collides if somebody saved a newer revision meanwhile (or if nobody knows what it began
    from: `based_on` is None), or if the story may not be edited any more by whoever wrote this (it
    was submitted in another window, say). Then the text becomes a revision that is set aside, and
    the open conflict is returned; the same text twice opens one. Otherwise the story is revised,
    and there is none. Raises `NotAllowed` for somebody whose story this is not, and
    `UnacceptableStory`.
    """
    lock(article)
    require_access(by, article)
    is_newest = (based_on.pk if based_on else None) == article.working_revision_id
    if is_newest and may(by, Verb.REVISE, article):
        writing.revise(article, snapshot, by=by, note=note, based_on=based_on)
        return None
    snapshot = writing.acceptable(snapshot)
    if based_on is not None and snapshot == writing.as_known_now(based_on.snapshot):
        return None  # nothing was changed, so nothing collides
    if not snapshot.differing_fields(writing.working_snapshot(article)):
        return None  # both say the same
    return _open(article, snapshot, by=by, based_on=based_on, note=note)


@transaction.atomic
def resolve(
    conflict: Conflict,
    *,
    outcome: Conflict.Outcome,
    seen: Revision,
    by: User | None,
    snapshot: Snapshot | None = None,
) -> Conflict:
    """Choose: the colliding edit, the newer revision, or `snapshot` merged of both.

    `seen`: the working copy that was chosen against. What was not chosen stays a revision;
    categories, authors and pictures that are not there any more are left out.
    Raises `NotAllowed`, `AlreadyResolved`, `NewerRevision`, `UnacceptableStory`.
    """
    article = lock(conflict.article)
    require(by, Verb.REVISE, article)
    conflict = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if conflict.resolved_at is not None:
        raise AlreadyResolved(_("Somebody has resolved this conflict already."))
    revisions.require_newest(article.working_revision_id, shown=seen)
    if outcome != Conflict.Outcome.THEIRS:
        chosen = conflict.mine.snapshot if outcome == Conflict.Outcome.MINE else snapshot
        kept, _lost = relations.without_lost(chosen)
        writing.revise(article, kept, by=by, note=conflict.mine.note, merged_from=conflict.mine)
    conflict.resolved_at, conflict.resolved_by = timezone.now(), by
    conflict.outcome = outcome
    conflict.save(update_fields=["resolved_at", "resolved_by", "outcome"])
    record(
        Verb.RESOLVE,
        article,
        by=by,
        revision=article.working_revision,
        outcome=str(outcome),
        aside=conflict.mine.number,
    )
    return conflict


def _open(
    article: Article,
    snapshot: Snapshot,
    *,
    by: User | None,
    based_on: Revision | None,
    note: str,
) -> Conflict:
    for known in article.conflicts.open().filter(person=by).select_related("mine"):
        if known.mine.snapshot == snapshot:
            return known
    mine = revisions.write(article, snapshot, by=by, note=note, based_on=based_on, set_aside=True)
    record(Verb.SET_ASIDE, article, by=by, revision=mine)
    conflict = Conflict.objects.create(
        article=article,
        mine=mine,
        theirs=article.working_revision,
        ancestor=based_on,
        person=by,
    )
    notifying.collided(conflict)
    return conflict
