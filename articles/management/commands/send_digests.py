"""Sends the daily digests that are due; for a cron of one's own, since the worker does it too."""

from django.core.management import BaseCommand
from django.utils.translation import ngettext

from articles.desk import digests
from articles.management.terminal import speaking_to_the_terminal


class Command(BaseCommand):
    help = "Send the daily digests of notifications that are due, and not yet sent."

    def handle(self, **options):
        with speaking_to_the_terminal():
            sent = digests.send_due()
            sentence = ngettext("%d digest is on its way.", "%d digests are on their way.", sent)
            self.stdout.write(sentence % sent)
