"""History: an old revision becomes the working copy again, or gets a name to be found by."""

from django.db import transaction
from django.utils.translation import gettext as _

from articles.desk import relations, revisions, writing
from articles.desk.recording import lock, record
from articles.desk.rights import require, require_access
from articles.models import Article, Revision, RevisionName, User
from articles.workflow import Verb


@transaction.atomic
def restore(revision: Revision, *, by: User | None, seen: Revision | None = None) -> Article:
    """Make what `revision` says the working copy, as a new revision; readers see nothing of it.

    It is another text than the one that was approved, so an approval and a schedule are void.
    Categories, authors and pictures that are not there any more are left out. Nothing happens if
    the working copy says the same. `seen`: the working copy that was on the screen. Raises
    `NotAllowed`, `NewerRevision` and `UnacceptableStory`.
    """
    article = lock(revision.article)
    require(by, Verb.REVISE, article)
    revisions.require_newest(article.working_revision_id, shown=seen)
    note = _("Restored from revision %(number)d") % {"number": revision.number}
    before = article.working_revision_id
    snapshot, _lost = relations.without_lost(revision.snapshot)
    writing.revise(article, snapshot, by=by, note=note, keeps_approval=False)
    if article.working_revision_id != before:
        record(Verb.RESTORE, article, by=by, revision=article.working_revision, of=revision.number)
    return article


@transaction.atomic
def name_revision(revision: Revision, *, name: str, by: User | None) -> Revision:
    """Give `revision` a name, another one, or (an empty `name`) none any more.

    Raises `NotAllowed` for somebody whose story this is not. At most 80 characters are kept.
    """
    article = lock(revision.article)
    require_access(by, article)
    kept = " ".join(name.split())[: RevisionName._meta.get_field("name").max_length]
    if kept:
        RevisionName.objects.update_or_create(
            revision=revision, defaults={"name": kept, "named_by": by}
        )
    else:
        RevisionName.objects.filter(revision=revision).delete()
    record(Verb.NAME, article, by=by, revision=revision, name=kept)
    return revision
