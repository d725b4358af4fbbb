"""`manage.py load_sample_newsroom`: fill an empty newsroom, so that it looks alive."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.desk.filing import CategoryAs
from articles.desk.importing import Incoming, Outcome, take_in
from articles.models import Article
from newsroom.sample.completing import complete_stories
from newsroom.sample.describing import describe_pictures
from newsroom.sample.desk_work import UNPUBLISHED, leave_work
from newsroom.sample.introducing import introduce
from newsroom.sample.loading import write_documents


class Command(BaseCommand):
    help = "Load the sample newsroom, unless there are stories already."

    def handle(self, **options):
        if Article.objects.exists():
            self.stdout.write(_("There are stories already; the sample newsroom is not loaded."))
            return
        with TemporaryDirectory() as name:
            folder = Path(name)
            write_documents(folder, today=timezone.localdate())
            introduce(folder / "pictures")
            count = self._take_in(sorted(folder.glob("*.md")), folder)
            describe_pictures()
            complete_stories()
            leave_work()
        self.stdout.write(_("The sample newsroom is loaded: %(n)d stories.") % {"n": count})

    def _take_in(self, paths: list[Path], folder: Path) -> int:
        for path in tqdm(paths, disable=not sys.stderr.isatty(), leave=False):
            incoming = Incoming(
                import_ref=path.stem,
                file_name=path.name,
                data=path.read_bytes(),
                folder=folder,
                category_as=CategoryAs.SECTION,
                publish=path.stem not in UNPUBLISHED,
            )
            taken = take_in(incoming, by=None)
            if taken.outcome is Outcome.FAILED:
                raise CommandError(f"{path.name}: {taken.sentence}")
        return len(paths)
