"""Lists, headings, quotations and tables: the real ones and those only imitated."""

import pytest

from articles.body.facts import Dropped
from articles.body.tidying import tidy


def body(html: str) -> str:
    return tidy(html).html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "<p>步骤：<br>1. 打开<br>2. 等待<br>3. 关上</p>",
            "<p>步骤：</p>\n<ol>\n<li>打开</li>\n<li>等待</li>\n<li>关上</li>\n</ol>",
            id="numbers",
        ),
        pytest.param(
            "<p>3、甲<br>4、乙<br>5、丙<br>以上。</p>",
            '<ol start="3">\n<li>甲</li>\n<li>乙</li>\n<li>丙</li>\n</ol>\n<p>以上。</p>',
            id="numbers from three",
        ),
        pytest.param("<p>• 甲<br>• 乙</p>", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>", id="bullets"),
        pytest.param(
            "<p>1. 甲<br>3. 乙<br>2. 丙</p>",
            "<p>1. 甲<br>3. 乙<br>2. 丙</p>",
            id="not in order: kept",
        ),
        pytest.param("<p>1. 甲<br>2. 乙</p>", "<p>1. 甲<br>2. 乙</p>", id="only two: kept"),
        pytest.param(
            "<p>1. 起因2. 经过3. 结果</p>",
            "<ol>\n<li>起因</li>\n<li>经过</li>\n<li>结果</li>\n</ol>",
            id="run on",
        ),
        pytest.param(
            "<p>1. 版本 5.2 与 3. 版</p>",
            "<p>1. 版本 5.2 与 3. 版</p>",
            id="numbers in prose: kept",
        ),
    ],
)
def test_lists_faked_with_breaks_become_lists(source, expected):
    assert body(source) == expected


def test_the_marks_of_a_faked_list_are_reported():
    result = tidy("<p>• 甲<br>• 乙</p>")

    assert result.dropped == (Dropped("list-mark", "•"), Dropped("list-mark", "•"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "<ul><li>一<ul><li>二</li></ul></li></ul>",
            "<ul>\n<li>一\n<ul>\n<li>二</li>\n</ul>\n</li>\n</ul>",
            id="nested",
        ),
        pytest.param(
            "<ul><li>一</li><ul><li>二</li></ul></ul>",
            "<ul>\n<li>一\n<ul>\n<li>二</li>\n</ul>\n</li>\n</ul>",
            id="nested in the wrong place",
        ),
        pytest.param("<ul><li><p>一</p></li></ul>", "<ul>\n<li>一</li>\n</ul>", id="one paragraph"),
        pytest.param(
            "<ul><li><p>一</p><p>二</p></li></ul>",
            "<ul>\n<li>\n<p>一</p>\n<p>二</p>\n</li>\n</ul>",
            id="two paragraphs",
        ),
        pytest.param(
            "<ul>零<li>一</li>二</ul>",
            "<ul>\n<li>零</li>\n<li>一</li>\n<li>二</li>\n</ul>",
            id="text outside items",
        ),
        pytest.param(
            '<ol start="4"><li>丁</li></ol>', '<ol start="4">\n<li>丁</li>\n</ol>', id="start"
        ),
        pytest.param(
            "<ul><li><h1>说明</h1></li></ul>", "<ul>\n<li>说明</li>\n</ul>", id="heading in an item"
        ),
    ],
)
def test_lists_stay_lists(source, expected):
    assert body(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<h1>甲</h1><h1>乙</h1>", "<h2>甲</h2>\n<h2>乙</h2>", id="all h1"),
        pytest.param(
            "<h1>甲</h1><h2>乙</h2><h3>丙</h3>",
            "<h2>甲</h2>\n<h3>乙</h3>\n<h4>丙</h4>",
            id="h1 to h3",
        ),
        pytest.param(
            "<h3>甲</h3><h4>乙</h4><h3>丙</h3>",
            "<h2>甲</h2>\n<h3>乙</h3>\n<h2>丙</h2>",
            id="from h3",
        ),
        pytest.param(
            "<h4>甲</h4><h4>乙</h4><h3>丙</h3>",
            "<h2>甲</h2>\n<h2>乙</h2>\n<h2>丙</h2>",
            id="a higher one later",
        ),
        pytest.param("<h2>甲</h2><h5>乙</h5>", "<h2>甲</h2>\n<h3>乙</h3>", id="a skipped level"),
        pytest.param("<h2><strong>甲</strong></h2>", "<h2>甲</h2>", id="bold in a heading"),
        pytest.param("<h3><p>甲</p></h3>", "<h2>甲</h2>", id="one block in a heading"),
        pytest.param(
            "<h3><p>甲</p><p>乙</p></h3>", "<p>甲</p>\n<p>乙</p>", id="several blocks in a heading"
        ),
        pytest.param(
            '<h2>甲<img src="https://e.cn/a.png"></h2><p>乙</p>',
            '<h2>甲</h2>\n<figure><img src="https://e.cn/a.png" alt=""></figure>\n<p>乙</p>',
            id="a picture in a heading",
        ),
    ],
)
def test_headings_start_at_h2_and_hold_no_blocks(source, expected):
    assert body(source) == expected


