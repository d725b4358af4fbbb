"""Every setting is explained: in .env.example with its default, and in the operators' guide."""

import re
from pathlib import Path

import pytest

from bin import dotenv

TOP = Path(__file__).resolve().parent.parent.parent
READ = re.compile(r"""\benv(?:\.\w+)?\(\s*"(\w+)\"""")
PLACES = {"STATIC_ROOT", "MEDIA_ROOT", "DATABASE_URL"}  # default to a place in the project's folder


def variables():
    return sorted(set(READ.findall((TOP / "newsroom" / "settings.py").read_text())))


@pytest.mark.parametrize("name", variables())
def test_a_setting_is_in_the_example(name):
    example = (TOP / ".env.example").read_text()

    assert re.search(rf"^(# )?{name}=", example, re.MULTILINE)


@pytest.mark.parametrize("name", variables())
def test_a_setting_is_in_the_operators_guide(name):
    guide = (TOP / "docs" / "operators.md").read_text()

    assert re.search(rf"^\| `{name}` \|", guide, re.MULTILINE)


def test_the_example_holds_nothing_that_is_not_read():
    example = re.findall(r"^(?:# )?([A-Z0-9_]+)=", (TOP / ".env.example").read_text(), re.MULTILINE)

    assert sorted(example) == variables()


def test_the_example_leaves_places_and_the_key_to_the_installation():
    values = dotenv.values_in(TOP / ".env.example")

    assert set(variables()) - set(values) == PLACES
    assert values["SECRET_KEY"] == ""
