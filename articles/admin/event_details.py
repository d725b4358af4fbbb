"""What the audit trail knows of an event beyond its verb, in words: times, delays, reasons."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.story_facts import labels_of
from articles.desk.outlet_time import wall_time
from articles.models import Conflict

#: name of a detail that is a time -> what is said of it
_TIMES = {
    "at": gettext_lazy("for %(time)s"),
    "was": gettext_lazy("before: %(time)s"),
    "due": gettext_lazy("due %(time)s"),
    "planned": gettext_lazy("planned for %(time)s"),
    "still_at": gettext_lazy("stays scheduled for %(time)s"),
}
_WORDS = ("to", "comment", "reason", "name")


def described(event):
    """The details of `event` in words, parted by dots; empty if there are none.

    Times are by the outlet's clock.
    """
    details = event.details
    times = {name: details[name] for name in _TIMES if details.get(name)}
    said = [_TIMES[name] % {"time": _time(written)} for name, written in times.items()]
    if "late" in details:
        said.append(_late(details["late"] // 60))
    said += [str(details[name]) for name in _WORDS if details.get(name)]
    if details.get("minor"):
        said.append(_("minor change"))
    said += _versions(details)
    return " · ".join(said)


def _versions(details):
    """What is known of an edit, of one that was restored, and of two that collided."""
    if fields := labels_of(details.get("fields", ())):
        yield "、".join(fields)
    if "of" in details:
        yield _("from revision %(number)s") % {"number": details["of"]}
    if outcome := details.get("outcome"):
        yield str(dict(Conflict.Outcome.choices).get(outcome, outcome))


def _time(written):
    return f"{wall_time(datetime.fromisoformat(written)):%Y-%m-%d %H:%M}"


def _late(minutes):
    if minutes < 120:
        return ngettext("%(n)d minute late", "%(n)d minutes late", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)d hour late", "%(n)d hours late", hours) % {"n": hours}
