"""Makes the secrets of a stack of containers, once, as files that its services share.

`make_secrets.py FOLDER` writes `secret-key`, `database-password` and `database-url`. What is
there stays, so a second start finds the same; $SECRET_KEY, if given, replaces the key.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

USER = DATABASE = "newsroom"
HOST = "database:5432"  # the name of the service in docker-compose.yml


def make(folder: Path, environment: Mapping[str, str]) -> None:
    """Write the files that are missing; all are for the owner's eyes only."""
    key = environment.get("SECRET_KEY", "")
    password = _keep(folder / "database-password", secrets.token_urlsafe(32))
    _keep(folder / "database-url", f"postgres://{USER}:{password}@{HOST}/{DATABASE}")
    _keep(folder / "secret-key", secrets.token_urlsafe(50))
    if key:
        (folder / "secret-key").write_text(key)


def _keep(path: Path, value: str) -> str:
    """Write a file unless it is there; return what it holds. Written whole or not at all."""
    if not path.exists():
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(value)
        unfinished.replace(path)
    return path.read_text()


if __name__ == "__main__":
    make(Path(sys.argv[1]), os.environ)
