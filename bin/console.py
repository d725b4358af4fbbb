"""How the Makefile's commands speak: sentences in the language of the terminal, no tracebacks."""

import os
import sys
from collections.abc import Callable, Mapping

INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended


class Refusal(Exception):
    """A reason not to go on, said to the person at the terminal in one sentence."""

    def __init__(self, english: str, chinese: str):
        super().__init__(choose(english, chinese))


def reads_chinese(environment: Mapping[str, str]) -> bool:
    """Whether the terminal's language is Chinese, by the POSIX order of the locale variables."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value.lower().startswith("zh")
    return False


def choose(english: str, chinese: str) -> str:
    """Return the wording for this terminal."""
    return chinese if reads_chinese(os.environ) else english


def say(text: str) -> None:
    """Write a line, whatever the terminal can show; one that is gone is nobody to speak to."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except UnicodeEncodeError:
        sys.stdout.reconfigure(errors="replace")
        sys.stdout.write(text + "\n")
    except OSError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 -- for the rest of our life


def end(command: Callable[[], int]) -> None:
    """Run a command and leave with its exit status; a refusal is one sentence and status 1."""
    try:
        status = command()
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        status = 1
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status)
