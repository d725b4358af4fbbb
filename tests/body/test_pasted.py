"""What a clipboard of another program becomes: the words of a stored body, and no word less."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.sanitising import sanitise
from articles.body.tidying import canonical, tidy_pasted
from tests.body.test_hostile_shapes import HANG, LENGTH
from tests.body.test_nothing_lost import PIECES, TABLES
from tests.body.visible import characters_after, characters_before

CLIPBOARDS = Path(__file__).parent.parent / "clipboards"

WORD = """\
<h2>一座灯塔的账本</h2>
<p>守塔人每天记下<strong>灯亮的时刻</strong>，也记下<em>灯灭的时刻</em>，\
三十年没有断过。Logbook 42</p>
<ul>
<li>晴天的记录
<ul>
<li>风向</li>
</ul>
</li>
<li>雾天的记录</li>
</ul>
<p>步骤如下：</p>
<ol start="3">
<li>擦净透镜</li>
<li>上紧发条</li>
</ol>
<p>一、第一种说法</p>
<table>
<tbody>
<tr><td><strong>月份</strong></td><td><strong>雾日</strong></td></tr>
<tr><td>三月</td><td>11</td></tr>
</tbody>
</table>
<p>账本的最后一页写着：<s>停</s><u>继续</u>。见<a href="https://lighthouse.example/log" \
rel="noopener">原件</a><a href="#_ftn1"><sup>[1]</sup></a></p>"""

WECHAT = """\
<p><strong>一、雨落在数据中心</strong></p>
<p>凌晨两点，机房的水位<strong>开始上升</strong>。</p>
<figure><img src="https://pictures.example/mmbiz_jpg/rain/640?wx_fmt=jpeg" alt=""><figcaption>\
被雨水淹没的走廊 图源：值班员</figcaption></figure>
<p>“先救备用电源。”值班长说。</p>
<ul>
<li>水泵三台</li>
<li>沙袋四十个</li>
</ul>"""

DOCS = """\
<h2>会议纪要</h2>
<p>周三确定了<strong>三件事</strong><em>（暂定）</em><s>四件</s>，详见\
<a href="https://minutes.example/3" rel="noopener">全文</a><sup>1</sup></p>
<ol>
<li>换掉旧编辑器
<ul>
<li>先试两周</li>
</ul>
</li>
<li>请人校对</li>
</ol>
<figure><img src="https://pictures.example/docsz/whiteboard?key=a" alt="" width="602" height="338">\
</figure>"""

PAGE = """\
<h2>机器人进了果园</h2>
<p>2026-03-01 果园记者</p>
<p>果农先是<strong>不信</strong>，后来排队<em>来看</em>。机器人一小时摘四百个。</p>
<p>数据见<a href="https://orchard.example/data?id=7" rel="noopener">这里</a>。</p>
<blockquote>
<p>“它从不嫌树高。”</p>
</blockquote>"""

EXPECTED = {"word": WORD, "wechat": WECHAT, "docs": DOCS, "page": PAGE}


def clipboard(name):
    """The HTML a program put on the clipboard; imitations of ours."""
    return (CLIPBOARDS / f"{name}.html").read_text(encoding="utf-8")


def left_out(result, *kinds):
    return [(one.kind, one.text or one.url) for one in result.dropped if one.kind in kinds]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_clipboard_becomes_plain_words(name):
    assert tidy_pasted(clipboard(name)).html == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_no_word_of_a_clipboard_is_lost(name):
    result = tidy_pasted(clipboard(name))

    assert characters_after(result) == characters_before(clipboard(name), result)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_pasted_is_as_a_body_is_stored(name):
    html = tidy_pasted(clipboard(name)).html

    assert canonical(html) == html
    assert sanitise(html) == html


def test_buttons_are_left_out_by_name():
    result = tidy_pasted(clipboard("page"))

    assert left_out(result, "share", "promotion") == [
        ("share", "微博复制链接"),
        ("promotion", "延伸阅读：梨也可以"),
    ]


def test_a_picture_on_the_other_computer_is_left_out_by_name():
    result = tidy_pasted(clipboard("word"))

    (picture,) = left_out(result, "picture")
    assert picture[1].startswith("file:///C:/")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("一句话", "<p>一句话</p>", id="bare text"),
        pytest.param(
            '<img src="https://e.cn/a.png"><p>文</p>',
            '<figure><img src="https://e.cn/a.png" alt=""></figure>\n<p>文</p>',
            id="a leading picture stays where it is",
        ),
        pytest.param(
            "<p>正文。</p><p>来源：甲社</p>",
            "<p>正文。</p>\n<p>来源：甲社</p>",
            id="a source line stays, whoever pasted it decides",
        ),
        pytest.param(
            '<p style="font-weight:bold">整段</p>',
            "<p><strong>整段</strong></p>",
            id="a bold block",
        ),
        pytest.param(
            '<div style="font-weight:bold"><p>一</p><p>二</p></div>',
            "<p>一</p>\n<p>二</p>",
            id="a box is not emphasised",
        ),
        pytest.param(
            '<h2 style="font-weight:700"><span style="font-weight:700">题</span></h2>',
            "<h2>题</h2>",
            id="a heading is bold by itself",
        ),
        pytest.param(
            '<a href="https://e.cn/" style="text-decoration:underline"><span '
            'style="text-decoration:underline">链</span></a>',
            '<p><a href="https://e.cn/" rel="noopener">链</a></p>',
            id="a link is underlined by itself",
        ),
        pytest.param(
            '<img src="images/a.png"><p>文</p>', "<p>文</p>", id="an address without a site"
        ),
        pytest.param(
            """<span style='font:italic bold 12px/1.5 "Some Face"'>甲</span>""",
            "<p><em><strong>甲</strong></em></p>",
            id="a font that is bold and slanted",
        ),
        pytest.param(
            """<span style="font:12px 'Bold Font'">甲</span>"""
            '<span style="font:14px bold-serif">乙</span>'
            '<span style="background:url(bold);font-family:italic">丙</span>',
            "<p>甲乙丙</p>",
            id="a typeface that is only called bold",
        ),
        pytest.param(
            '<span style="FONT-WEIGHT : Bold!important">甲</span>',
            "<p><strong>甲</strong></p>",
            id="bold at any price",
        ),
        pytest.param(
            '<span style="font-weight:bold;font-weight:400">甲</span>',
            "<p>甲</p>",
            id="the last word counts",
        ),
        pytest.param(
            '<span style="text-decoration:underline dotted rgb(1, 2, 3)">甲</span>'
            '<span style="text-decoration-line:line-through">乙</span>',
            "<p><u>甲</u><s>乙</s></p>",
            id="lines under and through",
        ),
        pytest.param(
            '<table><tr style="font-weight:700"><td>甲</td><td>乙</td></tr><tr><td>1<td>2</table>',
            "<table>\n<tbody>\n<tr><td><strong>甲</strong></td><td><strong>乙</strong></td></tr>\n"
            "<tr><td>1</td><td>2</td></tr>\n</tbody>\n</table>",
            id="a bold row",
        ),
        pytest.param("", "", id="nothing"),
        pytest.param("<p> </p><br>&nbsp;", "", id="nothing but space"),
    ],
)
def test_a_piece_of_a_page(html, expected):
    assert tidy_pasted(html).html == expected


# Hostile


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_no_visible_text_is_lost_in_any_markup(html):
    result = tidy_pasted(html)

    assert characters_after(result) == characters_before(html, result)


@given(TABLES)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_no_visible_text_is_lost_in_any_table(html):
    result = tidy_pasted(html)

    assert characters_after(result) == characters_before(html, result)


@pytest.mark.parametrize(
    "html",
    [
        '<span style="font-weight:bold;font-style:italic;vertical-align:super">' * 3000 + "甲",
        '<p style="mso-list:l0 level9 lfo1"><span style="mso-list:Ignore">·</span>甲' * 3000,
        "<b style='font-weight:normal'>" * 3000 + "甲",
    ],
    ids=["styles within styles", "items without end", "wrappers within wrappers"],
)
def test_no_depth_breaks_anything(html):
    assert "甲" in tidy_pasted(html).html


@pytest.mark.parametrize(
    "repeated", ["font:", "text-decoration:", "mso-list:l1", "font-weight ", "a:b;", ";", "!"]
)
def test_a_style_without_end_does_not_hang_anything(repeated):
    style = repeated * (LENGTH // len(repeated))
    begun = time.process_time()

    tidied = tidy_pasted(f'<p style="{style}"><span style="{style}">甲</span></p>')

    assert tidied.html == "<p>甲</p>"
    assert time.process_time() - begun < HANG


def test_what_runs_is_not_pasted():
    link = '<a href="javascript:x()">看</a>'
    html = f'<p onclick="x()">{link}<script>x()</script><svg onload=x()></svg></p>'

    assert tidy_pasted(html).html == "<p>看</p>"
