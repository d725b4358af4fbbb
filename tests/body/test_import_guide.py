"""docs/import.md tells the truth: every test it names exists, every kind and pattern is in it."""

import re
from pathlib import Path

import pytest

from articles.body.facts import DROPPED_KINDS, FACT_KINDS

HERE = Path(__file__).resolve().parent
GUIDE = (HERE.parents[1] / "docs" / "import.md").read_text(encoding="utf-8")
PATTERNS = HERE.parents[2] / "shared" / "corpus" / "README.md"
NAMED = sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", GUIDE)))


def rows(section: str) -> list[str]:
    """The rows of the table under a heading of the guide."""
    text = GUIDE.partition(f"### {section}\n")[2].partition("\n### ")[0]
    return [line for line in text.splitlines() if line.startswith("| ")][2:]


def sections() -> list[str]:
    return re.findall(r"^### (.+)$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _file, name in NAMED])
def test_a_test_the_guide_names_exists(file, name):
    source = (HERE / file).read_text(encoding="utf-8")

    assert re.search(rf"^def {name}\(", source, re.MULTILINE)


@pytest.mark.parametrize("section", sections())
def test_every_row_of_the_guide_names_a_test(section):
    assert rows(section)
    assert [row for row in rows(section) if ".py::test_" not in row] == []


def test_every_kind_is_explained():
    assert [kind for kind in sorted(FACT_KINDS | DROPPED_KINDS) if f"`{kind}`" not in GUIDE] == []


@pytest.mark.corpus
@pytest.mark.skipif(
    not PATTERNS.exists(),
    reason="the outlet's list of patterns is not part of the project; it is not here",
)
def test_no_pattern_of_the_outlet_is_left_without_a_decision():
    table = PATTERNS.read_text(encoding="utf-8").partition("| pattern |")[2].partition("\n\n")[0]
    counted: dict[str, int] = {}
    section = ""
    for line in table.splitlines()[2:]:
        if heading := re.match(r"\| \*\*(.+?)\*\*", line):
            section = heading[1]
        else:
            counted[section] = counted.get(section, 0) + 1

    assert list(counted) == sections()
    assert [name for name, number in counted.items() if len(rows(name)) < number] == []
