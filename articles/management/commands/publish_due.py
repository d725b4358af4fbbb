"""`manage.py publish_due`: the schedule kept once, by hand or by cron, or foretold."""

from datetime import timedelta

from django.core.management import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk import agenda, clock
from articles.desk.clock import Act
from articles.desk.outlet_time import wall_time, zone_name
from articles.management.connecting import connect_directly
from articles.management.terminal import speaking_to_the_terminal

_ACTS = {Act.PUBLISH: gettext_lazy("publish"), Act.WITHDRAW: gettext_lazy("withdraw")}


class Command(BaseCommand):
    help = "Publish and withdraw what is due now, as the worker's clock does every second."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="do nothing; tell what the next hours hold"
        )
        parser.add_argument(
            "--hours", type=int, default=24, help="how far to look ahead (default 24)"
        )

    def handle(self, *, dry_run, hours, **options):
        connect_directly()
        with speaking_to_the_terminal():
            try:
                problems = self.foretell(hours) if dry_run else self.keep()
            except Error as error:
                sentence = _("The database does not answer: %(reason)s")
                raise CommandError(sentence % {"reason": " ".join(str(error).split())}) from error
            if problems:
                raise CommandError(
                    ngettext("%d story needs somebody.", "%d stories need somebody.", problems)
                    % problems
                )

    def keep(self):
        """Do what is due; how many failed."""
        outcomes = clock.strike()
        for outcome in outcomes:
            self.tell(outcome.planned_at, outcome.act, agenda.title_of(outcome.article))
            self.explain(outcome.failure)
        if not outcomes:
            self.stdout.write(_("Nothing is due."))
        return sum(bool(outcome.failure) for outcome in outcomes)

    def foretell(self, hours):
        """Say what is to come, and what would stop it; how many would be stopped."""
        until = timezone.now() + timedelta(hours=hours)
        coming = agenda.appointments(until)
        self.stdout.write(
            _("Until %(time)s, %(zone)s:")
            % {"time": f"{wall_time(until):%Y-%m-%d %H:%M}", "zone": zone_name(until)}
        )
        for one in coming:
            self.tell(one.at, one.act, one.title)
            self.explain(one.obstacle)
        if not coming:
            self.stdout.write(_("Nothing is scheduled."))
        return sum(bool(one.obstacle) for one in coming)

    def tell(self, at, act, title):
        self.stdout.write(f"{wall_time(at):%Y-%m-%d %H:%M}  {_ACTS[act]}  {title}")

    def explain(self, obstacle):
        if obstacle:
            self.stdout.write(f"    ! {obstacle}")
