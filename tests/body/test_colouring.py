"""Code in colours: the text to the character, few classes, and no code that holds a worker."""

import re
import time

import pytest

from articles.body import colouring
from articles.body.rendering import render, render_for_feed
from articles.body.sanitising import sanitise, sanitise_rendered
from articles.body.serialising import escape_text, parse
from articles.body.vocabulary import CODE_CLASSES

PYTHON = "@cache\ndef f(a: int) -> str:\n    # 注释\n    return f'{a}' + \"x\" * 3\n\n\n"
SAMPLES = {
    "python": PYTHON,
    "js": "const a = `x${1}` // 注\nclass B extends C {}",
    "json": '{"a": [1, true, "乙"]}',
    "bash": 'for f in *; do echo "$f" >> a.txt; done',
    "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-旧\n+新\n",
    "html": '<p class="a">甲 &amp; 乙</p>\n<!-- x -->',
    "sql": "SELECT 1 FROM t WHERE a = '甲'",
    "c++": "#include <a>\nint main() { return 0; }",
    "rust": "fn main() -> Result<(), E> { let x: u8 = 0x1f; }",
}


def listing(code, language="python"):
    return f'<pre><code class="language-{language}">{escape_text(code)}</code></pre>'


def coloured(body):
    """The rendered body, without what is said of each listing for whoever does not see it."""
    return re.sub("<pre [^>]*>", "<pre>", render(body))


def text_of(html):
    return "".join(parse(html).itertext())


@pytest.mark.parametrize(("language", "code"), SAMPLES.items(), ids=SAMPLES)
def test_code_has_colours_and_says_the_same(language, code):
    stored = sanitise(listing(code, language))

    rendered = render(stored)

    assert text_of(rendered) == text_of(stored)
    assert set(re.findall(r'<span class="([^"]*)">', rendered)) <= CODE_CLASSES
    assert "<span" in rendered
    assert sanitise_rendered(rendered) == rendered


def test_the_pieces_are_what_a_programmer_expects():
    rendered = coloured(listing("def f(): # x\n  return '1'"))

    assert rendered == (
        '<pre><code class="language-python"><span class="hl-k">def</span> '
        '<span class="hl-f">f</span>(): <span class="hl-c"># x</span>\n'
        '  <span class="hl-k">return</span> <span class="hl-s">\'1\'</span></code></pre>'
    )


def test_the_last_line_has_its_colour_though_nothing_ends_it():
    rendered = render(listing("-旧\n+新", "diff"))

    assert '<span class="hl-i">+新</span></code>' in rendered


@pytest.mark.parametrize("language", ["klingon", "text", "console", "x" * 30, "-", "../bash"])
def test_a_language_nobody_knows_is_left_alone(language):
    body = sanitise(listing("if x: pass", language))

    assert coloured(body) == body


def test_no_language_is_guessed():
    body = "<pre><code>import os</code></pre>"

    assert coloured(body) == body


def test_code_with_markup_of_its_own_is_left_alone():
    body = '<pre><code class="language-python">if <strong>x</strong>: pass</code></pre>'

    assert coloured(body) == body


def test_code_in_a_line_is_left_alone():
    body = '<p><code class="language-python">import os</code></p>'

    assert coloured(body) == body


def test_the_stored_body_and_the_feed_have_no_colours():
    rendered = render(listing(PYTHON))

    assert "<span" not in sanitise(rendered)
    assert "<span" not in render_for_feed(listing(PYTHON), base_url="https://news.example/")


@pytest.mark.parametrize("language", sorted(colouring._LANGUAGES))
def test_every_language_named_is_one_that_is_known(language):
    assert colouring._lexer(language) is not None


@pytest.mark.parametrize("language", sorted(colouring._ALSO.values()))
def test_every_other_name_leads_to_a_language(language):
    assert language in colouring._LANGUAGES


# hostile


def test_code_of_a_megabyte_is_left_alone():
    body = listing("x = 1\n" * 170_000)

    assert coloured(body) == body


def test_many_listings_share_one_limit():
    rendered = render("\n".join([listing("x = '1'\n" * 1000)] * 5))

    assert rendered.count("<span") <= 2 * 1000 * 5 / 2


@pytest.mark.parametrize(
    ("language", "code"),
    [("typescript", "a." * 10_000), ("python", "\n " * 10_000), ("c", "//" * 10_000)],
)
def test_code_that_takes_a_lexer_long_is_given_up(language, code):
    begun = time.thread_time()

    rendered = render(listing(code, language))

    assert text_of(rendered) == text_of(listing(code, language))
    assert time.thread_time() - begun < 10 * colouring._PATIENCE


@pytest.mark.parametrize("name", ["hl-", "hl-x", "hl-k card", "admin", ""])
def test_a_span_carries_no_class_but_its_own(name):
    assert "class=" not in sanitise_rendered(f'<span class="{name}">x</span>')
