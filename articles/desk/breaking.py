"""The line of breaking news: put up, replaced, taken down and undone, and every change kept.

A line replaces the one that whoever wrote it had seen, and no other.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body.leading import carries_login, link_for_readers
from articles.desk.front_page import ArrangedMeanwhile, Misplaced, require_right
from articles.desk.outlet_time import near
from articles.models import BreakingChange, Outlet, User
from articles.workflow import TransitionRefused


class BadBreakingNews(Misplaced):
    """The line of breaking news cannot stand like that; `field`: which of its facts is wrong."""

    def __init__(self, sentence: str, *, field: str):
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Line:
    """What stands above the front page, where it leads, and until when (aware)."""

    text: str = ""
    link: str = ""
    until: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The values as a change keeps them."""
        until = self.until and self.until.isoformat()
        return {"text": self.text, "link": self.link, "until": until}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Line":
        """What `as_json` wrote."""
        until = values.get("until")
        return cls(
            text=values.get("text", ""),
            link=values.get("link", ""),
            until=datetime.fromisoformat(until) if until else None,
        )

    @classmethod
    def of(cls, outlet: Outlet) -> "Line":
        """The one there is."""
        return cls(outlet.breaking_text, outlet.breaking_link, outlet.breaking_until)


def latest_change() -> BreakingChange | None:
    """The change that made the line what it is; None as long as there never was one."""
    return BreakingChange.objects.select_related("actor").order_by("-pk").first()


@transaction.atomic
def announce(line: Line, *, based_on: int | None, by: User | None) -> BreakingChange | None:
    """Put `line` above the front page; an empty text takes away what stands there.

    `based_on`: the id of the change whoever wrote it had seen last (None: no change yet). Returns
    the change, or None if it said that already. Raises `NotAllowed`, `ArrangedMeanwhile`, and
    `BadBreakingNews` with a sentence.
    """
    outlet = _begin(by)
    wanted = _tidied(line)
    if wanted == Line.of(outlet):
        return None
    _require_latest(based_on)
    return _put(outlet, wanted, by=by)


@transaction.atomic
def undo(change: BreakingChange, *, based_on: int | None, by: User | None) -> BreakingChange:
    """Let the line be what it was before `change`, which has to be the latest.

    Undoing an undoing is doing it again. Raises `NotAllowed`, `ArrangedMeanwhile`, and
    `TransitionRefused` if there is a later one, or the time of the line before is over.
    """
    outlet = _begin(by)
    _require_latest(based_on)
    if not can_undo(change):
        raise TransitionRefused(_("Only the latest change of the breaking news can be undone."))
    return _put(outlet, _tidied(Line.from_json(change.before)), by=by, undoes=change)


def can_undo(change: BreakingChange) -> bool:
    """Whether nothing came after `change`, and what was there before could still be shown."""
    before = Line.from_json(change.before)
    is_over = before.until is not None and before.until <= timezone.now()
    return not is_over and not BreakingChange.objects.filter(pk__gt=change.pk).exists()


def _begin(by: User | None) -> Outlet:
    """The outlet, held until the transaction ends."""
    require_right(by)
    return Outlet.objects.select_for_update().get()


def _require_latest(based_on: int | None) -> None:
    latest = latest_change()
    if latest is None or latest.pk == based_on:
        return
    facts = {
        "person": latest.actor or _("The newsroom"),
        "time": near(latest.happened_at),
        "text": Line.from_json(latest.after).text,
    }
    if not facts["text"]:
        raise ArrangedMeanwhile(_("%(person)s took the breaking news down %(time)s.") % facts)
    raise ArrangedMeanwhile(
        _("%(person)s put other breaking news up %(time)s: “%(text)s”.") % facts
    )


def _tidied(line: Line) -> Line:
    """The line as it is stored; raises `BadBreakingNews` with a sentence if it cannot be."""
    text, link = line.text.strip(), line.link.strip()
    if not text:
        return Line()
    if line.until is None or line.until <= timezone.now():
        sentence = _("Say until when the breaking news is shown; the time lies ahead.")
        raise BadBreakingNews(sentence, field="until")
    if link:
        _check_link(link)
    return replace(line, text=text, link=link)


def _check_link(link: str) -> None:
    if carries_login(link):
        sentence = _(
            "The link carries a name or a password before the “@”; readers would see it. "
            "Take it out."
        )
        raise BadBreakingNews(sentence, field="link")
    if not link_for_readers(link):
        sentence = _("The link is neither a path of this site nor an address of the web.")
        raise BadBreakingNews(sentence, field="link")


def _put(
    outlet: Outlet, line: Line, *, by: User | None, undoes: BreakingChange | None = None
) -> BreakingChange:
    before = Line.of(outlet)
    outlet.breaking_text, outlet.breaking_link = line.text, line.link
    outlet.breaking_until = line.until
    outlet.save(update_fields=["breaking_text", "breaking_link", "breaking_until"])
    return BreakingChange.objects.create(
        before=before.as_json(), after=line.as_json(), actor=by, undoes=undoes
    )
