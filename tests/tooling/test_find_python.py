"""Which Python builds .venv: the first that is new and whole enough, wherever it is."""

# ruff: noqa: S603, S607 -- runs the project's own script

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent.parent / "bin" / "find-python"
NEW = f'#!/bin/sh\nexec {sys.executable} "$@"\n'
OLD = "#!/bin/sh\nexit 1\n"  # what the probe makes of a Python that is too old
BROKEN_SHIM = "#!/bin/sh\necho 'version 3.13 is not installed' >&2\nexit 127\n"


def place(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)
    return folder / name


def find(tmp_path, **environment):
    for name in ("sh", "env"):
        link = tmp_path / "bin" / name
        link.parent.mkdir(exist_ok=True)
        link.exists() or link.symlink_to(shutil.which(name))
    return subprocess.run(
        ["sh", SCRIPT],
        env={"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("first", [OLD, BROKEN_SHIM], ids=["too old", "shim without its version"])
def test_the_next_python_is_taken_when_the_usual_one_will_not_do(tmp_path, first):
    place(tmp_path / "bin", "python3", first)
    place(tmp_path / "bin", "python3.12", NEW)

    found = find(tmp_path)

    assert found.stdout.strip() == sys._base_executable


@pytest.mark.parametrize(
    "folder",
    [
        ".pyenv/versions/3.12.9/bin",
        ".local/share/uv/python/cpython-3.13.1-linux/bin",
        ".local/share/mise/installs/python/3.14.0/bin",
    ],
)
def test_a_version_managers_python_is_found_without_its_shim(tmp_path, folder):
    place(tmp_path / "bin", "python3", BROKEN_SHIM)
    place(tmp_path / folder, "python3", NEW)

    found = find(tmp_path)

    assert found.stdout.strip() == sys._base_executable


def test_a_named_python_is_the_only_one_asked(tmp_path):
    place(tmp_path / "bin", "python3", NEW)
    old = place(tmp_path / "old", "python3", OLD)

    found = find(tmp_path, PYTHON=str(old))

    assert (found.returncode, found.stdout) == (1, "")
