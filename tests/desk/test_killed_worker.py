"""A worker that is killed: a real process, ended without a chance to say so."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from articles.desk import pictures
from tests.factories import picture_file

TOP = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
WORKER = ["manage.py", "db_worker", "--no-startup-delay", "--no-reload"]
# The same worker, but it stops in the middle of the second crop, says so, and waits.
WORKER_THAT_HALTS = """
import sys, django
django.setup()
from django.core.management import call_command
from articles.images import drawing
encoded, files = drawing.encoded, []
def halting(picture, ending):
    files.append(ending)
    if len(files) == 14:
        print("in the middle", flush=True)
        sys.stdin.read()
    return encoded(picture, ending)
drawing.encoded = halting
call_command("db_worker", startup_delay=False, reload=False, verbosity=0)
"""


@dataclass(frozen=True)
class Elsewhere:
    """A copy of the newsroom, its database and files, for processes of its own."""

    database: str
    media: Path

    @property
    def environment(self):
        ours = {"DATABASE_URL": self.database, "MEDIA_ROOT": str(self.media), "DEBUG": "False"}
        ours |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "PYTHONPATH": str(TOP)}
        return os.environ | ours | {"SECRET_KEY": "secret", "REDIS_URL": "", "MEDIA_S3_BUCKET": ""}

    def run(self, *command):
        done = subprocess.run(  # noqa: S603 -- our own commands
            [PYTHON, *command],
            check=False,
            cwd=TOP,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def look(self):
        """The only picture and the only task, as the database has them now."""
        models = ["images.image", "django_tasks_database.dbtaskresult"]
        rows = json.loads(self.run("manage.py", "dumpdata", *models))
        picture, task = sorted((row["fields"] for row in rows), key=lambda row: "status" in row)
        return picture, task

    @property
    def files(self):
        found = (path for path in self.media.rglob("*") if path.is_file())
        return {str(path.relative_to(self.media)): path.read_bytes() for path in found}

    def a_worker_that_halts(self):
        return subprocess.Popen(  # noqa: S603 -- ditto
            [PYTHON, "-c", WORKER_THAT_HALTS],
            cwd=TOP,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )


@contextmanager
def _copied_database(name, folder):
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / f"{name}.sqlite3")) as copy:
            connection.connection.backup(copy)
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    connection.creation.clone_test_db(suffix=name, verbosity=0)
    facts = connection.creation.get_test_db_clone_settings(name)
    login = facts["USER"] + (f":{facts['PASSWORD']}" if facts["PASSWORD"] else "")
    try:
        yield f"postgres://{login}@{facts['HOST']}:{facts['PORT'] or 5432}/{facts['NAME']}"
    finally:
        connection.creation.destroy_test_db(suffix=name, verbosity=0)


@contextmanager
def _elsewhere(name, folder, settings):
    media = folder / f"media of {name}"
    shutil.copytree(settings.MEDIA_ROOT, media)
    with _copied_database(name, folder) as database:
        yield Elsewhere(database, media)


@pytest.fixture
def newsrooms(tmp_path, settings, transactional_db):
    """Two newsrooms with the same picture, whose renditions wait to be made."""
    pictures.take_in(picture_file(700, 500), by=None)
    with (
        _elsewhere("quiet", tmp_path, settings) as quiet,
        _elsewhere("disturbed", tmp_path, settings) as disturbed,
    ):
        yield quiet, disturbed


@contextmanager
def _killed_at_the_end(worker):
    try:
        yield worker
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_worker_killed_in_the_middle_loses_nothing(newsrooms):
    quiet, disturbed = newsrooms
    quiet.run(*WORKER, "--batch")
    with _killed_at_the_end(disturbed.a_worker_that_halts()) as worker:
        assert worker.stdout.readline() == b"in the middle\n"
    half_done = disturbed.files
    begun = next(name for name in half_done if "16x9" in name)
    (disturbed.media / begun).write_bytes(half_done[begun][:100])

    disturbed.run(*WORKER, "--batch")

    assert len(half_done) < len(quiet.files) == 1 + 13 * 3
    assert disturbed.files == quiet.files
    picture, task = disturbed.look()
    assert picture == quiet.look()[0]
    assert (task["status"], task["return_value"]) == ("SUCCESSFUL", True)
    assert len(task["worker_ids"]) == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_task_of_a_worker_that_lives_is_left_to_it(newsrooms):
    _quiet, newsroom = newsrooms
    with _killed_at_the_end(newsroom.a_worker_that_halts()) as worker:
        assert worker.stdout.readline() == b"in the middle\n"

        newsroom.run(*WORKER, "--batch")

        _picture, task = newsroom.look()
        assert task["status"] == "RUNNING"
        assert len(task["worker_ids"]) == 1
