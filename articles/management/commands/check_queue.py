"""Says how background work and schedule are getting on; fails if nobody seems to be doing it."""

from datetime import timedelta

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models import Case, Min, Q, When
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from articles.desk import agenda
from articles.management.connecting import connect_directly
from articles.management.terminal import speaking_to_the_terminal

# From this priority down, work waits behind all other: pictures and links (`desk.picture_tasks`,
# `desk.link_tasks`), but not what people are told.
_UNHURRIED = -5


class Command(BaseCommand):
    help = (
        "Show waiting, running and failed tasks; exit status 1 if one has waited too long, "
        "or if a story has not gone live or was not withdrawn at its time."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--patience", type=int, default=600, help="seconds a task may wait (default 600)"
        )
        parser.add_argument(
            "--queue-only",
            action="store_true",
            help="ask for the worker's health: no restart mends a schedule that failed",
        )

    def handle(self, *, patience, queue_only, **options):
        connect_directly()
        with speaking_to_the_terminal():
            self.report(timezone.now(), timedelta(seconds=patience), queue_only=queue_only)

    def report(self, now, patience, *, queue_only):
        try:
            counts, waiting_since = self._look(now, patience)
            unkept = 0 if queue_only else agenda.unkept().count()
        except DatabaseError as error:
            sentence = _("The database does not answer: %(reason)s") % {
                "reason": " ".join(str(error).split())
            }
            raise CommandError(sentence) from error
        self.stdout.write(_counted(counts))
        if unkept:
            raise CommandError(_unkept(unkept))
        if waiting_since and now - waiting_since > patience:
            raise CommandError(
                _("A task has been waiting since %(when)s: is the worker running?")
                % {"when": timezone.localtime(waiting_since).isoformat(" ", "seconds")}
            )

    def _look(self, now, patience):
        """Return the counts, and since when a task has waited that somebody should have done.

        Pictures and links are no hurry: hundreds may wait for an hour behind one another, as long
        as the worker begins or ends something within the patience.
        """
        tasks = DBTaskResult.objects
        due = tasks.ready()
        counts = {
            "waiting": due.count(),
            "patient": due.filter(priority__lte=_UNHURRIED).count(),
            "running": tasks.running().count(),
            "failed": tasks.failed().filter(finished_at__gte=now - timedelta(days=1)).count(),
        }
        lately = Q(started_at__gte=now - patience) | Q(finished_at__gte=now - patience)
        if tasks.filter(lately).exists():
            due = due.filter(priority__gt=_UNHURRIED)
        since = Case(
            When(run_after__lte=now, then=Greatest("run_after", "enqueued_at")),
            default="enqueued_at",
        )
        return counts, due.aggregate(oldest=Min(since))["oldest"]


def _unkept(count):
    return ngettext(
        "%d schedule failed or is overdue: look at the first page of the desk.",
        "%d schedules failed or are overdue: look at the first page of the desk.",
        count,
    ) % (count,)


def _counted(counts):
    sentence = _("%(waiting)d waiting, %(running)d running, %(failed)d failed since yesterday.")
    patient = counts["patient"]
    if not patient:
        return sentence % counts
    more = ngettext(
        "%d of the waiting is about a picture or a link and may take its time.",
        "%d of the waiting are about pictures or links and may take their time.",
        patient,
    )
    return f"{sentence % counts} {more % patient}"
