"""`manage.py bench`: what importing, serving, pictures and the desk cost, in a database of its own.

Figures of one run are comparable with each other, not with another machine's: read the ratios.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from tqdm import tqdm

from articles.body import rendering, sanitising, tidying
from articles.desk.importing import Incoming, Outcome, take_in
from articles.importing import front_matter
from articles.models import Article
from newsroom.management import busy_desk, large_picture
from newsroom.sample import loading

WANTED_RATE = 40  # documents a second on one core, pictures aside
WANTED_TAKING = 1  # second for an upload of 24 megapixels to be answered
WANTED_MAKING = 20  # seconds for all its renditions, on one core
WANTED_MEMORY = 600  # MB at the peak
WANTED_AUTOSAVE = 50  # milliseconds for a story of 20,000 characters, the median
WANTED_QUERIES = 12  # for the list of stories, however many there are
PAGE_RUNS = 20


class Command(BaseCommand):
    help = (
        "Measure importing, serving, pictures and the desk;"
        " nothing of the real database is touched."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--documents", type=int, default=10_000, help="how many to import (default 10,000)"
        )
        parser.add_argument(
            "--folder", type=Path, help="documents to import, instead of the sample newsroom's"
        )
        parser.add_argument(
            "--stories",
            type=int,
            default=100_000,
            help="how many the desk's list has to show; 0 leaves it out (default 100,000)",
        )

    def handle(self, *, documents, folder, stories, **options):
        with TemporaryDirectory() as name:
            connection.settings_dict["TEST"]["NAME"] = self._database_name(name)
            real_name = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, serialize=False)
            try:
                with override_settings(**_aside(name)):
                    texts = _texts(folder or _sample_folder(Path(name)))
                    self._run(texts, documents)
                    self._measure_picture(Path(name))
                    self._measure_desk(stories)
            finally:
                connection.creation.destroy_test_db(real_name, verbosity=0)

    def _database_name(self, folder: str) -> str:
        return f"{folder}/bench.sqlite3" if connection.vendor == "sqlite" else "test_newsroom_bench"

    def _run(self, texts: dict[str, str], count: int) -> None:
        self._say(f"{connection.vendor}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
        self._say(
            f"{len(texts)} documents, {_mean_length(texts):,.0f} characters each on average\n"
        )
        self._measure_pipeline(texts)
        self._measure_import(texts, count)
        self._measure_pages()

    def _measure_pipeline(self, texts: dict[str, str]) -> None:
        parsed = [
            front_matter.parse(text, time_zone=settings.OUTLET_TIME_ZONE) for text in texts.values()
        ]
        tidied = [tidying.tidy(p.body, header_image=p.header_image).html for p in parsed]
        clean = [sanitising.sanitise(html) for html in tidied]
        stages: dict[str, Callable[[], object]] = {
            "parse": lambda: [
                front_matter.parse(t, time_zone=settings.OUTLET_TIME_ZONE) for t in texts.values()
            ],
            "tidy": lambda: [tidying.tidy(p.body, header_image=p.header_image) for p in parsed],
            # What was sanitised a moment ago is remembered; a paragraph more makes it new.
            "sanitise": lambda: [sanitising.sanitise(f"{html}<p>+</p>") for html in tidied],
            "render": lambda: [rendering.render(html) for html in clean],
        }
        for name, stage in stages.items():
            self._say(f"{name:10} {_seconds(stage) / len(texts) * 1000:8.2f} ms a document")

    def _measure_import(self, texts: dict[str, str], count: int) -> None:
        sizes, started = [_memory()], time.process_time()
        tenth = max(count // 10, 1)
        for number, incoming in enumerate(_incoming(texts, count), start=1):
            taken = take_in(incoming, by=None)
            if taken.outcome is Outcome.FAILED:
                self.stderr.write(f"{incoming.file_name}: {taken.sentence}")
            if number % tenth == 0:
                sizes.append(_memory())
        rate = count / (time.process_time() - started)
        self._say(f"import     {rate:8.1f} documents a second of processor time ({count:,})")
        self._say(f"           {rate / WANTED_RATE:8.1f} times the {WANTED_RATE} wanted")
        # The first tenth fills caches; from there on nothing may grow.
        growth = sizes[-1] / sizes[1]
        self._say(f"memory     {sizes[1]:8.1f} MB after a tenth, {sizes[-1]:.1f} MB at the end")
        self._say(f"           {growth:8.2f} times as much\n")

    def _measure_pages(self) -> None:
        story = Article.objects.published().newest_first().select_related("category").first()
        pages = {
            "front": "/",
            "article": story.get_absolute_url(),
            "category": story.category.get_absolute_url(),
            "feed": "/feed/",
            "sitemap": "/sitemap.xml",
        }
        client = Client()
        for name, path in pages.items():
            response = client.get(path)
            times = [_seconds(lambda path=path: client.get(path)) for _run in range(PAGE_RUNS)]
            median = statistics.median(times) * 1000
            size = len(response.content) / 1024
            self._say(f"{name:10} {median:8.1f} ms (median of {PAGE_RUNS}), {size:.1f} KB")

    def _measure_picture(self, folder: Path) -> None:
        costs = large_picture.measure(folder, str(connection.settings_dict["NAME"]))
        width, height = large_picture.SIZE
        self._say(f"\npicture    {width * height / 1e6:8.1f} megapixels, {_size(costs['bytes'])}")
        limits = {
            "taking": ("s until its upload is answered", WANTED_TAKING),
            "phone": ("s if it lies on its side, in wide colours", WANTED_TAKING),
            "making": ("s for its renditions on one core", WANTED_MAKING),
            "memory": ("MB at the peak", WANTED_MEMORY),
        }
        for name, (unit, most) in limits.items():
            share = costs[name] / most
            self._say(f"           {costs[name]:8.2f} {unit}, {share:.2f} of the {most} allowed")
        for ending, total in costs["total"].items():
            ratio = total / costs["total"]["jpg"]
            middle = _size(costs["middle"][ending])
            self._say(f"{ending:10} {ratio:8.2f} of the JPEG: {_size(total)}, {middle} at 960 wide")

    def _measure_desk(self, stories: int) -> None:
        user = busy_desk.chief()
        times = busy_desk.autosave_times(user, runs=PAGE_RUNS)
        median = statistics.median(times) * 1000
        self._say(f"\nautosave   {median:8.1f} ms (median of {PAGE_RUNS}),")
        self._say(f"           {median / WANTED_AUTOSAVE:8.2f} of the {WANTED_AUTOSAVE} allowed")
        if not stories:
            return
        making = _seconds(lambda: busy_desk.fill(stories, user=user))
        self._say(f"list       {stories:8,} stories more, made in {making:.0f} s")
        for name, question in {"all": "", "search": "?q=恢复"}.items():
            seconds, queries = busy_desk.list_cost(user, question)
            allowed = f"{queries} queries of the {WANTED_QUERIES} allowed"
            self._say(f"  {name:8} {seconds * 1000:8.1f} ms, {allowed}")

    def _say(self, text: str) -> None:
        self.stdout.write(text)


def _aside(folder: str) -> dict[str, object]:
    """Settings that keep the measuring out of the newsroom's own files."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    own = {"default": {"BACKEND": "newsroom.storage.Folder"}, "staticfiles": plain}
    return {
        "MEDIA_ROOT": f"{folder}/media",
        "ALLOWED_HOSTS": ["testserver"],
        "SECURE_SSL_REDIRECT": False,
        "STORAGES": settings.STORAGES | own,
    }


def _sample_folder(folder: Path) -> Path:
    documents = folder / "documents"
    documents.mkdir()
    loading.write_documents(documents, today=timezone.localdate())
    return documents


def _texts(folder: Path) -> dict[str, str]:
    paths = (p for p in sorted(folder.glob("*.md")) if p.stem != "README")
    return {path.stem: front_matter.decode(path.read_bytes()) for path in paths}


def _incoming(texts: dict[str, str], count: int) -> Iterator[Incoming]:
    """`count` documents that differ in name and text; pictures are left where they are."""
    stems = list(texts)
    for number in tqdm(range(count), disable=not sys.stderr.isatty(), leave=False):
        stem = stems[number % len(stems)]
        text = texts[stem].replace("</div>", f"<p>{number}</p></div>", 1)
        yield Incoming(
            import_ref=f"{stem}-{number}",
            file_name=f"{stem}-{number}.md",
            data=text.encode(),
            publish=True,
        )


def _mean_length(texts: dict[str, str]) -> float:
    return statistics.mean(len(text) for text in texts.values())


def _size(count: int) -> str:
    return f"{count / 1024:,.0f} KB"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _memory() -> float:
    """Resident memory of this process in MB: now on Linux, at its peak elsewhere."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
