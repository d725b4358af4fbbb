"""Passages of a body, found again after edits."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body.passages import LONGEST, Passage, around, find, squeezed, text_of
from tests.body.test_hostile_shapes import HANG

TEXT = "工厂今天恢复生产。厂长说：“设备都好。”工厂明天停产。"


def words(passage, text):
    """What stands at the place, and whether it is changed; None if there is no place."""
    place = find(passage, text)
    return place and (text[place.start : place.end], place.is_changed)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>工厂 今天</p>\n<p>恢复</p>", "工厂今天恢复"),
        ("<p>A<strong>I</strong> <em>chip</em></p>", "AIchip"),
        ("<p>上<br>下</p>", "上下"),
        ("<figure><img src='a.png'><figcaption>图说</figcaption></figure>", "图说"),
        ("", ""),
    ],
    ids=["blocks", "marks", "break", "caption", "nothing"],
)
def test_the_words_of_a_body_have_no_space_between_them(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("passage", "text", "found"),
    [
        (Passage("恢复生产", "工厂今天", "。厂长说"), TEXT, ("恢复生产", False)),
        (Passage("恢复 生产\n", "今天", "。"), TEXT, ("恢复生产", False)),
        (Passage("恢复生产", "昨天", "！"), TEXT, ("恢复生产", False)),
        (Passage("工厂", "", "今天恢复"), TEXT, ("工厂", False)),
        (Passage("今天", "工厂", "恢复"), TEXT.replace("今天", "昨天"), ("昨天", True)),
        (Passage("今天", "工厂", "恢复"), TEXT.replace("今天", ""), ("", True)),
        (Passage("工厂今天", "", "恢复生产"), "车间昨天恢复生产。", ("车间昨天", True)),
        (Passage("停产。", "工厂明天", ""), "工厂明天开工。", ("开工。", True)),
    ],
    ids=[
        "untouched",
        "white space",
        "surroundings changed",
        "at the beginning",
        "other words there",
        "deleted",
        "changed at the beginning",
        "changed at the end",
    ],
)
def test_a_passage_is_found_again(passage, text, found):
    assert words(passage, text) == found


def test_of_several_places_the_surroundings_choose():
    passage = Passage("工厂", "设备都好。”", "明天停产")

    place = find(passage, TEXT)

    assert TEXT[place.end :].startswith("明天停产")


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        (Passage("今天", "工厂", "恢复"), "别的话。"),
        (Passage("今天", "", ""), "别的话。"),
        (Passage("今天", "工厂", "恢复"), "恢复工厂"),
        (Passage("今天", "工厂", "恢复"), "工厂" + "很长的一段话。" * 50 + "恢复"),
        (Passage("今天", "工厂", "恢复"), ""),
        (Passage("", "", ""), TEXT),
    ],
    ids=["all gone", "no surroundings", "turned round", "too far apart", "no text", "no passage"],
)
def test_a_passage_that_is_gone_is_not_found(passage, text):
    assert find(passage, text) is None


def test_a_quote_gets_its_surroundings_from_the_text():
    assert around("厂长说", TEXT) == Passage("厂长说", "工厂今天恢复生产。", TEXT[12:])


@pytest.mark.parametrize("quote", ["没有的话", "", "  "], ids=["absent", "empty", "blank"])
def test_a_quote_that_does_not_stand_there_is_none(quote):
    assert around(quote, TEXT) is None


def test_a_long_quote_is_kept_in_part():
    passage = Passage("长" * 10_000, "前" * 100, "后" * 100).kept

    assert [len(passage.quote), len(passage.prefix), len(passage.suffix)] == [LONGEST, 32, 32]


# Hostile


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 20))
def test_every_piece_of_a_text_is_found_in_it(text, start, length):
    text = squeezed(text)
    piece = text[start : start + length]
    passage = around(piece, text)

    assert passage is None if not piece else words(passage, text) == (piece, False)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=200))
def test_any_passage_has_a_place_within_any_text_or_none(quote, prefix, suffix, text):
    text = squeezed(text)

    place = find(Passage(quote, prefix, suffix), text)

    assert place is None or 0 <= place.start <= place.end <= len(text)


@pytest.mark.parametrize(
    "passage",
    [
        Passage("—", "—", "—"),
        Passage("别", "—", "—"),
        Passage("别", "—", ""),
        Passage("别", "", "—"),
    ],
    ids=["there", "changed", "changed at the end", "changed at the beginning"],
)
def test_a_text_of_one_character_is_searched_quickly(passage):
    begun = time.process_time()

    assert find(passage, "—" * 100_000)

    assert time.process_time() - begun < HANG
