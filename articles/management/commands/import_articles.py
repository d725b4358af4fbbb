"""`manage.py import_articles PATH…`: documents of the outlet's format become stories."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.desk.filing import CategoryAs
from articles.desk.importing import Incoming, Outcome, Taken, take_in
from articles.management.terminal import speaking_to_the_terminal

ENDINGS = {".md", ".markdown", ".html", ".htm", ".txt"}
NOT_DOCUMENTS = {"readme", "changelog", "licence", "license"}


class Command(BaseCommand):
    help = "Import documents (front matter and HTML) from files and folders."
    requires_system_checks = ()  # they ask the database, which may be busy; it is asked below

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
        parser.add_argument(
            "--publish", action="store_true", help="let them go live with their own dates"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and store nothing"
        )
        parser.add_argument(
            "--category-as",
            choices=CategoryAs.values,
            default=CategoryAs.PATH.value,
            help="keep the category path as a branch of the tree, without its second name (the "
            "source), or only its last name",
        )

    def handle(self, *, paths, **options):
        self.options = options
        with speaking_to_the_terminal():
            documents = list(_documents(paths))
            if not documents:
                self.stdout.write(_("No documents were found."))
            counts = self._run(documents)
            self._sum_up(counts)
        if counts[Outcome.FAILED]:
            sys.exit(1)

    def _run(self, paths: list[Path]) -> Counter[str]:
        counts: Counter[str] = Counter()
        seen: dict[str, Path] = {}
        bar = tqdm(paths, unit=_(" documents"), disable=not sys.stderr.isatty(), leave=False)
        for path in bar:
            taken = self._offer(path, seen)
            counts[taken.outcome] += 1
            self._report(path, taken, bar)
        return counts

    def _offer(self, path: Path, seen: dict[str, Path]) -> Taken:
        """Take one file in; two files of one name in one run would overwrite each other."""
        ref = _readable(path.stem)[:200]
        if ref in seen:
            sentence = _("%(other)s has the same name, and the name is the document's identity.")
            return Taken(Outcome.FAILED, sentence=sentence % {"other": seen[ref]})
        seen[ref] = path
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return Taken(Outcome.FAILED, sentence=_("There is no such file or folder."))
        except OSError as error:
            sentence = _("The file cannot be read: %(reason)s") % {"reason": error.strerror}
            return Taken(Outcome.FAILED, sentence=sentence)
        return self._take_in(path, ref, data)

    def _take_in(self, path: Path, ref: str, data: bytes) -> Taken:
        incoming = Incoming(
            import_ref=ref,
            file_name=_readable(path.name)[:500],
            data=data,
            folder=path.parent,
            publish=self.options["publish"],
            category_as=CategoryAs(self.options["category_as"]),
            keep_pictures=not self.options["dry_run"],
        )
        try:
            with transaction.atomic():
                taken = take_in(incoming, by=None)
                transaction.set_rollback(self.options["dry_run"])
        except DatabaseError:
            sentence = _("The database did not answer in time. Try again.")
            return Taken(Outcome.FAILED, sentence=sentence)
        return taken

    def _report(self, path: Path, taken: Taken, bar: tqdm) -> None:
        if taken.outcome == Outcome.FAILED:
            name = _readable(str(path))
            place = f"{name}:{taken.line}" if taken.line else name
            bar.write(self.style.ERROR(f"{place}: {taken.sentence}"), file=self.stderr._out)
        elif self.options["verbosity"] > 0:
            for remark in taken.remarks:
                bar.write(f"{path}: {remark}", file=self.stdout._out)

    def _sum_up(self, counts: Counter[str]) -> None:
        parts = {
            "created": counts[Outcome.CREATED],
            "updated": counts[Outcome.UPDATED],
            "unchanged": counts[Outcome.UNCHANGED],
            "failed": counts[Outcome.FAILED],
        }
        summary = _(
            "%(created)d created, %(updated)d updated, %(unchanged)d unchanged, %(failed)d failed."
        )
        if self.options["dry_run"]:
            summary = _("Dry run, nothing was stored:") + " " + summary
        self.stdout.write(summary % parts)


def _documents(paths: list[Path]) -> Iterator[Path]:
    """The files named, and the documents in the folders named, in the order of their names."""
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.suffix.lower() in ENDINGS)
            yield from (p for p in inside if p.is_file() and p.stem.lower() not in NOT_DOCUMENTS)
        else:
            yield path


def _readable(name: str) -> str:
    """A file's name as text, also where it is not UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace")
