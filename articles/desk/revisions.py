"""How a revision is written down: numbered, whole, and never changed afterwards."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision, Snapshot, User
from articles.workflow import TransitionRefused


class NewerRevision(TransitionRefused):
    """The story changed again while somebody was looking at it."""


def require_newest(stands: int | None, *, shown: Revision | None) -> None:
    """Raise `NewerRevision` unless the revision with the id `stands` is the one that was shown.

    `shown`: what somebody saw when they decided; `None` if they were shown nothing.
    """
    if shown is not None and shown.pk != stands:
        raise NewerRevision(_("The story was changed again meanwhile; look at it once more."))


def write(
    article: Article,
    snapshot: Snapshot,
    *,
    by: User | None,
    note: str = "",
    based_on: Revision | None = None,
    merged_from: Revision | None = None,
    set_aside: bool = False,
) -> Revision:
    """Store `snapshot` as the next revision of the locked `article`, and return it.

    Unless it is `set_aside` it is the working copy from now on; the caller saves the row.
    """
    newest = article.revisions.aggregate(number=Max("number"))["number"] or 0
    revision = Revision.objects.create(
        article=article,
        number=newest + 1,
        content=snapshot.to_json(),
        note=note,
        based_on=based_on,
        merged_from=merged_from,
        set_aside=set_aside,
        created_by=by,
    )
    if not set_aside:
        article.working_revision = revision
    return revision
