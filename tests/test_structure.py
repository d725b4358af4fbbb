"""Promises about the code itself that no linter of ours keeps."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PURE = [
    *sorted((ROOT / "articles" / "body").glob("*.py")),
    *sorted((ROOT / "articles" / "importing").glob("*.py")),
    ROOT / "articles" / "gate.py",
    ROOT / "articles" / "slugs.py",
]


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.stem)
def test_a_pure_module_knows_of_django_only_text_and_translation(path):
    of_django = {name for name in _imported(path) if name.split(".")[0] == "django"}

    assert of_django <= {"django.utils.text", "django.utils.translation", "django.utils.functional"}
