"""A pytest plugin: writes down what became of the tests, for the summary over several runs."""

import json
import os
from pathlib import Path

TARGET = "NEWSROOM_TEST_OUTCOMES"  # the environment variable that names the file to write
COUNTED = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


def pytest_terminal_summary(terminalreporter):
    """Write the counts, and for every skipped test where it is, why, and whether it needs data."""
    target = os.environ.get(TARGET)
    if not target:
        return
    stats = terminalreporter.stats
    skipped = [
        {"test": report.nodeid, "reason": _reason(report), "corpus": "corpus" in report.keywords}
        for report in stats.get("skipped", [])
    ]
    counts = {name: len(stats.get(name, [])) for name in COUNTED}
    Path(target).write_text(json.dumps({"counts": counts, "skipped": skipped}), encoding="utf-8")


def _reason(report):
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)
