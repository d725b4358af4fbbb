"""`make crash`: the newsroom is killed KILLS times at work, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from bin import console
from bin.console import choose, say
from bin.places import Absence, find_chromium, find_postgresql
from bin.run_tests import surroundings

TOP = Path(__file__).resolve().parent.parent
KILLS = "200"
_NAME = f"newsroom_crash_{os.getpid()}"


def main() -> int:
    """Run it on every database there is; the exit status is 1 if something was wrong."""
    os.chdir(TOP)
    environment = surroundings(find_chromium(os.environ)) | {"LOG_LEVEL": "CRITICAL"}
    with tempfile.TemporaryDirectory() as folder:
        status = _run(environment, f"sqlite:///{folder}/crash.sqlite3")
    postgresql = find_postgresql(TOP, os.environ)
    if isinstance(postgresql, Absence):
        say(choose("Left out:", "未执行：") + f" {postgresql}")
        return status
    server, _slash, _name = postgresql.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {_NAME}")
        try:
            return _run(environment, f"{server}/{_NAME}") or status
        finally:
            connection.execute(f"DROP DATABASE {_NAME} WITH (FORCE)")


def _run(environment: dict[str, str], database: str) -> int:
    kills = os.environ.get("KILLS", KILLS)
    seed = ["--seed", os.environ["SEED"]] if "SEED" in os.environ else []
    command = [sys.executable, "-m", "tests.crashes", "--kills", kills, *seed]
    done = subprocess.run(  # noqa: S603 -- our own
        command, check=False, env={**environment, "DATABASE_URL": database}
    )
    return done.returncode


if __name__ == "__main__":
    console.end(main)
