"""What became of the pages that stories link to."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.body import linking
from articles.models import LinkCheck, Revision
from articles.outside.lengths import fits
from articles.outside.visiting import status_of

# An address is asked once in so long, however many stories link to it; sooner where there was
# nothing, since somebody may have mended that: the story, or the other site.
PAUSE = timedelta(days=1)
PAUSE_OF_THE_DEAD = timedelta(minutes=15)


@transaction.atomic
def take_due(revision: Revision) -> list[LinkCheck]:
    """The links of a text that it is time to ask for; nobody else is given them for a day."""
    links = linking.links_in(revision.snapshot.body)
    addresses = [link.address for link in links if fits(link.address)]
    if not addresses:
        return []
    rows = [LinkCheck(url=address) for address in sorted(addresses)]
    LinkCheck.objects.bulk_create(rows, ignore_conflicts=True)
    asked = LinkCheck.objects.due().filter(url__in=addresses)
    due = list(asked.order_by("pk").select_for_update())
    LinkCheck.objects.filter(pk__in=[link.pk for link in due]).update(
        check_after=timezone.now() + PAUSE
    )
    return due


def check(link: LinkCheck) -> LinkCheck:
    """Ask what is at the address, and write it down. The network is asked in no transaction."""
    link.status = status_of(link.url)
    link.checked_at = timezone.now()
    pause = PAUSE_OF_THE_DEAD if link.status in LinkCheck.GONE else PAUSE
    link.check_after = link.checked_at + pause
    link.save(update_fields=["status", "checked_at", "check_after"])
    return link
