"""`make lint` and `make fmt`: everything a machine can say about the code without running it."""

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bin import console, dotenv
from bin.console import choose, say

TOP = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
DJANGO = "6.1"


def main() -> int:
    """Run every check, also after one failed, and return 1 if any did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fix", action="store_true", help="write instead of complaining")
    options = parser.parse_args()
    os.chdir(TOP)
    steps = fixes() if options.fix else checks()
    environment = surroundings(os.environ)
    failed = [name for name, command in steps.items() if not _passes(name, command, environment)]
    if failed:
        say("\n" + choose("Not in order: ", "有问题：") + ", ".join(failed))
    return int(bool(failed))


def checks() -> dict[str, list[str]]:
    """Return the commands that look, by the name of what they look at."""
    python = [sys.executable]
    manage = [*python, "manage.py"]
    return {
        "code": [*python, "-m", "ruff", "check", "--quiet"],
        "style": [*python, "-m", "ruff", "format", "--check", "--quiet"],
        "templates": [program("djade"), "--check", "--target-version", DJANGO, *templates()],
        "imports": [*python, program("lint-imports")],
        "settings": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
    }


def fixes() -> dict[str, list[str]]:
    """Return the commands that write, by the name of what they put in order."""
    python = [sys.executable, "-m", "ruff"]
    return {
        "code": [*python, "check", "--fix", "--quiet"],
        "style": [*python, "format", "--quiet"],
        "templates": [program("djade"), "--target-version", DJANGO, *templates()],
    }


def program(name: str) -> str:
    """Return the path of a program of .venv."""
    return str(PROGRAMS / name)


def templates() -> list[str]:
    """Return the paths of all templates, in order."""
    folders = (TOP / "templates", TOP / "articles", TOP / "newsroom")
    found = (path for folder in folders for path in folder.rglob("*.html"))
    return sorted(str(path.relative_to(TOP)) for path in found)


def surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment as in production, for what depends on the settings."""
    values = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": "https://news.example",
        "ALLOWED_HOSTS": "news.example",
        "DATABASE_URL": "sqlite://:memory:",
        "HSTS_SECONDS": "31536000",
        "HSTS_INCLUDE_SUBDOMAINS": "true",
        "HSTS_PRELOAD": "true",
        "STATIC_ROOT": str(TOP / ".build" / "static"),
        "MEDIA_ROOT": str(TOP / "media"),
        "PYTHONUTF8": "1",
    }
    return dotenv.settled(environment, values, TOP / ".env.example")


def _passes(name: str, command: list[str], environment: Mapping[str, str]) -> bool:
    """Run a command; show what it says only if it is not content."""
    done = subprocess.run(  # noqa: S603 -- the project's own commands
        command,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        errors="replace",
    )
    content = done.returncode == 0
    say(f"{'ok' if content else '--'}  {name}")
    if not content:
        say(done.stdout.rstrip())
    return content


if __name__ == "__main__":
    console.end(main)
