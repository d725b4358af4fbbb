"""How a revision is written down: numbered, whole, and never changed afterwards."""

from django.db.models import Max

from articles.models import Article, Revision, Snapshot, User


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
