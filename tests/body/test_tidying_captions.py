"""The text that belongs to a picture: caption and credit, and what is neither."""

import pytest

from articles.body.facts import Dropped
from articles.body.tidying import tidy

FIGURE = '<figure><img src="https://e.cn/a.png" alt="">{}</figure>'
CAPTION = "<figcaption>{}</figcaption>"
HEADER = "https://e.cn/header.png"


def body(html: str, **document: str) -> str:
    return tidy(html, header_image=HEADER, **document).html


@pytest.mark.parametrize(
    ("source", "caption"),
    [
        pytest.param(
            "<div><img {}>（来源：某社）</div>",
            "<small>来源：某社</small>",
            id="bare text after it",
        ),
        pytest.param(
            "<p><img {}></p><p>（图源：某社）</p>",
            "<small>图源：某社</small>",
            id="next paragraph in brackets",
        ),
        pytest.param(
            "<p><img {}></p><p>图源：某社</p>", "<small>图源：某社</small>", id="a sure credit"
        ),
        pytest.param("<p><img {}></p><p>▲ 新版界面</p>", "新版界面", id="a triangle"),
        pytest.param(
            "<p><img {}></p><p>▲ 图1 新版界面（来源：某社）</p>",
            "图1 新版界面<small>来源：某社</small>",
            id="both",
        ),
        pytest.param("<p><img {}></p><p>图 2：新版界面</p>", "图 2：新版界面", id="numbered"),
        pytest.param(
            '<p><img {}></p><p class="img-desc">一句说明。还有一句。</p>',
            "一句说明。还有一句。",
            id="caption class",
        ),
        pytest.param(
            '<div><img {}></div><div class="image-caption">新版界面</div>',
            "新版界面",
            id="caption box",
        ),
        pytest.param(
            '<p style="text-align:center"><img {}></p><p style="text-align:center">新版界面</p>',
            "新版界面",
            id="small centred line",
        ),
        pytest.param(
            "<figure><img {}><figcaption>新版界面</figcaption></figure>",
            "新版界面",
            id="figcaption",
        ),
        pytest.param(
            "<figure><img {}><figcaption>新版界面 (Photo: Jane)</figcaption></figure>",
            "新版界面<small>Photo: Jane</small>",
            id="English credit",
        ),
        pytest.param("<p><img {}><br>新版界面</p>", "新版界面", id="after a break"),
    ],
)
def test_the_text_that_belongs_to_a_picture_becomes_its_caption(source, caption):
    image = 'src="https://e.cn/a.png"'

    result = body(f"<p>前。</p>{source.format(image)}<p>后。</p>")

    assert result == f"<p>前。</p>\n{FIGURE.format(CAPTION.format(caption))}\n<p>后。</p>"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("这是图片之后的一个普通段落，说的是别的事情。", id="a paragraph"),
        pytest.param("来源：某社", id="a source line of its own"),
        pytest.param("小标题", id="a short line that is not centred"),
        pytest.param("图中可以看到两个按钮。", id="a sentence about the picture"),
    ],
)
def test_other_text_after_a_picture_is_no_caption(text):
    result = body(f'<p>前。</p><p><img src="https://e.cn/a.png"></p><p>{text}</p><p>后。</p>')

    assert result == f"<p>前。</p>\n{FIGURE.format('')}\n<p>{text}</p>\n<p>后。</p>"


def test_brackets_and_triangles_taken_off_a_caption_are_reported():
    result = tidy('<p>前</p><div><img src="https://e.cn/a.png">▲ 界面（来源：某社）</div>')

    assert result.dropped == (Dropped("caption-mark", "▲"), Dropped("brackets", "（）"))


def test_a_gallery_table_becomes_its_pictures():
    result = body(
        '<p>截图</p><table><tr><td><img src="https://e.cn/a.png"></td>'
        '<td><img src="https://e.cn/b.png"><br>第二张</td></tr></table>'
    )

    assert result == (
        '<p>截图</p>\n<figure><img src="https://e.cn/a.png" alt=""></figure>\n'
        '<figure><img src="https://e.cn/b.png" alt=""><figcaption>第二张</figcaption></figure>'
    )


def test_the_caption_of_a_repeated_header_picture_is_kept():
    result = tidy(
        '<figure><img src="https://e.cn/header.png"><figcaption>机房（图源：某社）</figcaption></figure><p>文</p>',
        header_image=HEADER,
    )

    assert (result.header_caption, result.header_credit) == ("机房", "图源：某社")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>文</p><p>题图来自 某图库，基于 CC0 协议。</p>", id="a line at the end"),
        pytest.param("<p>头图来源：某图库</p><p>文</p>", id="a line at the beginning"),
    ],
)
def test_the_credit_of_the_header_picture_is_taken_out(html):
    result = tidy(html, header_image=HEADER)

    assert result.html == "<p>文</p>"
    assert "某图库" in result.header_credit
