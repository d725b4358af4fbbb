"""Links: dead ones, wrapped ones, marked ones, and addresses nobody linked."""

import pytest

from articles.body.links import bare_addresses, clean_link
from articles.body.tidying import tidy


def body(html: str) -> str:
    return tidy(html).html


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://e.cn/article/view/undefined",
        "https://e.cn/null",
        "javascript:void(0)",
        "JaVaScRiPt:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "com.some.launcher://start",
        "weixin://dl/chat",
        "about:blank",
        "#top",
        "/news/1.html",
        "news/1.html",
        "http://",
        "https://[bad",
        "mailto:",
    ],
)
def test_dead_anchors_go_and_their_text_stays(address):
    assert body(f'<p>看<a href="{address}">这里</a>吧</p>') == "<p>看这里吧</p>"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("https://e.cn/a?b=1&c=2", "https://e.cn/a?b=1&c=2", id="plain"),
        pytest.param("//e.cn/a", "https://e.cn/a", id="protocol-relative"),
        pytest.param("mailto:desk@e.cn", "mailto:desk@e.cn", id="mail"),
        pytest.param(
            "https://e.cn/a?utm_source=x&b=1&utm_medium=y#z", "https://e.cn/a?b=1#z", id="campaign"
        ),
        pytest.param("https://e.cn/?utm_source=x&hmsr=y", "https://e.cn/", id="only campaign"),
        pytest.param(
            "https://e.cn/a?copy=1&reg=2&para=3",
            "https://e.cn/a?copy=1&reg=2&para=3",
            id="looks like entities",
        ),
        pytest.param(
            "https://host.net/action/GoToLink?url=https%3A%2F%2Fe.cn%2Fa%23b",
            "https://e.cn/a#b",
            id="GoToLink",
        ),
        pytest.param(
            "https://link.host.com/?target=https%3A//e.cn/a", "https://e.cn/a", id="link host"
        ),
        pytest.param(
            "https://c.host.com/track.php?site=1&euid=&t=https://e.cn/",
            "https://e.cn/",
            id="affiliate",
        ),
        pytest.param(
            "https://www.host.com/go?to=https%3A%2F%2Fe.cn%2F%3Futm_source%3Dx%26a%3D1",
            "https://e.cn/?a=1",
            id="wrapped with a campaign",
        ),
        pytest.param(
            "https://e.cn/search?q=https://x.cn/",
            "https://e.cn/search?q=https://x.cn/",
            id="not a wrapper",
        ),
        pytest.param(
            "https://e.cn/go/macos", "https://e.cn/go/macos", id="a wrapper that hides its target"
        ),
    ],
)
def test_links_lead_where_they_really_lead(address, expected):
    assert clean_link(address) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            '<a class="s_tag" href="https://e.cn/">某某之家</a>消息',
            "<p>某某之家消息</p>",
            id="brand word",
        ),
        pytest.param(
            '学习<a href="https://e.cn/tag/%E5%BC%80">开源</a>软件',
            "<p>学习开源软件</p>",
            id="topic page",
        ),
        pytest.param(
            '见<a href="https://e.cn/news/1">原报告</a>',
            '<p>见<a href="https://e.cn/news/1" rel="noopener">原报告</a></p>',
            id="a real link",
        ),
    ],
)
def test_links_a_machine_put_on_topic_words_go(source, expected):
    assert body(source) == expected


def test_dead_and_topic_links_are_reported():
    result = tidy(
        '<p><a href="https://e.cn/undefined">甲</a><a href="https://e.cn/tag/b">乙</a></p>'
    )

    assert [(one.kind, one.url) for one in result.dropped] == [
        ("dead-link", "https://e.cn/undefined"),
        ("topic-link", "https://e.cn/tag/b"),
    ]


A, B, C = "https://a.cn/x/", "https://b.cn/y?lang=en", "https://c.cn/z/"


def link(address: str) -> str:
    return f'<a href="{address}" rel="noopener">{address}</a>'


@pytest.mark.parametrize(
    "separator",
    [pytest.param("", id="glued"), pytest.param(" ", id="spaced"), pytest.param("\n", id="lines")],
)
def test_bare_addresses_become_a_list_of_links(separator):
    result = body(f"<p>参考资料：</p><p>{A}{separator}{B}{separator}{C}</p>")

    items = "".join(f"<li>{link(one)}</li>\n" for one in (A, B, C))
    assert result == f"<p>参考资料：</p>\n<ul>\n{items}</ul>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(f"<p>客户端：{A}。</p>", f"<p>客户端：{link(A)}。</p>", id="in a sentence"),
        pytest.param(f"<p>({A})</p>", f"<p>({link(A)})</p>", id="in brackets"),
        pytest.param(
            f"<p><code>{A}</code></p>", f"<p><code>{A}</code></p>", id="code is left alone"
        ),
        pytest.param(
            "<p>https://e.cn/a?utm_source=x</p>",
            '<p><a href="https://e.cn/a" rel="noopener">https://e.cn/a?utm_source=x</a></p>',
            id="campaign marks stay visible only",
        ),
        pytest.param(f'<p><a href="{A}">{A}</a></p>', f"<p>{link(A)}</p>", id="linked already"),
    ],
)
def test_a_bare_address_in_text_becomes_a_link(source, expected):
    assert body(source) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://a.cn/xhttps://b.cn", ["https://a.cn/x", "https://b.cn"], id="glued"),
        pytest.param(
            "https://a.cn/?u=https://b.cn", ["https://a.cn/?u=https://b.cn"], id="in a query"
        ),
        pytest.param(
            "https://w.org/web/20200101000000/https://b.cn/",
            ["https://w.org/web/20200101000000/https://b.cn/"],
            id="archive",
        ),
        pytest.param("见 http://a.cn/b(c). 完", ["http://a.cn/b(c)"], id="brackets of its own"),
        pytest.param("https://", [], id="nothing behind it"),
    ],
)
def test_addresses_are_told_apart(text, expected):
    assert [text[start:end] for start, end in bare_addresses(text)] == expected
