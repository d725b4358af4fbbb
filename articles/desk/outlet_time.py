"""The outlet's clock: what a time means that somebody wrote by it, and what its zone is called."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.workflow import TransitionRefused

#: the years the desk's calendar shows
FIRST_YEAR, LAST_YEAR = 1990, 2199


class UnclearTime(TransitionRefused):
    """A time that no clock of the desk shows, or shows twice."""


def require_in_calendar(moment: datetime) -> None:
    """Raise `UnclearTime` for a `moment` (aware) that the desk's calendar does not reach.

    Hours before the end of all years, some clocks could not show it, nor could any page.
    """
    first, end = (datetime(year, 1, 1, tzinfo=UTC) for year in (FIRST_YEAR, LAST_YEAR + 1))
    if not first <= moment < end:
        raise UnclearTime(_no_such_year(moment.year))


def _no_such_year(year: int) -> str:
    facts = {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
    return _("The calendar has no year %(year)s; choose a time from %(first)s to %(last)s.") % facts


def moment_at(wall: datetime) -> datetime:
    """The moment (aware) at which the outlet's clock shows `wall` (naive).

    Raises `UnclearTime` with a sentence where clocks are put forward (PEP 495 calls it a gap) or
    back (a fold): nobody should have to guess when a story goes live. So it does beyond the years
    of the calendar.
    """
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise UnclearTime(_no_such_year(wall.year))
    zone = settings.OUTLET_TIME_ZONE
    moment = wall.replace(tzinfo=zone, fold=0)
    facts = {"time": f"{wall:%H:%M}", "day": f"{wall:%Y-%m-%d}", "zone": zone.key}
    shown = moment.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None, fold=0) != wall:
        facts["later"] = f"{shown:%H:%M}"
        raise UnclearTime(
            _(
                "There is no %(time)s on %(day)s: the clocks of %(zone)s are put forward then, "
                "and show %(later)s at once. Choose another time."
            )
            % facts
        )
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise UnclearTime(
            _(
                "%(time)s comes twice on %(day)s: the clocks of %(zone)s are put back then. "
                "Choose an earlier or a later time."
            )
            % facts
        )
    return moment


def wall_time(moment: datetime) -> datetime:
    """What the outlet's clock shows at `moment` (aware), without a zone."""
    return moment.astimezone(settings.OUTLET_TIME_ZONE).replace(tzinfo=None, fold=0)


def end_of_today() -> datetime:
    """The midnight (aware) that ends the outlet's present day."""
    tomorrow = timezone.now().astimezone(settings.OUTLET_TIME_ZONE).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), settings.OUTLET_TIME_ZONE)


def near(moment: datetime) -> str:
    """A time in a few words: the day only if it is not today, the year only if it is another."""
    shown, today = wall_time(moment), wall_time(timezone.now()).date()
    clock, days = f"{shown:%H:%M}", (shown.date() - today).days
    if days == 0:
        return _("today %(time)s") % {"time": clock}
    if days == 1:
        return _("tomorrow %(time)s") % {"time": clock}
    if days == -1:
        return _("yesterday %(time)s") % {"time": clock}
    return f"{shown:%m-%d} {clock}" if shown.year == today.year else f"{shown:%Y-%m-%d} {clock}"


def exactly(moment: datetime) -> str:
    """A time that stays true however long it is kept: day, time, and the zone."""
    return f"{wall_time(moment):%Y-%m-%d %H:%M} {zone_name(moment)}"


def next_full_hour(now: datetime | None = None) -> datetime:
    """The first full hour of the outlet's clock that is at least half an hour away."""
    soon = (now or timezone.now()) + timedelta(minutes=30)
    wall = wall_time(soon)
    begun = wall - wall.replace(minute=0, second=0, microsecond=0)
    return soon - begun + timedelta(hours=1 if begun else 0)


def zone_name(at: datetime | None = None) -> str:
    """The name of the outlet's time zone, with its distance from UTC at `at` (now, if not said)."""
    offset = (at or timezone.now()).astimezone(settings.OUTLET_TIME_ZONE).strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:5]
    distance = f"{hours:+d}" + (f":{minutes}" if minutes != "00" else "")
    return f"{settings.OUTLET_TIME_ZONE.key} UTC{distance}"
