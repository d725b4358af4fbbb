"""A body in blocks, to the letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.dividing import divide
from tests.body.hostile import VECTORS
from tests.body.stored import BODIES, ODD


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        pytest.param("<p>甲</p>\n<p>乙</p>", ["<p>甲</p>\n", "<p>乙</p>"], id="paragraphs"),
        pytest.param("<p>甲</p><p>乙</p>", ["<p>甲</p>", "<p>乙</p>"], id="on one line"),
        pytest.param(
            "<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>\n<hr>\n<p>丙</p>",
            ["<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>\n", "<hr>\n", "<p>丙</p>"],
            id="a list is one block, a rule is one",
        ),
        pytest.param(
            "甲<strong>乙</strong>\n<p>丙</p>丁",
            ["甲<strong>乙</strong>\n", "<p>丙</p>", "丁"],
            id="bare text",
        ),
        pytest.param(
            '<p title="</p>">甲</p>\n<p>乙</p>',
            ['<p title="</p>">甲</p>\n', "<p>乙</p>"],
            id="tags in values",
        ),
        pytest.param("<p>甲", ["<p>甲"], id="never closed"),
        pytest.param("</p>甲</p>", ["</p>甲</p>"], id="never opened"),
        pytest.param(" \n", [" \n"], id="white space"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_body_is_divided_at_its_top_level(body, blocks):
    assert list(divide(body)) == blocks


@given(st.one_of(BODIES, ODD, st.sampled_from(VECTORS), st.text()))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_joined_blocks_are_the_body(body):
    assert "".join(divide(body)) == body


def test_ten_thousand_open_elements_are_read_once():
    body = "<p>" * 10_000 + "</li>" * 10_000

    assert "".join(divide(body)) == body
