"""What stands around an article and is not the article, and the facts about its origin."""

import pytest

from articles.body.facts import DROPPED_KINDS, FACT_KINDS, Dropped, SourceFact
from articles.body.tidying import tidy

ARTICLE = (
    "<p>正文第一段，写得足够长，好让周围的东西显得少。</p>"
    "<p>正文第二段，也写得足够长，理由同上。</p>"
)
TIDIED = ARTICLE.replace("</p><p>", "</p>\n<p>")


@pytest.mark.parametrize(
    ("furniture", "kind", "text"),
    [
        pytest.param(
            '<div class="social-share"><a href="https://e.cn/">微博</a></div>',
            "share",
            "微博",
            id="share box",
        ),
        pytest.param(
            '<div class="support-author">打赏作者 <button>赞赏</button></div>',
            "furniture",
            "打赏作者 赞赏",
            id="tip box",
        ),
        pytest.param("<button onclick>点赞</button>", "button", "点赞", id="like button"),
        pytest.param(
            '<div class="ad-box"><p>限时优惠</p></div>', "advertisement", "限时优惠", id="ad box"
        ),
        pytest.param(
            '<div id="recommend">猜你喜欢</div>', "promotion", "猜你喜欢", id="recommendations"
        ),
        pytest.param(
            '<div style="left:0;display:none">扫码</div>', "hidden", "扫码", id="hidden by style"
        ),
        pytest.param("<div hidden>扫码</div>", "hidden", "扫码", id="hidden by attribute"),
        pytest.param("<noscript>请开启脚本</noscript>", "fallback", "请开启脚本", id="noscript"),
        pytest.param("<select><option>一</option></select>", "button", "一", id="form control"),
    ],
)
def test_furniture_goes_and_is_reported(furniture, kind, text):
    result = tidy(ARTICLE + furniture)

    assert result.html == TIDIED
    assert result.dropped == (Dropped(kind, text),)


def test_a_list_of_sponsored_links_before_the_text_goes():
    promotion = (
        '<ul><li><a rel="nofollow" href="https://e.cn/1">年卡</a> | '
        '<a rel="nofollow" href="https://e.cn/2">折扣</a></li></ul>'
    )

    result = tidy(promotion + ARTICLE)

    assert result.html == TIDIED
    assert result.dropped == (Dropped("promotion", "年卡 | 折扣"),)


def test_a_list_of_links_within_the_text_stays():
    links = '<ul><li><a rel="nofollow" href="https://e.cn/1">年卡</a></li></ul>'

    result = tidy(ARTICLE + links)

    assert "年卡" in result.html


@pytest.mark.parametrize("box", ['class="share-content"', 'style="display:none"', 'class="ad"'])
def test_a_box_that_holds_the_article_is_the_article_whatever_it_is_called(box):
    result = tidy(f"<div {box}>{ARTICLE}</div>")

    assert result.html == TIDIED


@pytest.mark.parametrize(
    ("trailer", "facts"),
    [
        pytest.param('<p class="end"> - THE END -</p>', [("end", "- THE END -", "")], id="the end"),
        pytest.param("<p>（完）</p>", [], id="an end in brackets is text"),
        pytest.param(
            "<p>转载请注明出处：某报</p>", [("licence", "转载请注明出处：某报", "")], id="reprint"
        ),
        pytest.param("<p>责任编辑：某某</p>", [("editor", "责任编辑：某某", "")], id="editor"),
        pytest.param(
            "<p>作者：某某，某公司工程师</p>",
            [("author", "作者：某某，某公司工程师", "")],
            id="author",
        ),
        pytest.param(
            '<p><span>原文链接：<a href="https://e.cn/1">某号</a></span>\n<span>责任编辑：某某</span></p>',
            [
                ("original_url", "原文链接：某号", "https://e.cn/1"),
                ("editor", "责任编辑：某某", ""),
            ],
            id="two in one paragraph",
        ),
        pytest.param(
            "<font>来源：某网</font><br>\n<font>原文：https://e.cn/2</font><br>",
            [
                ("source", "来源：某网", ""),
                ("original_url", "原文：https://e.cn/2", "https://e.cn/2"),
            ],
            id="lines",
        ),
        pytest.param(
            "<blockquote>版权声明：自由转载（<a href='https://cc.org/by/'>许可证</a>）</blockquote>",
            [("licence", "版权声明：自由转载（许可证）", "https://cc.org/by/")],
            id="licence in a quotation",
        ),
        pytest.param(
            "<p>本文由 @某人 原创发布于某站。未经许可，禁止转载。</p>",
            [
                ("author", "本文由 @某人 原创发布于某站。", ""),
                ("licence", "未经许可，禁止转载。", ""),
            ],
            id="author and licence",
        ),
        pytest.param(
            '<p class="tags"><a href="https://e.cn/t/1"><i>#</i>系统</a><a href="https://e.cn/t/2">#编程</a></p>',
            [("tag", "#系统", "https://e.cn/t/1"), ("tag", "#编程", "https://e.cn/t/2")],
            id="tags",
        ),
        pytest.param(
            "<p>说明：本文同步发表于某博客。</p>",
            [("source", "说明：本文同步发表于某博客。", "")],
            id="also there",
        ),
    ],
)
def test_trailers_are_set_apart_as_facts(trailer, facts):
    result = tidy(ARTICLE + trailer)

    assert result.facts == tuple(SourceFact(*fact) for fact in facts)
    assert (result.html == TIDIED) == bool(facts)


def test_a_source_note_at_the_beginning_is_set_apart_with_its_parts():
    note = (
        '<p>本文来自公众号：<a href="https://e.cn/3">某号 （ID：abc）</a>，'
        "撰文：甲，编辑：乙，题图来自：某图库</p>"
    )

    result = tidy(note + ARTICLE)

    assert result.html == TIDIED
    assert result.facts == (
        SourceFact("source", "本文来自公众号：某号 （ID：abc）", "https://e.cn/3"),
        SourceFact("author", "撰文：甲"),
        SourceFact("editor", "编辑：乙"),
    )
    assert result.header_credit == "题图来自：某图库"
    assert {one.text for one in result.dropped} == {"，"}


def test_a_source_line_said_twice_is_one_fact():
    line = "<p>本文来自公众号：某号</p>"

    result = tidy(line + ARTICLE + line)

    assert result.facts == (SourceFact("source", "本文来自公众号：某号"),)
    assert result.dropped == (Dropped("repeated-source", "本文来自公众号：某号"),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("更多详情可查看：https://e.cn/", id="more details"),
        pytest.param("参考资料：", id="references"),
        pytest.param(
            "原文中的一个错误值得一说，作者在书里写得并不清楚。", id="a sentence about an original"
        ),
        pytest.param("来源不明的硬件不要买。", id="a sentence about origins"),
    ],
)
def test_other_last_paragraphs_stay(text):
    result = tidy(ARTICLE + f"<p>{text}</p>")

    assert result.facts == ()
    assert text.removesuffix("https://e.cn/") in result.html


def test_a_body_of_nothing_but_an_origin_line_is_kept():
    result = tidy("<p>来源：某网</p>")

    assert result.html == "<p>来源：某网</p>"


def test_every_kind_is_named_in_a_table():
    assert {"source", "editor", "licence", "original_url", "author", "end"} <= FACT_KINDS
    assert {"furniture", "revealed", "hidden", "dead-link"} <= DROPPED_KINDS
