"""A short run of what `make crash` does at length, on the database of the tests' kind."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from tests.crashes.processes import TOP

KILLS = 6


@pytest.fixture
def new_database(tmp_path):
    """The address of a database that is new, and gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/crash.sqlite3"
        return
    facts = connection.settings_dict
    login = facts["USER"] + (f":{facts['PASSWORD']}" if facts["PASSWORD"] else "")
    server = f"postgres://{login}@{facts['HOST']}:{facts['PORT'] or 5432}"
    name = f"newsroom_crash_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as server_connection:
        server_connection.execute(f"CREATE DATABASE {name}")
        yield f"{server}/{name}"
        server_connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.django_db
def test_nothing_is_half_published_or_lost_when_processes_are_killed(new_database):
    settings = {"DATABASE_URL": new_database, "LOG_LEVEL": "CRITICAL", "REDIS_URL": ""}

    done = subprocess.run(  # noqa: S603 -- our own
        [sys.executable, "-m", "tests.crashes", "--kills", str(KILLS)],
        check=False,
        cwd=TOP,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=600,
    )

    assert done.returncode == 0, done.stdout + done.stderr