def test_bold_lines_are_the_headings_of_a_body_that_has_none():
    result = body("<p><b>一、起因</b></p><p>正文。</p><p><b>二、经过</b></p><p>正文。</p>")

    assert result == "<h2>一、起因</h2>\n<p>正文。</p>\n<h2>二、经过</h2>\n<p>正文。</p>"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<p><b>要点</b></p><p>正文。</p>", id="only one"),
        pytest.param("<p><b>第一句。</b></p><p><b>第二句。</b></p>", id="sentences"),
        pytest.param("<h2>已有标题</h2><p><b>甲</b></p><p><b>乙</b></p>", id="headings exist"),
    ],
)
def test_emphasis_is_not_a_heading(source):
    assert "<p><strong>" in body(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "<blockquote>引</blockquote>", "<blockquote>\n<p>引</p>\n</blockquote>", id="bare text"
        ),
        pytest.param(
            "<blockquote class=x><p>引</p><p>文</p></blockquote>",
            "<blockquote>\n<p>引</p>\n<p>文</p>\n</blockquote>",
            id="paragraphs",
        ),
        pytest.param(
            "<blockquote><h3>题</h3><p>文</p></blockquote>",
            "<blockquote>\n<p>题</p>\n<p>文</p>\n</blockquote>",
            id="no heading inside",
        ),
    ],
)
def test_quotations_stay(source, expected):
    assert body(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "<table><tr><th>名</th><th>值</th></tr><tr><td>甲</td><td>1</td></tr></table>",
            "<table>\n<thead>\n<tr><th>名</th><th>值</th></tr>\n</thead>\n"
            "<tbody>\n<tr><td>甲</td><td>1</td></tr>\n</tbody>\n</table>",
            id="header row",
        ),
        pytest.param(
            '<table border=1><caption>表</caption><tr><td colspan="2" style="x">甲</td></tr>'
            "<tr><td><p>乙</p></td><td>丙</td></tr></table>",
            '<table>\n<caption>表</caption>\n<tbody>\n<tr><td colspan="2">甲</td></tr>\n'
            "<tr><td>乙</td><td>丙</td></tr>\n</tbody>\n</table>",
            id="spans and a caption",
        ),
    ],
)
def test_data_tables_stay(source, expected):
    assert body(source) == expected


def test_a_line_of_dashes_becomes_a_rule():
    result = tidy("<p>上</p><p>——————</p><p>下</p>")

    assert result.html == "<p>上</p>\n<hr>\n<p>下</p>"
    assert result.dropped == (Dropped("separator", "——————"),)


def test_facts_joined_by_breaks_stay_readable():
    result = body("<div class=box><h3>下载</h3><p>官方网站：甲<br>\n软件性质：免费</p></div>")

    assert result == "<h2>下载</h2>\n<p>官方网站：甲<br>软件性质：免费</p>"


def test_definitions_and_details_stay():
    result = body(
        "<dl><dt>甲</dt><dd>乙</dd></dl><details><summary>问</summary><p>答</p></details>"
    )

    assert "<dt>甲</dt>\n<dd>乙</dd>" in result
    assert "<summary>问</summary>\n<p>答</p>" in result
