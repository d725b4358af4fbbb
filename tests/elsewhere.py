"""A copy of the newsroom with its own database and files, for processes that run beside a test."""

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

from django.db import connection

TOP = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


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

    def row(self, model):
        """The only row of `model`, as the database has it now."""
        (row,) = json.loads(self.run("manage.py", "dumpdata", model))
        return row["fields"]

    @property
    def files(self):
        found = (path for path in self.media.rglob("*") if path.is_file())
        return {str(path.relative_to(self.media)): path.read_bytes() for path in found}

    @contextmanager
    def process(self, script):
        """A Python process that runs `script` and is killed at the end."""
        process = subprocess.Popen(  # noqa: S603 -- ditto
            [PYTHON, "-c", script],
            cwd=TOP,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.communicate()


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
def elsewhere(name, folder, settings):
    """A copy of what the test has made so far; ask within a test with transactions of its own."""
    media = folder / f"media of {name}"
    shutil.copytree(settings.MEDIA_ROOT, media)
    with _copied_database(name, folder) as database:
        yield Elsewhere(database, media)
