"""The clock: what stands on the schedule is done when its moment has come.

The worker asks every second, `manage.py publish_due` whenever it is called. A schedule is a fact
on the story's row, not an order given to somebody: whoever looks, however late and however many at
once, finds what is due, and does it once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.desk import notifying, publishing, timetable
from articles.desk.recording import record
from articles.models import Article
from articles.workflow import TransitionRefused, Verb

logger = logging.getLogger("newsroom.clock")

#: minutes until the next attempt, after the first, the second … failure; the last one counts on
PAUSES = (1, 2, 5, 10, 30)
#: failures are counted so far: nothing depends on more, and the column has an end
MOST_COUNTED = 1000


class Act(StrEnum):
    """What can be due."""

    WITHDRAW = "withdraw"
    PUBLISH = "publish"

    def due(self, now: datetime) -> QuerySet[Article]:
        """The stories for which this is to be done at `now`, the most overdue first."""
        if self is Act.PUBLISH:
            return Article.objects.due_for_publication(now)
        return Article.objects.due_for_withdrawal(now)

    @property
    def failure(self) -> tuple[str, str, str]:
        """The columns that say how often this has failed, when it is tried again, and why."""
        if self is Act.PUBLISH:
            return timetable.PUBLICATION_FAILURE
        return timetable.WITHDRAWAL_FAILURE

    def planned_at(self, article: Article) -> datetime:
        """When it should be done."""
        return article.scheduled_at if self is Act.PUBLISH else article.withdraw_at


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one story; `failure` is empty if it was done."""

    act: Act
    article: Article
    planned_at: datetime
    failure: str = ""


def strike() -> list[Outcome]:
    """Do everything that is due now, each in its own transaction; return what became of it.

    Withdrawals come first: what should be gone is not changed any more. A story that somebody
    holds just now, an editor or another worker, is left for the next time. Raises the database's
    errors only if not even the list can be had.
    """
    with translation.override(settings.LANGUAGE_CODE):  # what is stored is in the desk's language
        outcomes = []
        for act in Act:
            for pk in list(act.due(timezone.now()).values_list("pk", flat=True)):
                outcome = _keep(act, pk)
                if outcome is not None:
                    _say(outcome)
                    outcomes.append(outcome)
    return outcomes


def _keep(act: Act, pk: int) -> Outcome | None:
    """Do what is due for one story, or put it off; None if there was nothing to do."""
    outcome, failure = _attempt(partial(_do, act, pk), pk)
    if failure:
        outcome, _failure = _attempt(partial(_put_off, act, pk, failure), pk)
    return outcome


def _attempt(step: Callable[[], Outcome | None], pk: int) -> tuple[Outcome | None, str]:
    """What `step` did for one story, or a sentence that says why it could not.

    The one place where every exception is caught: a story that fails in a way nobody thought of (a
    bug of the renderer's, say) must neither keep the others from their moment nor end the clock. It
    is logged whole, put off and shouted about like a refusal. A database that is busy or away is
    not the story's fault: it is asked again with the next look.
    """
    try:
        return step(), ""
    except TransitionRefused as refusal:
        return None, str(refusal)
    except OperationalError:
        logger.warning("Story %s has to wait for the database.", pk, exc_info=True)
        return None, ""
    except Exception:
        logger.exception("Story %s failed at its moment.", pk)
        return None, _("An unexpected error; the log of the server says more.")


@transaction.atomic
def _do(act: Act, pk: int) -> Outcome | None:
    article = _still_due(act, pk)
    if article is None:
        return None
    outcome = Outcome(act, article, act.planned_at(article))
    if act is Act.PUBLISH:
        publishing.publish(article, by=None, minor=article.schedule_is_minor)
    else:
        publishing.withdraw(article, reason=article.withdraw_at_reason, by=None)
    return outcome


def _still_due(act: Act, pk: int) -> Article | None:
    """Look again, with the row locked; None if it is done, changed, or in somebody's hands."""
    due = act.due(timezone.now()).select_for_update(skip_locked=True, of=("self",))
    return due.filter(pk=pk).first()


@transaction.atomic
def _put_off(act: Act, pk: int, sentence: str) -> Outcome | None:
    """Keep the schedule, note why it failed, and try again later. None if it is not due any more.

    The audit trail is told once, at the first failure; people, what they have not heard yet.
    """
    article = _still_due(act, pk)
    if article is None:
        return None
    is_first = _note_failure(act, article, sentence)
    planned_at = act.planned_at(article)
    if is_first:
        facts = {"act": str(act), "planned": planned_at.isoformat(), "reason": sentence}
        record(Verb.FAIL, article, by=None, revision=article.approved_revision, **facts)
    if act is Act.PUBLISH:
        notifying.schedule_failed(article, reason=sentence, is_first=is_first)
    else:
        notifying.withdrawal_failed(article, reason=sentence, is_first=is_first)
    return Outcome(act, article, planned_at, sentence)


def _note_failure(act: Act, article: Article, sentence: str) -> bool:
    """Write on the row that `act` failed; whether it is the first time."""
    attempts, retry_at, failure = act.failure
    before = getattr(article, attempts)
    pause = PAUSES[min(before, len(PAUSES) - 1)]
    setattr(article, attempts, min(before + 1, MOST_COUNTED))
    setattr(article, retry_at, timezone.now() + timedelta(minutes=pause))
    setattr(article, failure, sentence)
    article.save(update_fields=act.failure)
    return before == 0


def _say(outcome: Outcome) -> None:
    if outcome.failure:
        logger.error("Story %s: %s failed: %s", outcome.article.pk, outcome.act, outcome.failure)
    else:
        logger.info("Story %s: %s done.", outcome.article.pk, outcome.act)
