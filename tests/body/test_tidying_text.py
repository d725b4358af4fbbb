"""Paragraphs and running text: what the packaging of aggregators becomes."""

import pytest

from articles.body.tidying import tidy


def body(html: str, **document: str) -> str:
    return tidy(html, **document).html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("只有一行", "<p>只有一行</p>", id="one line"),
        pytest.param("第一行\n第二行", "<p>第一行</p>\n<p>第二行</p>", id="single newlines"),
        pytest.param(
            "<div>   \n甲\n\n\n乙一\n乙二\n  \n</div>\n            ",
            "<p>甲</p>\n<p>乙一<br>乙二</p>",
            id="blank lines in the outlet's frame",
        ),
        pytest.param("a & b\n\n1 < 2", "<p>a &amp; b</p>\n<p>1 &lt; 2</p>", id="with bare signs"),
    ],
)
def test_newlines_are_structure_where_there_is_no_other(source, expected):
    assert body(source) == expected


def test_newlines_are_spaces_where_there_are_tags():
    result = body("<p>one\ntwo</p>")

    assert result == "<p>one two</p>"


def test_a_line_end_between_ideographs_is_no_space():
    result = body("<p>上半句\n    下半句</p>")

    assert result == "<p>上半句下半句</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("开头<p>正文</p>", "<p>开头</p>\n<p>正文</p>", id="before the first element"),
        pytest.param(
            "<h2>题</h2>正文<p>完了</p>", "<h2>题</h2>\n<p>正文</p>\n<p>完了</p>", id="heading"
        ),
        pytest.param(
            '<div><img src="https://e.cn/a.png"></div>正文在图片框之后，不是图片的说明。',
            '<figure><img src="https://e.cn/a.png" alt=""></figure>\n'
            "<p>正文在图片框之后，不是图片的说明。</p>",
            id="after an image box",
        ),
    ],
)
def test_bare_text_gets_a_paragraph(source, expected):
    result = body(source, header_image="https://e.cn/header.png")

    assert result == expected


