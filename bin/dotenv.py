"""The `.env` file of an installation: made once, with a secret key nobody else has."""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from bin import console
from bin.console import Refusal

OPENING = """\
# The settings of this installation; .env.example lists them all, docs/operators.md explains them.
# Keep this file to yourself: who knows the secret key can sign in as anybody.
"""
ASSIGNMENT = re.compile(r"(?:export\s+)?(?P<name>\w+)\s*=\s*(?P<value>.*)")


def values_in(path: Path) -> dict[str, str]:
    """Return what a `.env` file says, by name; nothing if there is no such file."""
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    found = (ASSIGNMENT.match(line.strip()) for line in lines)
    return {match["name"]: match["value"].strip(" '\"") for match in found if match}


def names_in(path: Path) -> set[str]:
    """Return the names that a `.env` file gives a value."""
    return {name for name, value in values_in(path).items() if value}


def settled(
    environment: Mapping[str, str], values: Mapping[str, str], path: Path
) -> dict[str, str]:
    """Return `environment` with `values`, and the defaults of `path` for everything else.

    No setting of this installation shows through, in no form: neither its `.env` nor NAME_FILE.
    """
    wanted = {**values_in(path), **values}
    kept = {
        name: value
        for name, value in environment.items()
        if name.removesuffix("_FILE") not in wanted
    }
    return {**kept, **wanted}


def ensure(path: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Make sure that there is a secret key, and say whether one was written.

    A new file is for its owner's eyes only (mode 600). Raises Refusal if it cannot be written.
    """
    try:
        if not path.exists():
            _create(path)
            return True
        known = names_in(path) | {name for name, value in environment.items() if value}
        if known.isdisjoint({"SECRET_KEY", "SECRET_KEY_FILE"}):
            _complete(path)
            return True
    except OSError as error:
        raise Refusal(
            f"{path.resolve()} cannot be read or written ({error.strerror}):"
            " give yourself the right to, or clone the project somewhere else.",
            f"无法读写 {path.resolve()}（{error.strerror}）：请取得权限，或把项目克隆到别处。",
        ) from None
    return False


def _new_key() -> str:
    return f"SECRET_KEY={secrets.token_urlsafe(50)}\n"


def _create(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(OPENING + _new_key())


def _complete(path: Path) -> None:
    """Fill in a key left empty, or add one at the end."""
    text = path.read_text(encoding="utf-8")
    empty = re.compile(r"""^(export\s+)?SECRET_KEY\s*=\s*(''|"")?[ \t]*$\n?""", re.MULTILINE)
    kept = empty.sub("", text)
    separator = "" if kept.endswith("\n") or not kept else "\n"
    path.write_text(kept + separator + _new_key(), encoding="utf-8")


def main() -> int:
    """Make sure that this project has its `.env`."""
    ensure(Path(__file__).resolve().parent.parent / ".env")
    return 0


if __name__ == "__main__":
    console.end(main)
