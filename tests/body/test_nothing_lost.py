"""No visible text is lost without a word, whatever the markup around it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.elements import words
from articles.body.tidying import canonical, tidy
from tests.body.visible import characters_after, characters_before

ELEMENTS = sorted(
    words(
        "p div span h1 h2 h3 ul ol li blockquote pre code table tr td th tbody thead caption "
        "figure figcaption img a strong em b i u s sub small br hr details summary dl dt dd "
        "ruby rt rp button center font section missing"
    )
)
ATTRIBUTES = (
    ' href="https://a.cn/b?c=1"',
    ' href="javascript:x"',
    ' src="https://a.cn/b.png"',
    ' class="caption"',
    ' class="share"',
    ' class="language-go"',
    ' style="text-align:center"',
    ' style="font-family: "A B", c"',
    "",
    "",
)
WORDS = (
    *(
        "中文",
        "。",
        "a",
        "word ",
        "\n",
        "\n\n",
        "（来源：甲）",
        "▲ 图1 乙",
        "1. 一",
        "2. 二",
        "3. 三",
    ),
    *(
        "• x",
        "https://a.cn/b",
        "https://a.cn/bhttps://c.cn/d",
        "来源：丙",
        "责任编辑：丁",
        "THE END",
    ),
    *(
        "参考资料：",
        "&amp;",
        "&lt;b&gt;",
        "&",
        "&#123;",
        "------",
        "图源：戊",
        "题图来自 己",
        "\xa0",
    ),
    *("复制代码", "作者：庚", '"', "1. a2. b3. c", "\u200b", "<missing>"),
)
PIECES = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(ELEMENTS), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(ELEMENTS)),
    st.sampled_from(WORDS),
)
#: tables as no program should write them: cells anywhere, styled rows, captions
TABLE_PIECES = st.builds(
    "<{}{}>{}".format,
    st.sampled_from(
        (
            *("table", "tr", "tr", "td", "td", "td", "th", "caption", "tbody", "thead", "tfoot"),
            *("div", "h2", "i", "p", "/table", "/tr", "/td", "/div", "/h2", "/i"),
        )
    ),
    st.sampled_from(("", "", ' style="font-weight:bold"', ' style="font-style:italic"')),
    st.sampled_from(("", "甲", "乙", "w1", "，", '<img src="https://a.cn/b.png">')),
)
TABLES = st.lists(TABLE_PIECES, min_size=3, max_size=10).map("".join).map("<table>{}".format)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_no_visible_text_is_lost_in_any_markup(html):
    result = tidy(html)

    assert characters_after(result) == characters_before(html, result)


@given(TABLES)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_no_visible_text_is_lost_in_any_table(html):
    result = tidy(html)

    assert characters_after(result) == characters_before(html, result)
    assert canonical(result.html) == result.html


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            "<table border=1>甲<tr>乙<td>1</td><td>2</td></tr>丙</table>", id="in a table"
        ),
        pytest.param(
            "<table border=1><tr><p>甲</p><td>1</td><td>2</td></tr></table>", id="in a row"
        ),
        pytest.param("<table>甲<h2><td>1</td></h2><td>2</td></table>", id="in cells of no row"),
        pytest.param("<table><tr><th>乙<div><tr><td>丙</table>", id="in a row within a cell"),
        pytest.param("<table><div><table><td>1<td>2</table></div>", id="in a table of no cell"),
        pytest.param(
            "<table><caption>甲</caption><caption>乙</caption><td>1<td>2</table>",
            id="in a second caption",
        ),
        pytest.param("<dl>甲<dt>乙</dt>丙<dd>丁</dd>戊</dl>", id="in a definition list"),
        pytest.param("<ul>甲<li>乙</li>丙<p>丁</p></ul>", id="in a list"),
        pytest.param("<figure>甲<figcaption>乙</figcaption>丙</figure>", id="in a figure"),
        pytest.param("<details>甲<summary>乙<p>丙</p></summary>丁</details>", id="in details"),
        pytest.param("<b>甲<p>乙<i>丙</b>丁</i>戊", id="in formatting that overlaps"),
    ],
)
def test_text_in_the_wrong_place_is_kept(html):
    result = tidy(html)

    assert characters_after(result) == characters_before(html, result)
