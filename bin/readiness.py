"""Whether anything changed since the newsroom was last set up: if not, a start is quick.

Looking costs milliseconds where `manage.py set_up` costs the loading of all of Django. When in
doubt the answer is no: then set_up looks for itself.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from bin.dotenv import values_in

CODE = ("articles", "newsroom", "templates")
FILES = ("uv.lock", ".env")
SETTINGS = (
    "DATABASE_URL",
    "DEBUG",
    "LANGUAGE_CODE",
    "MEDIA_ROOT",
    "MEDIA_S3_BUCKET",
    "MEDIA_S3_ENDPOINT",
    "NEWSROOM_TIME_ZONE",
    "STATIC_ROOT",
)
SQLITE = "sqlite:///"
FACTS = """
    SELECT (SELECT count(*) FROM django_migrations),
           EXISTS (SELECT 1 FROM articles_article),
           EXISTS (SELECT 1 FROM articles_user),
           (SELECT schema_version FROM pragma_schema_version)
"""


def fingerprint(top: Path, environment: Mapping[str, str]) -> str | None:
    """Return a hash over all that a set-up depends on; None where that cannot be told.

    That is: the code and the lock file, the settings, and the shape of the SQLite database.
    """
    facts = database_facts(database_file(top, environment))
    if facts is None or not all(facts):
        return None
    digest = hashlib.sha256(repr(facts).encode())
    for name in SETTINGS:
        digest.update(f"{name}={environment.get(name)}\0".encode(errors="surrogateescape"))
    for line in _files(top):
        digest.update(line.encode(errors="surrogateescape"))
    return digest.hexdigest()


def database_file(top: Path, environment: Mapping[str, str]) -> Path | None:
    """Return the file of the SQLite database in use, None if it is another database."""
    address = environment.get("DATABASE_URL") or values_in(top / ".env").get("DATABASE_URL")
    if not address:
        return top / "db.sqlite3"
    if not address.startswith(SQLITE):
        return None
    return top / unquote(address.removeprefix(SQLITE).partition("?")[0])


def database_facts(path: Path | None) -> tuple[int, ...] | None:
    """Return what tells a database that is set up from another one; None if it is not."""
    if path is None or not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=1)
        try:
            return connection.execute(FACTS).fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return None


def _files(top: Path) -> Iterator[str]:
    paths = [top / name for name in FILES]
    for folder in CODE:
        for where, folders, names in os.walk(top / folder):
            folders[:] = sorted(set(folders) - {"__pycache__"})
            paths += [Path(where, name) for name in sorted(names)]
    for path in paths:
        if path.is_file():
            facts = path.stat()
            yield f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n"


def is_remembered(top: Path, mark: str | None) -> bool:
    """Whether the last set-up ended with this fingerprint."""
    stamp = top / ".build" / "set-up"
    return mark is not None and stamp.is_file() and stamp.read_text() == mark


def remember(top: Path, mark: str | None) -> None:
    """Keep the fingerprint that a set-up ended with."""
    if mark is not None:
        (top / ".build" / "set-up").write_text(mark)
