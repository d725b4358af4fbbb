"""From the stored body to what readers and feed readers get."""

import re

import html5lib
import pytest
from django.utils import translation

from articles.body.embeds import PROVIDERS
from articles.body.rendering import render, render_for_feed
from articles.body.sanitising import sanitise, sanitise_rendered
from tests.body.test_embeds import IDS

BASE = "https://news.example/articles/1/a-story/"
REMOTE = '<figure><img src="https://e.cn/a.png" alt="x"><figcaption>图</figcaption></figure>'
TABLE = "<table>\n<caption>价格</caption>\n<tbody>\n<tr><td>1</td></tr>\n</tbody>\n</table>"
EMBED = (
    '<figure data-embed="bilibili:BV1xx411c7mD"><a href="https://www.bilibili.com/video/'
    'BV1xx411c7mD" rel="noopener">bilibili</a><figcaption>发布会</figcaption></figure>'
)
BODY = "\n".join(
    [
        "<h2>题</h2>",
        '<p>文 <a href="/a/2/">站内</a> <a href="#s-题">注</a></p>',
        REMOTE,
        '<figure><img src="/media/b.png" alt="" width="4" height="3" data-image="9"></figure>',
        TABLE,
        EMBED,
        '<pre><code class="language-python">a &lt; b</code></pre>',
        '<video src="/media/v.mp4" controls=""></video>',
    ]
)


def test_pictures_load_late_and_remote_ones_without_a_referrer():
    result = render(REMOTE)

    assert 'loading="lazy" decoding="async" referrerpolicy="no-referrer"' in result


def test_our_own_pictures_keep_the_referrer():
    result = render('<figure><img src="/media/b.png" alt=""></figure>')

    assert 'loading="lazy" decoding="async"' in result
    assert "referrerpolicy" not in result


def test_a_table_scrolls_in_a_region_that_has_a_name():
    result = render(TABLE)

    assert result.startswith('<div class="table-scroll" role="region" tabindex="0" aria-label="')
    assert "价格" in re.search(r'aria-label="([^"]*)"', result)[1]
    assert result.endswith("</table>\n</div>")


@pytest.mark.parametrize(
    ("words", "is_marked"),
    [
        ("https://e.cn/a/", True),
        ("e.cn/a", True),
        ("<code>e.cn/a</code>", True),
        ("e.cn", False),
        ("来源", False),
    ],
    ids=["the address", "without scheme and slash", "as code", "a part of it", "words"],
)
def test_a_link_that_shows_its_address_is_marked(words, is_marked):
    result = render(f'<p><a href="https://e.cn/a/" rel="noopener">{words}</a></p>')

    assert ('class="address"' in result) is is_marked
    assert sanitise_rendered(result) == result


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ('<pre><code class="language-python">x</code></pre>', "代码 2"),
        ("<pre>一  二</pre>", "原样文本 2"),
    ],
    ids=["code", "no code"],
)
def test_code_scrolls_by_the_keyboard_and_has_a_name(block, name):
    with translation.override("zh-hans"):
        result = render(f"<pre>x</pre>{block}")

    said = re.findall("<pre[^>]*>", result)[1]
    assert said == f'<pre role="region" tabindex="0" aria-label="{name}">'
    assert sanitise_rendered(result) == result


def test_an_embed_becomes_a_frame_of_our_own_that_says_where_it_comes_from():
    result = render(EMBED)

    assert '<figure class="embed"><iframe src="/embed/bilibili/BV1xx411c7mD/" title="' in result
    assert "发布会" in result
    assert 'href="https://www.bilibili.com/video/BV1xx411c7mD" rel="noopener"' in result


@pytest.mark.parametrize("provider", [one.key for one in PROVIDERS])
def test_nothing_is_loaded_from_a_third_party_before_a_click(provider):
    stored = sanitise(
        f'<figure data-embed="{provider}:{IDS[provider]}"><a href="/x">y</a></figure>'
    )

    result = render(stored)

    assert re.findall(r'src="([^"]*)"', result) == [f"/embed/{provider}/{IDS[provider]}/"]
    assert sanitise_rendered(result) == result


def test_rendering_leaves_nothing_for_the_sanitiser_to_do():
    stored = sanitise(BODY)

    result = render(stored)

    assert stored == BODY
    assert sanitise_rendered(result) == result


@pytest.mark.parametrize("make", [render, lambda body: render_for_feed(body, base_url=BASE)])
def test_the_result_is_valid_html(make):
    page = f"<!doctype html><title>t</title><article>{make(BODY)}</article>"

    html5lib.HTMLParser(strict=True).parse(page)


def test_a_feed_gets_absolute_addresses():
    result = render_for_feed(BODY, base_url=BASE)

    assert 'href="https://news.example/a/2/"' in result
    assert f'href="{BASE}#s-题"' in result
    assert 'src="https://news.example/media/b.png"' in result
    assert 'src="https://news.example/media/v.mp4"' in result


def test_a_feed_gets_no_frame_and_no_hook():
    result = render_for_feed(BODY, base_url=BASE)

    assert not re.search(r"<iframe|<div| class=| loading=| data-| decoding=", result)
    assert (
        '<p><a href="https://www.bilibili.com/video/BV1xx411c7mD" rel="noopener">bilibili</a>'
        in result
    )
    assert "发布会" in result


def test_code_reaches_the_reader_to_the_character():
    body = "<pre><code>\n  a\n\n\tb  \n</code></pre>"

    result = render(body)

    assert re.sub("<pre[^>]*>", "<pre>", result) == body


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_an_empty_body_renders_as_nothing(empty):
    assert render(empty) == ""
    assert render_for_feed(empty, base_url=BASE) == ""


# hostile


def test_a_reference_nobody_allowed_is_not_framed():
    result = render('<figure data-embed="evil:1"><a href="/x">y</a></figure>')

    assert "iframe" not in result


@pytest.mark.parametrize(
    ("stored", "rendered"),
    [
        ("图说<small>甲社</small>", "<figcaption>图说 <small>甲社</small></figcaption>"),
        (
            "图<em>说</em><small>甲社</small>",
            "<figcaption>图<em>说</em> <small>甲社</small></figcaption>",
        ),
        (
            "<small>甲社</small>",
            '<figcaption class="credit-only"><small>甲社</small></figcaption>',
        ),
        ("图说", "<figcaption>图说</figcaption>"),
        ("<small>小字</small>在前", "<figcaption><small>小字</small>在前</figcaption>"),
    ],
    ids=["after words", "after emphasis", "alone", "none", "small words before others"],
)
def test_a_credit_does_not_run_into_its_caption(stored, rendered):
    body = (
        f'<figure><img src="https://e.cn/a.png" alt="x"><figcaption>{stored}</figcaption></figure>'
    )

    result = render(body)

    assert rendered in result
    assert sanitise_rendered(result) == result
