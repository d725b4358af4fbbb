"""The agenda: what is to happen, when, what would stop it, and what should have happened."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk import timetable
from articles.desk.clock import Act
from articles.desk.gate import require_passed
from articles.models import Article
from articles.workflow import Stage, TransitionRefused, Visibility


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing that stands on a story's row to be done; `obstacle`: what would stop it now."""

    act: Act
    at: datetime
    article: Article
    obstacle: str = ""

    @property
    def title(self) -> str:
        """What the text is called that goes live, or that is withdrawn."""
        return title_of(self.article) or _("Untitled story")


def title_of(article: Article) -> str:
    """The title of what was approved, if something is; else of what readers see."""
    approved = article.approved_revision
    return approved.content.get("title", "") if approved else article.title


def appointments(until: datetime) -> list[Appointment]:
    """Everything to be done before `until` (aware), what is overdue too, the soonest first.

    Each is asked what would stop it: for a publication the gate, and a withdrawal that is over.
    The clock asks again.
    """
    stories = Article.objects.select_related("approved_revision").defer("rendered_body")
    publications = stories.scheduled().filter(scheduled_at__lt=until)
    withdrawals = stories.to_be_withdrawn().filter(withdraw_at__lt=until)
    found = [
        *(Appointment(Act.PUBLISH, s.scheduled_at, s, _gate(s)) for s in publications),
        *(Appointment(Act.WITHDRAW, s.withdraw_at, s, _nothing_to_take(s)) for s in withdrawals),
    ]
    return sorted(found, key=lambda one: one.at)


def unkept() -> QuerySet[Article]:
    """Stories whose schedule failed, or is overdue by more than a minute."""
    return Article.objects.unkept(timezone.now() - timetable.LATE)


def _gate(article: Article) -> str:
    try:
        require_passed(article, article.approved_revision.snapshot)
        timetable.require_time_to_read(article)
    except TransitionRefused as refusal:
        return str(refusal)
    return ""


def _nothing_to_take(article: Article) -> str:
    goes_live = article.stage == Stage.SCHEDULED and article.scheduled_at < article.withdraw_at
    if article.visibility is Visibility.LIVE or goes_live:
        return ""
    return _("Readers do not see it by then.")
