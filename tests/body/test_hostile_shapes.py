"""Shapes that break parsers: nesting without end, openers without closers, endless numbers."""

import time

import pytest
from django.utils import translation

from articles.body.depth import DEEPEST, shallow
from articles.body.embeds import PROVIDERS
from articles.body.links import bare_addresses
from articles.body.rendering import render, render_for_feed
from articles.body.sanitising import sanitise, sanitise_rendered
from articles.body.scanning import Closings, StartTags
from articles.body.text import excerpt, plain_text
from articles.body.tidying import canonical, tidy, tidy_pasted
from tests.body.test_embeds import IDS

FUNCTIONS = {
    "tidy": lambda html: tidy(html).html,
    "tidy_pasted": lambda html: tidy_pasted(html).html,
    "canonical": canonical,
    "sanitise": sanitise,
    "sanitise_rendered": sanitise_rendered,
    "render": render,
    "render_for_feed": lambda html: render_for_feed(html, base_url="https://news.example/"),
    "plain_text": plain_text,
    "excerpt": excerpt,
}
DEPTH = 5000  # elements, each within the one before: far more than any parser lets itself call
LENGTH = 100_000
HANG = 20  # seconds of processor time: no measure of speed, only far less than a quadratic scan
NESTS = [
    *(("div",), ("span",), ("ul", "li"), ("blockquote",), ("table", "tr", "td"), ("b",)),
    *(("font",), ("section",), ("dl", "dd"), ("ul", "li", "blockquote"), ("i", "div", "b")),
]
OPENERS = [
    *("<!--", "<![CDATA[", "<!a", "<script>", "<style>x", "<svg>", "<source ", "<pre>", "<code>"),
    *("<blockquote>", "<b>", "<p>", "<li>", "<td>", "</a", "<a", '<a=" "="', "&#", "&#1", "&#x"),
]


def nested(names: tuple[str, ...], *, closed: bool) -> str:
    times = DEPTH // len(names)
    opening = "".join(f"<{name}>" for name in names)
    closing = "".join(f"</{name}>" for name in reversed(names))
    return opening * times + "甲" + (closing * times if closed else "")


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "unclosed"])
@pytest.mark.parametrize("names", NESTS, ids="-".join)
@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_no_depth_breaks_anything_and_the_text_stays(function, names, closed):
    result = function(nested(names, closed=closed))

    assert "甲" in result


@pytest.mark.parametrize("names", NESTS, ids="-".join)
def test_what_was_flattened_is_stable(names):
    html = nested(names, closed=True)

    tidied = tidy(html).html
    clean = sanitise(html)

    assert canonical(tidied) == tidied
    assert sanitise(clean) == clean


def test_what_is_not_too_deep_is_not_touched():
    html = "<div>" * DEEPEST + "甲" + "</div>" * DEEPEST

    assert shallow(html) == html


def test_paragraphs_nobody_closed_are_not_deep():
    html = "<p>甲" * 200

    assert plain_text(html).count("\n") == 199


@pytest.mark.parametrize("opener", OPENERS)
def test_openers_without_closers_do_not_hang_anything(opener):
    html = opener * (LENGTH // len(opener))
    begun = time.process_time()

    for function in FUNCTIONS.values():
        function(html)

    assert time.process_time() - begun < HANG


@pytest.mark.parametrize(
    "piece", ["甲<br>", "https://a.cn/b<br>", "甲 https://a.cn/b ", "<b>甲</b>乙<br>"]
)
def test_a_paragraph_without_end_does_not_hang_anything(piece):
    html = piece * (2 * LENGTH // len(piece))
    begun = time.process_time()

    tidied = tidy_pasted(f"<p>{html}</p>").html

    assert tidied.count("甲") == html.count("甲")
    assert time.process_time() - begun < HANG


def test_an_end_that_is_missing_is_looked_for_once():
    closings = Closings("<script>" * 1000)

    for position in range(0, 8000, 8):
        assert closings.after(position, "script") is None

    assert closings.searches == 1


def test_an_end_far_away_is_looked_for_once():
    closings = Closings("<b>" * 1000 + "</b>")

    found = {closings.after(position, "b").start() for position in range(0, 3000, 3)}

    assert found == {3000}
    assert closings.searches == 1


def test_what_is_read_in_vain_is_bounded():
    text = '<a=" "="' * 1000
    start_tags = StartTags(text)

    for position in range(0, len(text), 8):
        start_tags.at(position)

    assert start_tags.wasted <= 3 * len(text)


@pytest.mark.parametrize("number", ["9" * 5000, "x" + "f" * 5000, "0" * 5000 + "1"])
@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_reference_of_endless_digits_is_text(function, number):
    result = function(f"<p>甲&#{number};</p>")

    assert "甲" in result


def test_brackets_nobody_opened_are_no_part_of_an_address():
    assert bare_addresses("https://a.cn/b" + ")." * 3) == [(0, 14)]


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_what_is_stored_is_the_same_in_every_language(provider):
    html = f'<figure data-embed="{provider.key}:{IDS[provider.key]}"></figure>'

    stored = set()
    for language in ("en", "zh-hans"):
        with translation.override(language):
            stored.add((canonical(html), tidy(html).html))

    assert len(stored) == 1
    assert f">{provider.label}</a>" in stored.pop()[0]
