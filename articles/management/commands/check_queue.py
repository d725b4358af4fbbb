"""Says how the background work is getting on; fails if nobody seems to be doing it."""

from datetime import timedelta

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models import Case, Min, When
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from articles.management.connecting import connect_directly
from articles.management.terminal import speaking_to_the_terminal


class Command(BaseCommand):
    help = "Show waiting, running and failed tasks; exit status 1 if one has waited too long."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--patience", type=int, default=600, help="seconds a task may wait (default 600)"
        )

    def handle(self, *, patience, **options):
        connect_directly()
        with speaking_to_the_terminal():
            self.report(timezone.now(), timedelta(seconds=patience))

    def report(self, now, patience):
        try:
            counts, oldest = self._look(now)
        except DatabaseError as error:
            sentence = _("The database does not answer: %(reason)s") % {
                "reason": " ".join(str(error).split())
            }
            raise CommandError(sentence) from error
        self.stdout.write(
            _("%(waiting)d waiting, %(running)d running, %(failed)d failed since yesterday.")
            % counts
        )
        if oldest and now - oldest > patience:
            raise CommandError(
                _("A task has been waiting since %(when)s: is the worker running?")
                % {"when": timezone.localtime(oldest).isoformat(" ", "seconds")}
            )

    def _look(self, now):
        """Return the counts, and since when the longest waiting task could have been done."""
        tasks = DBTaskResult.objects
        due = tasks.ready()
        counts = {
            "waiting": due.count(),
            "running": tasks.running().count(),
            "failed": tasks.failed().filter(finished_at__gte=now - timedelta(days=1)).count(),
        }
        since = Case(
            When(run_after__lte=now, then=Greatest("run_after", "enqueued_at")),
            default="enqueued_at",
        )
        return counts, due.aggregate(oldest=Min(since))["oldest"]