@pytest.mark.parametrize(
    "empty",
    [
        "<p></p>",
        "<p> </p>",
        "<p>\xa0</p>",
        "<p>&nbsp;</p>",
        "<p><br></p>",
        "<p><span><span><br></span></span></p>",
        "<p><strong> </strong></p>",
        "<h2></h2>",
        "<h3><span></span></h3>",
        "<ul></ul>",
        "<ul><li></li><li> </li></ul>",
        "<blockquote><p></p></blockquote>",
        "<div><div></div></div>",
        '<a href="https://e.cn/x"></a>',
        '<a name="top"></a>',
        "<table><tr><td></td></tr></table>",
        "<p>\u200b</p>",
        "<pre><code>\n</code></pre>",
    ],
)
def test_what_is_empty_goes(empty):
    result = body(f"<p>前</p>{empty}<p>后</p>")

    assert result == "<p>前</p>\n<p>后</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("甲<br><br>乙", "<p>甲</p>\n<p>乙</p>", id="two"),
        pytest.param(
            "<p>甲<br>\n<br />\n<br/>乙</p>", "<p>甲</p>\n<p>乙</p>", id="three with newlines"
        ),
        pytest.param(
            "<p><b>甲<br><br>乙</b></p>",
            "<p><strong>甲</strong></p>\n<p><strong>乙</strong></p>",
            id="inside bold",
        ),
        pytest.param("<p>甲<br>乙</p>", "<p>甲<br>乙</p>", id="one stays a break"),
        pytest.param("<p><br>甲<br></p>", "<p>甲</p>", id="at the ends none"),
        pytest.param("<li>甲<br></li>", "<p>甲</p>", id="before a closing tag"),
    ],
)
def test_runs_of_breaks_part_paragraphs(source, expected):
    assert body(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<b>甲</b><i>乙</i>", "<p><strong>甲</strong><em>乙</em></p>", id="b and i"),
        pytest.param(
            "<del>甲</del><strike>乙</strike><ins>丙</ins>",
            "<p><s>甲乙</s><u>丙</u></p>",
            id="edits",
        ),
        pytest.param(
            "<b>甲</b><strong>乙</strong>", "<p><strong>甲乙</strong></p>", id="neighbours join"
        ),
        pytest.param(
            "<b>甲<strong>乙</strong></b>", "<p><strong>甲乙</strong></p>", id="twice is once"
        ),
        pytest.param("a <b> b </b> c", "<p>a <strong>b</strong> c</p>", id="spaces stay outside"),
        pytest.param(
            "H<sub>2</sub>O<sup>3</sup>", "<p>H<sub>2</sub>O<sup>3</sup></p>", id="sub and sup"
        ),
        pytest.param(
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
            "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>",
            id="ruby",
        ),
        pytest.param(
            "<kbd>Ctrl</kbd> <mark>重点</mark>",
            "<p><kbd>Ctrl</kbd> <mark>重点</mark></p>",
            id="kbd and mark",
        ),
    ],
)
def test_inline_meaning_stays(source, expected):
    assert body(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('<font color="red" size="2">字</font>', id="font"),
        pytest.param('<center><span style="color:red">字</span></center>', id="center"),
        pytest.param(
            '<div><div><div class="x"><section>字</section></div></div></div>', id="nested divs"
        ),
        pytest.param(
            "<table><tbody><tr><td>字<br><br></td></tr></tbody></table>", id="article in a cell"
        ),
        pytest.param(
            '<p style="--tt-darkmode-color: #595959;" data-v-1="" onclick>字</p>', id="attributes"
        ),
        pytest.param(
            '<p style="font-family: "Some Sans", serif; color: red;">字</p>', id="torn style"
        ),
        pytest.param(
            '<p data-meta="&#123;"a":"0","b":""&#125;" w="3" label classname=y>字</p>',
            id="torn data",
        ),
        pytest.param("<p><!-- 广告 -->字<!----></p>", id="comments"),
        pytest.param("<style>p&#123;color:red&#125;</style>字", id="style element"),
        pytest.param("<script>var a = '<p>不</p>';</script>字", id="script element"),
        pytest.param('<p align="center">字</p>', id="align"),
        pytest.param("<p>   字\n\n\n     </p>      \n\n", id="runs of white space"),
        pytest.param("<o:p>字</o:p>", id="foreign namespace"),
        pytest.param("字<svg viewBox='0 0 1 1'><path d='M0'/></svg>", id="svg"),
        pytest.param("<svg><text>画</text></svg>字", id="bare svg"),
        pytest.param("<math><mi>字</mi><annotation>x</annotation></math>", id="formula"),
        pytest.param('字<p class="', id="torn at the end"),
    ],
)
def test_packaging_goes_and_the_text_stays(source):
    assert body(source) == "<p>字</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param('dis<a href="https://e.cn/p">cover</a>y', "<p>discovery</p>", id="by a link"),
        pytest.param("the <b>q</b>uick <b>f</b>ox", "<p>the quick fox</p>", id="by bold"),
        pytest.param(
            "<b>完整</b>的词", "<p><strong>完整</strong>的词</p>", id="ideographs are not split"
        ),
        pytest.param(
            "<b>bold</b> word", "<p><strong>bold</strong> word</p>", id="a whole word stays"
        ),
    ],
)
def test_words_split_by_markup_rejoin(source, expected):
    assert body(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<p>好标题</p><p>正文</p>", "<p>正文</p>", id="a paragraph"),
        pytest.param("<h1>《好标题》</h1><p>正文</p>", "<p>正文</p>", id="a heading in quotes"),
        pytest.param("频道\n\n好标题\n正文", "<p>频道</p>\n<p>正文</p>", id="a line"),
        pytest.param("好标题", "<p>好标题</p>", id="nothing else: kept"),
        pytest.param(
            'Link: <a href="https://e.cn/1">好标题</a>',
            '<p>Link: <a href="https://e.cn/1" rel="noopener">好标题</a></p>',
            id="as a link: kept",
        ),
        pytest.param(
            "<p>好标题之外还有话</p><p>正文</p>",
            "<p>好标题之外还有话</p>\n<p>正文</p>",
            id="more than the title",
        ),
    ],
)
def test_the_title_is_not_repeated(source, expected):
    assert body(source, title="好标题") == expected


@pytest.mark.parametrize("invitation", ["欢迎加星支持我们！", "在后台回复“想看”", "关注某某公众号"])
def test_invitations_stay_for_an_editor_to_judge(invitation):
    assert body(f"<p>正文</p><p>{invitation}</p>") == f"<p>正文</p>\n<p>{invitation}</p>"


def test_no_paragraph_is_invented_for_nothing():
    result = tidy("<div>   \n  \n</div>\n            ")

    assert result.html == ""
    assert result.dropped == result.facts == ()
