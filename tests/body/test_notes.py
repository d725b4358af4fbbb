"""Notes: from the number to the note and back, and no link that leads nowhere."""

import re

import pytest

from articles.body.rendering import render, render_for_feed
from articles.body.sanitising import sanitise, sanitise_rendered
from articles.body.tidying import canonical, tidy

TEXT = '<p>甲<sup><a href="#fn1">1</a></sup>，乙<sup><a href="#fn2">2</a></sup>。</p>'
BODY = f"{TEXT}\n<ol>\n<li>第一条</li>\n<li>第二条</li>\n</ol>"


def dangling(html):
    """The links within a page that lead nowhere there."""
    ids = set(re.findall(r' id="([^"]*)"', html))
    return [name for name in re.findall(r'href="#([^"]*)"', html) if name not in ids]


def test_a_number_leads_to_its_note_and_the_note_back():
    rendered = render(sanitise(BODY))

    assert '<a href="#fn-1" role="doc-noteref" id="fnref-1">1</a>' in rendered
    assert re.search(
        r'<li id="fn-2">第二条<a href="#fnref-2" role="doc-backlink" aria-label="[^"]+">↩</a></li>',
        rendered,
    )
    assert dangling(rendered) == []
    assert sanitise_rendered(rendered) == rendered


def test_a_note_mentioned_twice_leads_back_to_the_first():
    rendered = render(TEXT + BODY)

    assert rendered.count('href="#fn-1"') == 2
    assert rendered.count('id="fnref-1"') == 1
    assert rendered.count('href="#fnref-1"') == 1


@pytest.mark.parametrize("name", ["fn1", "fn-1", "fn:1", "_ftn1", "footnote-1", "note1", "fn01"])
def test_the_names_that_programs_give_notes_are_understood(name):
    rendered = render(f'<p>甲<a href="#{name}">[1]</a></p><ol><li>乙</li></ol>')

    assert 'href="#fn-1"' in rendered


def test_a_list_that_begins_elsewhere_is_counted_from_there():
    rendered = render(f'{TEXT}<ol start="2"><li>第二条</li></ol>')

    assert '<li id="fn-2">' in rendered
    assert "<sup>1</sup>" in rendered


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(TEXT, id="no notes"),
        pytest.param(f"{TEXT}<ul><li>点</li></ul>", id="no numbers"),
        pytest.param(f"{TEXT}<ol><li>只有一条</li></ol>", id="too few"),
        pytest.param('<p><a href="#nowhere">甲</a> <a href="#">乙</a></p>', id="anything"),
        pytest.param('<h2>细节</h2><p><a href="#s-细节">见细节</a></p>', id="a heading"),
    ],
)
def test_no_link_leads_nowhere_and_its_words_stay(body):
    rendered = render(sanitise(body))

    assert dangling(rendered) == []
    assert "".join(re.findall(r">([^<]+)<", rendered)).count("甲") == body.count("甲")


def test_an_arrow_of_the_source_is_not_shown_twice():
    rendered = render(f'{TEXT}<ol><li>一 <a href="#fnref1">↩</a></li><li>二</li></ol>')

    assert rendered.count("↩") == 2


def test_a_feed_leads_to_the_notes_of_the_page():
    feed = render_for_feed(BODY, base_url="https://news.example/1/")

    assert 'href="https://news.example/1/#fn-1"' in feed
    assert "↩" not in feed


def test_the_editor_and_the_importer_keep_the_links_of_notes():
    assert canonical(BODY) == BODY
    assert '<a href="#fn1">1</a>' in tidy(BODY).html


# hostile


def test_a_number_beyond_all_lists_is_text():
    body = '<p><a href="#fn99999999999999999999">甲</a></p><ol start="-999999"><li>乙</li></ol>'

    assert "<a" not in render(sanitise(body))
