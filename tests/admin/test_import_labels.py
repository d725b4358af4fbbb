"""Whatever an import finds or leaves out has a name in the admin."""

from articles.admin.import_labels import DROPPED_LABELS, FACT_LABELS, with_label
from articles.body.facts import DROPPED_KINDS, FACT_KINDS


def test_every_kind_has_a_name():
    names = FACT_LABELS.keys(), DROPPED_LABELS.keys()

    assert names == (FACT_KINDS, DROPPED_KINDS)


def test_an_entry_is_its_name_and_what_it_says():
    entry = {"kind": "source", "text": "来源：码头日志", "url": ""}

    assert with_label(entry) == [FACT_LABELS["source"], "来源：码头日志"]


def test_an_entry_of_a_forgotten_kind_keeps_its_own_word():
    assert with_label({"kind": "riddle", "text": "谜"}) == ["riddle", "谜"]
