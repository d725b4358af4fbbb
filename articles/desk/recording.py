"""How every verb begins and ends: with a lock on the row and a line in the audit trail."""

from typing import Any

from articles.models import Article, Event, Revision, User
from articles.workflow import Verb


def lock(article: Article) -> Article:
    """Read the row again and hold it until the transaction ends.

    On PostgreSQL the row is locked; on SQLite the transaction began by taking the whole database
    (`transaction_mode` IMMEDIATE), which comes to the same.
    """
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())
    return article


def record(
    verb: Verb,
    article: Article,
    *,
    by: User | None,
    revision: Revision | None = None,
    **details: Any,
) -> Event:
    """Write one line of the audit trail."""
    return Event.objects.create(
        article=article,
        title=article.title,
        verb=verb,
        actor=by,
        revision=revision,
        details=details,
    )
