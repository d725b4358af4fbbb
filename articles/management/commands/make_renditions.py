"""`manage.py make_renditions`: the files of all pictures, made or mended without the queue."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.desk import picturing
from articles.images import recipes, renditions
from articles.images.models import Image
from articles.images.pruning import forgotten
from articles.management.connecting import connect_directly
from articles.management.terminal import speaking_to_the_terminal

_PROTECTED = timedelta(days=1)  # how long a file is kept that nothing names

logger = logging.getLogger("newsroom.pictures")


@dataclass(slots=True)
class Tally:
    """What was done: numbers of pictures, files and bytes, and the pictures that failed."""

    pictures: int = 0
    files: int = 0
    size: int = 0
    failed: list[Image] = field(default_factory=list)


class Command(BaseCommand):
    help = "Make the renditions that are missing, and show them in live stories."
    requires_system_checks = ()

    def add_arguments(self, parser):
        extent = parser.add_mutually_exclusive_group()
        extent.add_argument(
            "--missing", action="store_true", help="look into the storage too, not only the rows"
        )
        extent.add_argument("--all", action="store_true", help="make everything anew")
        parser.add_argument(
            "--prune", action="store_true", help="then delete the files that nothing names any more"
        )
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="then let all live stories name their pictures anew, whose address has changed",
        )

    def handle(self, *, prune, refresh, **options):
        connect_directly()
        with speaking_to_the_terminal():
            tally = self._make(_extent(options))
            self._sum_up(tally)
            if refresh:
                self._refresh()
            if prune:
                self._prune()
        if tally.failed:
            sys.exit(1)

    def _make(self, extent: Callable[[Image], tuple[str, ...]]) -> Tally:
        tally = Tally()
        for image in _pictures():
            try:
                _make(image, extent(image), tally)
            except OSError as error:
                logger.error("The pictures' storage does not answer: %s", error)
                tally.failed.append(image)
        return tally

    def _sum_up(self, tally: Tally) -> None:
        for image in tally.failed:
            sentence = _("The renditions of picture %(number)d could not be made: %(name)s")
            parts = {"number": image.pk, "name": image.file.name}
            self.stderr.write(self.style.ERROR(sentence % parts))
        parts = {"pictures": tally.pictures, "files": tally.files, "failed": len(tally.failed)}
        summary = _("%(pictures)d pictures, %(files)d files, %(size)s made; %(failed)d failed.")
        self.stdout.write(summary % {**parts, "size": filesizeformat(tally.size)})

    def _refresh(self) -> None:
        count = sum(picturing.refresh(image) for image in _pictures())
        self.stdout.write(_("%(count)d live stories changed.") % {"count": count})

    def _prune(self) -> None:
        storage = Image._meta.get_field("file").storage
        try:
            names = forgotten(storage, before=timezone.now() - _PROTECTED)
            count = sum(_is_deleted(storage, name) for name in names)
        except OSError as error:
            logger.error("The pictures' storage does not answer: %s", error)
            sentence = _("The pictures' storage does not answer. Try again in a moment.")
            raise CommandError(sentence) from error
        self.stdout.write(_("%(count)d files deleted that nothing names.") % {"count": count})


def _extent(options: dict[str, bool]) -> Callable[[Image], tuple[str, ...]]:
    if options["all"]:
        return renditions.wanted
    return _missing_anywhere if options["missing"] else renditions.missing


def _missing_anywhere(image: Image) -> tuple[str, ...]:
    """The crops that the row lacks, or that a file is missing of."""
    known = set(renditions.missing(image))
    return tuple(c for c in renditions.wanted(image) if c in known or not _is_whole(image, c))


def _is_whole(image: Image, crop: str) -> bool:
    return all(image.file.storage.exists(name) for name in renditions.promised(image, [crop]))


def _pictures() -> Iterator[Image]:
    """Every picture whose file is ours, each read when its turn comes: this may take hours."""
    keys = list(Image.objects.at_home().order_by("pk").values_list("pk", flat=True))
    bar = tqdm(keys, unit=_(" pictures"), disable=not sys.stderr.isatty(), leave=False)
    for pk in bar:
        yield from Image.objects.at_home().filter(pk=pk)


def _make(image: Image, crops: tuple[str, ...], tally: Tally) -> None:
    if crops and renditions.make(image, crops):
        _count(image, crops, tally)
        picturing.refresh(image)
    elif crops:
        tally.failed.append(image)


def _is_deleted(storage: Storage, name: str) -> bool:
    try:
        storage.delete(name)
    except OSError:  # it vanished meanwhile, or is found again the next time
        return False
    return True


def _count(image: Image, crops: Iterable[str], tally: Tally) -> None:
    tally.pictures += 1
    for crop in crops:
        made = image.renditions[crop]
        tally.files += len(made["sizes"]) * len(recipes.endings(has_alpha=image.has_alpha))
        tally.size += made["bytes"]
