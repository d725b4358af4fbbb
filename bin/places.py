"""What tests need from the machine: a PostgreSQL server and a Chromium, if they are there."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bin.console import choose

LOCAL = "postgres@127.0.0.1:5432"
PASSWORDS = ("", "postgres")  # a server that trusts its own machine; the usual one of a container
PATIENCE = 3  # seconds for a server to answer
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@dataclass(frozen=True, slots=True)
class Absence:
    """Tests that cannot run here: which, why, and what would help."""

    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why} {self.remedy}"


def find_postgresql(top: Path, environment: Mapping[str, str]) -> str | Absence:
    """Return the DATABASE_URL to test PostgreSQL with, or why there is none.

    `$TEST_DATABASE_URL` is taken as it is; otherwise this machine's server is asked. The database
    is named after the folder, so that two copies of the project do not meet in one.
    """
    if chosen := environment.get("TEST_DATABASE_URL"):
        return chosen
    name = f"newsroom_{hashlib.sha256(os.fsencode(top)).hexdigest()[:8]}"
    reason = ""
    for password in PASSWORDS:
        try:
            _ask(password)
        except psycopg.Error as error:
            reason = reason or " ".join(str(error).split())
        else:
            user = f"postgres:{password}" if password else "postgres"
            return f"postgres://{user}@{LOCAL.partition('@')[2]}/{name}"
    return Absence(
        choose("Tests on PostgreSQL", "PostgreSQL 上的测试"),
        choose(
            f"no server at {LOCAL} lets us in ({reason}).",
            f"{LOCAL} 没有可用的服务器（{reason}）。",
        ),
        choose(
            "Start one, or name one that may create databases:"
            " TEST_DATABASE_URL=postgres://user:password@host/name make test.",
            "请启动一个，或用 TEST_DATABASE_URL=postgres://user:password@host/name make test"
            " 指定一个允许建库的服务器。",
        ),
    )


def _ask(password: str) -> None:
    psycopg.connect(
        host="127.0.0.1",
        port=5432,
        user="postgres",
        password=password or None,
        dbname="postgres",
        connect_timeout=PATIENCE,
    ).close()


def find_chromium(environment: Mapping[str, str]) -> str | Absence:
    """Return the path of a Chromium that starts, or why there is none."""
    if chosen := environment.get("CHROMIUM"):
        candidates = [shutil.which(chosen)]
    else:
        candidates = [*map(shutil.which, BROWSERS), *map(shutil.which, APPLICATIONS)]
    for path in filter(None, candidates):
        if _starts(path):
            return path
    return Absence(
        choose("Tests in a browser", "浏览器测试"),
        choose(
            f"CHROMIUM={chosen} does not start." if chosen else "no Chromium was found.",
            f"CHROMIUM={chosen} 无法启动。" if chosen else "没有找到 Chromium。",
        ),
        choose(
            "Install one (Debian: apt install chromium fonts-noto-cjk),"
            " or name one: CHROMIUM=/path/to/chromium make test.",
            "请安装（Debian：apt install chromium fonts-noto-cjk），"
            "或用 CHROMIUM=/路径/chromium make test 指定一个。",
        ),
    )


def _starts(path: str) -> bool:
    """Whether it is a browser, not the stub some systems ship in its place."""
    try:
        asked = subprocess.run(  # noqa: S603 -- a browser of this machine
            [path, "--version"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
