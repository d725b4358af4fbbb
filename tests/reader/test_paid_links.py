"""Links of a story somebody paid for: search engines are told of each that leaves the site."""

import re

import pytest

from articles.body.rendering import render, render_for_feed
from articles.body.sanitising import PAID, sanitise, sanitise_rendered
from articles.desk import picturing
from tests import factories

pytestmark = pytest.mark.django_db

BODY = (
    '<p><a href="https://shop.example/?a=1&amp;b=2" rel="noopener">买</a> <a href="/a/1/">站内</a> '
    '<a href="mailto:a@example.org">写信</a></p><figure data-embed="youtube:abcdefghijk"></figure>'
)


def rels(html):
    """What is said of each link, by where it leads."""
    links = re.findall(r"<a [^>]*>", html)
    return {
        re.search('href="([^"?]*)', link)[1]: (re.search('rel="([^"]*)"', link) or ["", ""])[1]
        for link in links
    }


def test_only_links_that_leave_say_that_they_are_paid_for():
    for html in (
        render(BODY, is_paid=True),
        render_for_feed(BODY, base_url="https://lamp.example/", is_paid=True),
    ):
        said = rels(html)
        assert said.pop("https://shop.example/") == PAID
        assert said.pop("https://www.youtube.com/watch") == PAID
        assert "sponsored" not in "".join(said.values())


def test_links_of_other_stories_say_nothing_of_money():
    assert "sponsored" not in render(BODY)


def test_the_field_keeps_what_rendering_said():
    html = render(BODY, is_paid=True)

    assert sanitise_rendered(html) == html


@pytest.mark.parametrize("rel", ["sponsored", "sponsored noopener", "nofollow opener"])
def test_an_editor_cannot_say_it_of_one_link(rel):
    stored = sanitise(f'<p><a href="https://shop.example/" rel="{rel}">买</a></p>')

    assert rels(stored) == {"https://shop.example/": "noopener"}


@pytest.mark.parametrize("sponsored", [True, False])
def test_the_page_and_the_feed_of_a_paid_story_say_it(client, sponsored):
    story = factories.live(
        body=BODY,
        sponsored=sponsored,
        source_name="厂商",
        source_url="https://shop.example/news",
        canonical_url="https://shop.example/original",
    )

    page = client.get(story.get_absolute_url()).text
    feed = client.get("/feed/").text

    assert page.count(f'rel="{PAID}"') == 5 * sponsored
    assert feed.count(PAID) == 4 * sponsored


def test_a_story_rendered_anew_for_a_picture_stays_paid_for(db):
    picture = factories.picture()
    body = f'{BODY}<figure><img src="{picture.url}" data-image="{picture.pk}" alt=""></figure>'
    story = factories.live(body=body, sponsored=True)
    type(story).objects.filter(pk=story.pk).update(rendered_body="<p>旧的</p>")

    picturing.refresh(picture)

    story.refresh_from_db()
    assert rels(story.rendered_body)["https://shop.example/"] == PAID
