"""Links of a stored body that lead to other sites."""

import pytest

from articles.body.linking import BodyLink, links_in


def test_a_link_has_its_address_and_its_words():
    body = '<p>见<a href="https://a.cn/1">这 <em>一</em>篇</a>。</p>'

    assert links_in(body) == (BodyLink("https://a.cn/1", "这 一篇"),)


def test_an_address_is_told_once_and_without_its_fragment():
    body = '<p><a href="https://a.cn/1#a">甲</a><a href="https://a.cn/1#b">乙</a></p>'

    assert links_in(body) == (BodyLink("https://a.cn/1", "甲"),)


@pytest.mark.parametrize(
    "href", ["mailto:a@b.cn", "/articles/1/", "#note", "", "ftp://a.cn/"], ids=repr
)
def test_what_leads_to_no_other_site_is_left_out(href):
    assert links_in(f'<p><a href="{href}">词</a></p>') == ()
