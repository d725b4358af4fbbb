"""The commands of the Makefile are all listed, and every test is found by the one that tests."""

# ruff: noqa: S603 -- runs make and pytest

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

TOP = Path(__file__).resolve().parent.parent.parent
MAKEFILE = (TOP / "Makefile").read_text()
TARGETS = ["run", "dev", "test", "lint", "fmt", "check", "bench", "crash", "clean", "help"]


def run(*command):
    done = subprocess.run(
        command, cwd=TOP, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_help_lists_every_target():
    listed = re.findall(r"^  make (\w+) +\S", run("make", "-s", "help"), re.MULTILINE)

    assert listed == TARGETS


def test_no_target_is_taken_for_a_file():
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    named = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)

    assert set(named) == set(phony) == {*TARGETS, "venv"}


def test_check_is_lint_and_test():
    assert re.search(r"^check: lint test ##", MAKEFILE, re.MULTILINE)
    assert "make check" in (TOP / ".ci" / "run").read_text().splitlines()[-1]


@pytest.mark.parametrize("script", [".ci/run", "bin/bootstrap", "bin/find-python", "bin/process"])
def test_a_script_is_executable_and_well_formed(script):
    shell = "bash" if script == ".ci/run" else "sh"

    assert (TOP / script).stat().st_mode & 0o111
    run(shell, "-n", script)


def test_every_file_with_tests_is_collected(request):
    with_tests = {
        str(path.relative_to(TOP)) for path in (TOP / "tests").rglob("*.py") if has_tests(path)
    }

    collected = {item.nodeid.partition("::")[0] for item in request.session.items}
    if with_tests - collected:  # this run was asked for a part only
        collected |= files_of_a_whole_run()

    assert with_tests == collected


def files_of_a_whole_run():
    listed = run(sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider")
    return {line.partition("::")[0] for line in listed.splitlines() if "::" in line}


def has_tests(path):
    """Whether a file defines a test for the database of this run, by whatever name it goes."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = defined_here(ast.parse(path.read_text(encoding="utf-8")))
    return any(isinstance(n, definitions) and n.name.startswith("test_") for n in nodes)


def defined_here(node):
    """All nodes below, but for those that stand under the name of another database."""
    yield node
    for child in ast.iter_child_nodes(node):
        asked = ast.unparse(child.test) if isinstance(child, ast.If) else ""
        if not asked.startswith("connection.vendor ==") or repr(connection.vendor) in asked:
            yield from defined_here(child)
