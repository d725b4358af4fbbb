"""`make test`: every test on SQLite, again on PostgreSQL, and an honest account of the rest."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bin import console, dotenv
from bin.asking import ASKING
from bin.console import Refusal, choose, say
from bin.outcomes import TARGET
from bin.places import Absence, find_chromium, find_postgresql

TOP = Path(__file__).resolve().parent.parent
OUTCOMES = TOP / ".build" / "outcomes.json"
STATIC = TOP / ".build" / "test-static"
_CORPUS_IS_MISSING = choose(
    "the outlet's documents are not here. They are not part of the project; with them in"
    " ../shared/corpus these tests run too.",
    "没有该媒体的真实文档。它们不属于本项目；放在 ../shared/corpus 后这些测试也会运行。",
)
INTERRUPTED, NOTHING_FOUND = 2, 5  # pytest's exit statuses
BROWSERS_OWN = ["-o", "testpaths=tests/browser"]  # no process collects what it will not run
WORDS = {"error": "errors"}  # pytest's own spelling in its last line


@dataclass(slots=True)
class Run:
    """One run of the tests: on what, which of them, and what became of it."""

    name: str
    database: str
    status: int = 0
    counts: Counter = field(default_factory=Counter)
    skipped: list[dict] = field(default_factory=list)
    is_first: bool = True
    is_last: bool = True


def main() -> int:
    """Run what can be run here, say what was left out, and return the exit status."""
    os.chdir(TOP)
    started = time.monotonic()
    chromium = find_chromium(os.environ)
    postgresql = find_postgresql(TOP, os.environ)
    environment = surroundings(chromium)
    databases = {"SQLite": environment["DATABASE_URL"]}
    if isinstance(postgresql, str):
        databases["PostgreSQL"] = postgresql
    runs = runs_on(databases)
    STATIC.mkdir(parents=True, exist_ok=True)  # the static file server warns of one that is not
    _compile_messages(environment)
    for run in runs:
        carry_out(run, environment, sys.argv[1:])
        if run.status == INTERRUPTED:
            break
    absences = [place for place in (postgresql, chromium) if isinstance(place, Absence)]
    return account(runs, absences, seconds=time.monotonic() - started)


def runs_on(databases: Mapping[str, str]) -> list[Run]:
    """Return one run for every database, by name and address; the production one comes last."""
    last = len(databases) - 1
    return [
        Run(name, address, is_first=number == 0, is_last=number == last)
        for number, (name, address) in enumerate(databases.items())
    ]


def surroundings(chromium: str | Absence) -> dict[str, str]:
    """Return the environment of the tests: the defaults, whatever `.env` says here."""
    values = {
        "SECRET_KEY": "only-for-tests",
        "DATABASE_URL": f"sqlite:///{TOP}/.build/tests.sqlite3",
        "STATIC_ROOT": str(STATIC),
        "MEDIA_ROOT": str(TOP / ".build" / "test-media"),
        "CHROMIUM": "" if isinstance(chromium, Absence) else chromium,
        # Another order of sets in every run, but the same in all processes of one.
        "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED") or str(secrets.randbelow(2**32)),
        "PYTHONUTF8": "1",
        # Compiled tests are kept: every process would compile all of them anew.
        "PYTHONDONTWRITEBYTECODE": "",
        # What a test wrote need not outlive the machine: PostgreSQL does not wait for the disk.
        "PGOPTIONS": "-c synchronous_commit=off",
    }
    return dotenv.settled(os.environ, values, TOP / ".env.example")


def _compile_messages(environment: Mapping[str, str]) -> None:
    command = [sys.executable, "manage.py", "set_up", "--only", "messages"]
    if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603 -- our own
        raise Refusal(
            "The translations could not be compiled, for the reason above.",
            "翻译文件编译失败，原因见上。",
        )


def carry_out(run: Run, environment: Mapping[str, str], arguments: list[str]) -> None:
    """Let pytest run the tests on one database, and note what became of them."""
    seed = environment["PYTHONHASHSEED"]
    say(f"\n{choose('Tests on', '测试数据库：')} {run.name} (PYTHONHASHSEED={seed})")
    statuses = [
        _pytest(run, environment, [*part, *arguments])
        for part in parts(run, browser=bool(environment["CHROMIUM"]))
    ]
    found = [status for status in statuses if status != NOTHING_FOUND]
    run.status = next(filter(None, found), 0) if found else NOTHING_FOUND


def parts(run: Run, *, browser: bool) -> list[list[str]]:
    """Return pytest's arguments for the tests without a browser, and for those that drive one.

    What asks no database runs on the first one only; what any database answers alike
    (`any_database`), on the last one only. The browser's tests run by themselves: they leave an
    event loop in their process, in which Django's connections are others than those the test
    database was made with. They wait more than they work, so twice as many run at once.
    """
    cores = min(os.cpu_count() or 1, 8)
    once = "" if run.is_last else " and not any_database"
    again = [] if run.is_first else [ASKING]
    others = ["-m", "not browser" + once, *again, *_spread(cores)]
    pages = ["-m", "browser" + once, *_spread(2 * cores if cores > 1 else 1), *BROWSERS_OWN]
    return [others, pages] if browser else [others]


def _spread(processes: int) -> list[str]:
    """Return pytest's arguments for that many processes.

    Each keeps the order of the tests: after those that commit nothing finds its groups.
    """
    return ["-n", str(processes)] if processes > 1 else []


def _pytest(run: Run, environment: Mapping[str, str], arguments: list[str]) -> int:
    """Run pytest once, add what it found to the run, and return its exit status."""
    if run.counts["interrupted"]:
        return INTERRUPTED
    OUTCOMES.unlink(missing_ok=True)
    own = {"DATABASE_URL": run.database, TARGET: str(OUTCOMES)}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "bin.outcomes",
        "-p",
        "bin.asking",
        "-q",
        *arguments,
    ]
    signal.signal(signal.SIGINT, lambda *_: None)  # pytest has it too, and ends in good order
    with subprocess.Popen(command, env={**environment, **own}) as process:  # noqa: S603 -- our own
        status = process.wait()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    run.counts["interrupted"] += status == INTERRUPTED
    if OUTCOMES.is_file():
        outcomes = json.loads(OUTCOMES.read_text(encoding="utf-8"))
        run.counts.update(outcomes["counts"])
        run.skipped += outcomes["skipped"]
    return status


def account(runs: list[Run], absences: list[Absence], *, seconds: float) -> int:
    """Say what was skipped and why, then the sum; return the exit status.

    With CI=true nothing may be missing, but for the outlet's documents, which are not part of
    the project.
    """
    strict = os.environ.get("CI", "").lower() in ("true", "1")
    notes = [str(absence) for absence in absences] + skip_notes(runs)
    if notes:
        say("\n" + choose("Skipped:", "未执行："))
        say("\n".join(f"  - {note}" for note in notes))
    unexcused = absences or [s for run in runs for s in run.skipped if not s["corpus"]]
    missing = bool(strict and unexcused)
    if missing:
        say(
            choose(
                "With CI=true nothing may be skipped: this run has failed.",
                "CI=true 时不允许跳过测试：本次运行失败。",
            )
        )
    say("\n" + last_line(runs, seconds))
    return next((run.status for run in runs if run.status), int(missing))


def skip_notes(runs: list[Run]) -> list[str]:
    """Return one line for every reason for which tests were skipped, the outlet's data as one."""
    reasons = Counter(
        (_CORPUS_IS_MISSING if s["corpus"] else s["reason"], run.name)
        for run in runs
        for s in run.skipped
    )
    return [
        choose(f"{count} on {name}: {reason}", f"{name} 上 {count} 项：{reason}")
        for (reason, name), count in reasons.items()
    ]


def last_line(runs: list[Run], seconds: float) -> str:
    """Return the sum over all runs in the form of pytest's own last line."""
    parts = "; ".join(f"{run.name}: {_counted(run.counts)}" for run in runs)
    return f"{_counted(sum((run.counts for run in runs), Counter()))} in {seconds:.2f}s ({parts})"


def _counted(counts: Counter) -> str:
    order = ("failed", "passed", "skipped", "xfailed", "xpassed", "error")
    named = [f"{counts[name]} {WORDS.get(name, name)}" for name in order if counts[name]]
    return ", ".join(named) or "no tests ran"


if __name__ == "__main__":
    console.end(main)
