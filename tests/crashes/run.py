"""One run: people work, processes die, and in the end the books must balance."""

import itertools
import random
import threading
import time

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client

from articles import workflow
from articles.models import Author, Category, User
from tests.crashes import accounting, processes
from tests.crashes.editing import Cast, Editor
from tests.crashes.reading import Reader

_SETTLING = 60  # seconds until all that was begun has to be done
_UNDISTURBED = 180  # seconds in which an editor finishes something, however slow the machine


def run(*, kills: int, seed: int, stop: threading.Event) -> list[str]:
    """Kill the web server or the worker `kills` times; returns what is wrong afterwards."""
    chance, started = random.Random(seed), time.monotonic()  # noqa: S311 -- not a secret
    _say(f"{connection.vendor}, {kills} kills, seed {seed}")
    cast = _set_up()
    site = f"http://127.0.0.1:{(port := processes.free_port())}"
    hosts = {"web": processes.web(port), "worker": processes.worker()}
    editor = Editor(site, cast, stop)
    reader = Reader(site, editor.journal.stories, stop)
    try:
        for process in hosts.values():
            process.start()
        processes.wait_for(f"{site}/healthz/")
        editor.start()
        reader.start()
        killed = _kill(hosts, site, kills, editor, chance)
        idle = _work_on(editor, reader)
        stop.set()
        editor.join()
        reader.join()
        _settle()
    finally:
        stop.set()
        for process in hosts.values():
            process.kill()
    findings = [*idle, *_account(editor, reader)]
    _report(editor, reader, killed, time.monotonic() - started)
    for finding in findings:
        _say(f"  WRONG {finding}")
    return findings


def _set_up() -> Cast:
    """A new database with a chief at work."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    category = Category.objects.create(name="人工智能")
    author = Author.objects.create(name="林墨")
    chief = User.objects.create_user(username="charlie", name="Charlie", is_staff=True)
    chief.groups.add(Group.objects.get(name=workflow.CHIEF))
    client = Client()
    client.force_login(chief)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    connection.close()
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: "c" * 32}
    return Cast(user=chief.pk, cookies=cookies, category=category.pk, author=author.name)


def _kill(hosts, site, kills, editor, chance) -> dict[str, int]:
    """Kill at moments that are random in the work done, so that a slow machine is hit as often."""
    killed = dict.fromkeys(hosts, 0)
    for name in itertools.islice(iter(lambda: chance.choice(list(hosts)), None), kills):
        wanted = editor.journal.answered + chance.randint(0, 8)
        _wait(lambda wanted=wanted: editor.journal.answered >= wanted, seconds=10)
        time.sleep(chance.uniform(0, 0.3))
        hosts[name].kill()
        killed[name] += 1
        hosts[name].start()
        if name == "web":
            processes.wait_for(f"{site}/healthz/")
    return killed


def _work_on(editor, reader) -> list[str]:
    """Let something be finished that nobody disturbs, and be read; returns what did not come."""
    work, pages = editor.journal.finished + 1, reader.story_pages + 1
    wanted = {
        "nothing was finished, undisturbed": lambda: editor.journal.finished >= work,
        "no story was read, undisturbed": lambda: reader.story_pages >= pages,
    }
    return [what for what, is_so in wanted.items() if not _wait(is_so, seconds=_UNDISTURBED)]


def _wait(is_so, *, seconds: float) -> bool:
    """Whether it came to be so in time."""
    until = time.monotonic() + seconds
    while not (came := is_so()) and time.monotonic() < until:
        time.sleep(0.02)
    return came


def _settle() -> None:
    """Give the worker time to do what is left."""
    until = time.monotonic() + _SETTLING
    while time.monotonic() < until and any(accounting.left_behind()):
        connection.close()
        time.sleep(0.3)


def _account(editor, reader) -> list[str]:
    failures = [repr(who.failure) for who in (editor, reader) if who.failure]
    journal = editor.journal
    done = {"saved": journal.saved, "kept": journal.kept, "seen": reader.seen}
    done |= {"read on a page of its own": reader.story_pages}
    return [
        *failures,
        *(f"no story was {what}" for what, evidence in done.items() if not evidence),
        *journal.unwell,
        *reader.mixed,
        *accounting.lost_saves(journal.saved),
        *accounting.lost_typing(journal.kept),
        *accounting.broken_numbers(),
        *accounting.half_published(),
        *accounting.odd_events(),
        *accounting.unpublished_seen(reader.seen),
        *accounting.left_behind(),
    ]


def _report(editor, reader, killed, seconds) -> None:
    journal = editor.journal
    _say(f"  killed      web {killed['web']}, worker {killed['worker']} in {seconds:.0f} s")
    _say(f"  editor      {journal.answered} answered, {journal.interrupted} interrupted,")
    _say(f"              {journal.refused} refused, {len(journal.saved)} saves acknowledged,")
    _say(f"              {len(journal.kept)} texts kept while they were typed")
    _say(f"  reader      {reader.pages} pages, {reader.story_pages} of them a story's,")
    _say(f"              {len(reader.seen)} revisions seen")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a report for whoever started it
