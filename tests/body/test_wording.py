"""Where two texts differ, marked as an editor would mark it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.comparing import Kind, compare_texts
from articles.body.matching import matches
from articles.body.wording import changes, tokens_of

MARKS = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
TEXTS = st.text(alphabet="的新模型发布，。 aB1.\u0301\u200d👨é", max_size=40)


def marked(old: str, new: str) -> str:
    return "".join(MARKS[run.kind].format(run.text) for run in compare_texts(old, new))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        pytest.param("发布", ["发", "布"], id="a character each"),
        pytest.param("iPhone 17", ["iPhone", " ", "17"], id="a word, a number"),
        pytest.param("5,999.50 元", ["5,999.50", " ", "元"], id="one number"),
        pytest.param("it's state-of-the-art", ["it's", " ", "state-of-the-art"], id="one word"),
        pytest.param("好……——！", ["好", "……", "——", "！"], id="marks"),
        pytest.param("👨‍👩‍👧好", ["👨‍👩‍👧", "好"], id="a joined emoji"),
        pytest.param("e\u0301a", ["e\u0301", "a"], id="a combining mark"),
        pytest.param("a_b", ["a", "_", "b"], id="an underscore"),
    ],
)
def test_a_token_is_a_character_or_a_word(text, tokens):
    assert tokens_of(text) == tokens


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("他来了北京。", "他来了上海。", "他来了[-北京-]{+上海+}。", id="a word"),
        pytest.param("他说要来。", "他说不要来。", "他说{+不+}要来。", id="one character"),
        pytest.param(
            "售价 5,999 元",
            "售价 8,999 元起",
            "售价 [-5,999-]{+8,999+} 元{+起+}",
            id="whole numbers",
        ),
        pytest.param(
            "旧句。又旧。", "旧句。新句。又旧。", "旧句。{+新句。+}又旧。", id="whole sentences"
        ),
        pytest.param("甲的乙", "丙的丁", "[-甲的乙-]{+丙的丁+}", id="no flicker of characters"),
        pytest.param(
            "据报道，OpenAI 将推出。",
            "据《日报》报道，OpenAI 将于下周推出。",
            "据{+《日报》+}报道，OpenAI 将{+于下周+}推出。",
            id="what surrounds an insertion stays",
        ),
        pytest.param("The quick fox", "A quick fox", "[-The-]{+A+} quick fox", id="Latin words"),
        pytest.param(
            "他“好”了。", "他“好”“真好”了。", "他“好”{+“真好”+}了。", id="from the opening mark"
        ),
        pytest.param("", "新", "{+新+}", id="from nothing"),
        pytest.param("旧", "", "[-旧-]", id="to nothing"),
        pytest.param("同", "同", "同", id="the same"),
    ],
)
def test_marks_stand_where_an_editor_would_put_them(old, new, expected):
    assert marked(old, new) == expected


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_both_texts_can_be_read_out_of_the_comparison(old, new):
    runs = compare_texts(old, new)

    assert "".join(run.text for run in runs if run.kind != Kind.ADDED) == old
    assert "".join(run.text for run in runs if run.kind != Kind.REMOVED) == new


@given(st.text())
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_joined_tokens_are_the_text(text):
    assert "".join(tokens_of(text)) == text


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_as_much_as_possible_is_matched(old, new):
    pairs = matches(old, new)

    assert all(old[i] == new[j] for i, j in pairs)
    assert len(pairs) == longest_common(old, new)


def longest_common(old: str, new: str) -> int:
    """The textbook's table, which knows no bounds."""
    row = [0] * (len(new) + 1)
    for one in old:
        above = list(row)
        for j, other in enumerate(new):
            row[j + 1] = above[j] + 1 if one == other else max(above[j + 1], row[j])
    return row[-1]


# hostile


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("的" * 30_000, "了" * 30_000, id="nothing in common"),
        pytest.param("的了" * 15_000, "了的" * 15_000, id="everything in common"),
        pytest.param(
            "".join(chr(0x4E00 + i * i % 211) for i in range(30_000)),
            "".join(chr(0x4E00 + i * i % 199) for i in range(30_000)),
            id="too much in common",
        ),
        pytest.param("，" * 30_000, "。，" * 15_000, id="clauses without words"),
    ],
)
def test_a_comparison_does_a_bounded_amount_of_work(old, new):
    steps = Counted.of(old), Counted.of(new)

    found = changes(*steps)

    assert found
    assert Counted.compared < 4_000_000


class Counted(str):
    """A token that counts how often any of them is compared."""

    compared = 0
    __slots__ = ()

    @classmethod
    def of(cls, text: str) -> list:
        cls.compared = 0
        return [cls(token) for token in text]

    def __eq__(self, other):
        Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__
