"""Headings: an address for each, and the table of contents."""

import re

import pytest

from articles.body.headings import Heading, Words, contents
from articles.body.rendering import render, render_for_feed
from articles.body.sanitising import sanitise, sanitise_rendered


def ids(body):
    """The ids of a rendered body, in their order."""
    return re.findall(r' id="([^"]*)"', render(sanitise(body)))


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        pytest.param("价格与供货", "s-价格与供货", id="Chinese"),
        pytest.param("What OpenAI said", "s-what-openai-said", id="Latin"),
        pytest.param("一、GPT-5：更快？", "s-一-gpt-5-更快", id="punctuation parts words"),
        pytest.param("<em>强调</em>的 <code>x_y</code>", "s-强调的-x-y", id="markup"),
        pytest.param("content", "s-content", id="like a part of the page"),
        pytest.param("甲" * 90, "s-" + "甲" * 40, id="long"),
        pytest.param('"&lt;x&gt;&amp;', "s-x", id="what HTML writes otherwise"),
    ],
)
def test_a_heading_is_known_by_its_words(heading, name):
    assert ids(f"<h2>{heading}</h2>") == [name]


def test_levels_two_to_four_can_be_linked_to():
    assert ids("<h2>甲</h2><h3>乙</h3><h4>丙</h4><h5>丁</h5>") == ["s-甲", "s-乙", "s-丙"]


def test_no_id_stands_twice():
    assert ids("<h2>甲</h2><h3>甲</h3><h2>甲 2</h2><h2>甲</h2><h2>甲-2</h2>") == [
        *("s-甲", "s-甲-2", "s-甲-2-2", "s-甲-3", "s-甲-2-3"),
    ]


def test_an_address_survives_what_is_changed_elsewhere():
    (before,) = ids("<p>文</p><h2>价格</h2>")

    after = ids("<h2>新的一节</h2><p>别的文</p><h3>价格</h3>")

    assert before in after


@pytest.mark.parametrize("heading", ["？！", '<img src="/a.png" alt="图">', "_"])
def test_a_heading_without_words_has_no_address(heading):
    assert ids(f"<h2>{heading}</h2>") == []


def test_the_contents_are_the_headings_in_their_order():
    rendered = render("<h2>甲 <em>乙</em></h2><h3>丙 &amp; <em><code>丁</code></em>戊</h3>")

    assert contents(rendered) == (
        Heading("s-甲-乙", (Words("甲 乙"),), 2),
        Heading("s-丙-丁戊", (Words("丙 & "), Words("丁", is_code=True), Words("戊")), 3),
    )


@pytest.mark.parametrize("rendered", ["", "<p>文</p>", "<h2>没有地址</h2>"])
def test_without_headings_there_are_no_contents(rendered):
    assert contents(rendered) == ()


def test_a_feed_knows_no_addresses_within():
    assert "id=" not in render_for_feed("<h2>甲</h2>", base_url="https://news.example/")


# hostile


@pytest.mark.parametrize(
    "heading", ["&lt;script&gt;", '" onclick="x', "\u202e反\u202c", "İstanbul", "e\u0301x", "ﬁ ²"]
)
def test_no_heading_makes_an_id_that_the_allow_list_refuses(heading):
    rendered = render(sanitise(f"<h2>{heading}</h2>"))

    assert ' id="s-' in rendered
    assert sanitise_rendered(rendered) == rendered


def test_very_many_headings_of_the_same_words_are_told_apart():
    found = ids("<h2>甲</h2>" * 3000)

    assert len(set(found)) == 3000
