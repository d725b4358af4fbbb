"""Review: a draft is submitted, sent back or approved; what is approved is one revision."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles.desk import notifying
from articles.desk.gate import require_passed
from articles.desk.link_tasks import try_links
from articles.desk.recording import lock, record
from articles.desk.revisions import require_newest
from articles.desk.rights import require
from articles.desk.writing import working_snapshot
from articles.gate import Occasion
from articles.models import Article, Revision, User
from articles.workflow import Stage, TransitionRefused, Verb, next_stage

# Towards readers: what was found of the links when somebody last wrote may be long ago.
_LEADS_ON = {Verb.SUBMIT, Verb.APPROVE}


class CommentMissing(TransitionRefused):
    """The person who is to change something must be told what."""


@transaction.atomic
def submit(article: Article, *, by: User | None) -> Article:
    """Hand a draft to the editors; it has what a story needs by then.

    Raises `NotAllowed`, `TransitionRefused`, and `IncompleteStory` naming what is missing.
    """
    _move(Verb.SUBMIT, article, by=by)
    notifying.submitted(article, by=by)
    return article


@transaction.atomic
def request_changes(article: Article, *, comment: str, by: User | None) -> Article:
    """Send a story back to whoever writes it, saying what is to change.

    Raises `NotAllowed`, `TransitionRefused`, and `CommentMissing` without a comment.
    """
    if not comment.strip():
        raise CommentMissing(_("Say what should be changed."))
    comment = comment.strip()
    _move(Verb.REQUEST_CHANGES, article, by=by, comment=comment)
    notifying.changes_requested(article, comment=comment, by=by)
    return article


@transaction.atomic
def approve(
    article: Article, *, by: User | None, revision: Revision | None = None, is_news: bool = True
) -> Article:
    """Approve the newest revision, and only that.

    `revision`: the one that was on the screen; if there is a newer one, nothing is approved.
    `is_news`: whether people are told, as they are not of what comes from elsewhere. Raises
    `NotAllowed`, `TransitionRefused`, `NewerRevision`.
    """
    _move(Verb.APPROVE, article, by=by, shown=revision)
    if is_news:
        notifying.approved(article, by=by)
    return article


def requested_changes(article: Article) -> str:
    """What is to be changed, while the story waits for that; otherwise empty."""
    if article.stage != Stage.CHANGES_REQUESTED:
        return ""
    request = article.events.filter(verb=Verb.REQUEST_CHANGES).first()
    return request.details.get("comment", "") if request else ""


def _move(
    verb: Verb,
    article: Article,
    *,
    by: User | None,
    shown: Revision | None = None,
    **details: str,
) -> None:
    lock(article)
    require(by, verb, article)
    article.stage = next_stage(verb, stage=article.stage, visibility=article.visibility)
    require_newest(article.working_revision_id, shown=shown)
    if verb is Verb.SUBMIT:
        require_passed(article, working_snapshot(article), occasion=Occasion.SUBMIT)
    article.approved_revision = article.working_revision if verb is Verb.APPROVE else None
    article.save(update_fields=["stage", "approved_revision", "edited_at"])
    if verb in _LEADS_ON:
        try_links(article, working_snapshot(article).body, by=by)
    record(verb, article, by=by, revision=article.working_revision, **details)
