"""Headlines in lines: where they break, how large they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.images import typesetting
from articles.images.typesetting import fitted, measured

SIZES = (100, 80, 60, 40)


def measure(text):
    """A full-width character is as wide as high, any other half as much."""
    return sum(1.0 if character > "\u2000" else 0.5 for character in text)


def lines(text, *, width=1000, height=400):
    setting = fitted(text, measure=measure, width=width, height=height, sizes=SIZES)
    return ["".join(piece.text for piece in line) for line in setting.lines]


def test_a_headline_breaks_where_a_phrase_ends():
    assert lines("芯片厂重启生产线，首批晶圆年底前交付") == [
        "芯片厂重启生产线，",
        "首批晶圆年底前交付",
    ]


def test_lines_are_as_even_as_they_can_be():
    assert [len(line) for line in lines("字" * 12)] == [6, 6]


def test_a_latin_word_is_never_broken():
    assert "OpenAI" in " ".join(lines("一二三四五六七八OpenAI发布新的模型一二三四"))


@pytest.mark.parametrize("mark", "。，、；：！？）》”」…")
def test_no_line_begins_with_a_mark_that_closes(mark):
    found = [lines("字" * before + mark + "字" * (25 - before)) for before in range(1, 25)]

    assert not [line for text in found for line in text if line.startswith(mark)]


@pytest.mark.parametrize("mark", "（《“「")
def test_no_line_ends_with_a_mark_that_opens(mark):
    found = [lines("字" * before + mark + "字" * (25 - before)) for before in range(1, 25)]

    assert not [line for text in found for line in text if line.endswith(mark)]


def test_what_does_not_fit_ends_in_an_ellipsis():
    found = lines("字" * 200, height=120)

    assert found[-1].endswith("…")
    assert len(found) == 2


def test_the_longer_the_smaller():
    sizes = [
        fitted("字" * count, measure=measure, width=1000, height=400, sizes=SIZES).size
        for count in (6, 60, 90)
    ]

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 100


def test_chinese_and_latin_keep_a_distance():
    setting = fitted("用Rust写", measure=measure, width=1000, height=400, sizes=SIZES)

    assert [piece.gap > 0 for piece in setting.lines[0]] == [False, True, True]


# hostile


@given(
    st.text(st.sampled_from("字a1 。，《》“”「」—…（）-%\u3000é"), min_size=1, max_size=60).filter(
        str.strip
    )
)
def test_nothing_is_lost_and_no_line_is_too_long(text):
    setting = fitted(text, measure=measure, width=1000, height=4000, sizes=SIZES)

    set_text = "".join(piece.text for line in setting.lines for piece in line)
    assert set_text == "".join(text.split())
    for line in setting.lines:
        if len(line) > 1:
            assert measured(line) * setting.size <= 1000 + typesetting._HALF * setting.size
