"""Pictures: which address is the picture, which are none, and which one heads the article."""

import pytest

from articles.body.tidying import clean_picture_address, tidy

FIGURE = '<figure><img src="https://e.cn/a.png" alt="">{}</figure>'
HEADER = "https://e.cn/header.png"


def body(html: str, **document: str) -> str:
    return tidy(html, header_image=HEADER, **document).html


def picture(attributes: str) -> str:
    """The address a tidied `img` got."""
    html = body(f"<p>文</p><p><img {attributes}></p>")
    return html.partition('src="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("https://e.cn/a.png", "https://e.cn/a.png", id="direct"),
        pytest.param("//e.cn/a.png", "https://e.cn/a.png", id="protocol-relative"),
        pytest.param(" https://e.cn/a b.png ", "https://e.cn/a%20b.png", id="spaces"),
        pytest.param("https://p.dev/?http://e.cn/a.png", "http://e.cn/a.png", id="proxy"),
        pytest.param("https://p.dev/?//e.cn/a.png", "https://p.dev/?//e.cn/a.png", id="no proxy"),
        pytest.param(
            "https://p.dev/?https://q.dev/?http://e.cn/a.png", "http://e.cn/a.png", id="two"
        ),
        pytest.param(
            "https://p.dev/?http://e.cn/a.jpeg?imageMogr2/format/jpg",
            "http://e.cn/a.jpeg?imageMogr2/format/jpg",
            id="proxy before a query",
        ),
        pytest.param(
            "https://images.weserv.nl/?url=https%3A%2F%2Fe.cn%2Fa.png",
            "https://e.cn/a.png",
            id="encoded",
        ),
        pytest.param("/media/images/a.png", "/media/images/a.png", id="our own"),
        pytest.param("pictures/a.png", "pictures/a.png", id="beside the document"),
        pytest.param("", "", id="none"),
        pytest.param("https://picsum.photos/400/300?random=7", "", id="random placeholder"),
        pytest.param("https://via.placeholder.com/150", "", id="placeholder service"),
        pytest.param("/images/404.gif", "", id="relative to a site"),
        pytest.param("https://e.cn/static/loading.gif", "", id="loading"),
        pytest.param("https://e.cn/no-image-400x300.png", "", id="no picture in a size"),
        pytest.param("https://e.cn/gray-whale.jpg", "https://e.cn/gray-whale.jpg", id="whale"),
        pytest.param("https://e.cn/pixel-6.jpg", "https://e.cn/pixel-6.jpg", id="telephone"),
        pytest.param("data:image/gif;base64,R0lGOD", "", id="data"),
        pytest.param("blob:https://e.cn/1", "", id="blob"),
        pytest.param("javascript:alert(1)", "", id="javascript"),
        pytest.param("file:///etc/passwd", "", id="file"),
        pytest.param("C:\\pictures\\a.png", "", id="drive letter"),
        pytest.param("https://", "", id="no host"),
        pytest.param("http://[::1/a.png", "", id="broken host"),
        pytest.param("#", "", id="fragment"),
    ],
)
def test_picture_addresses_are_cleaned_or_refused(address, expected):
    assert clean_picture_address(address) == expected


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param(
            'src="https://e.cn/s.gif" data-original="https://e.cn/a.png"',
            "https://e.cn/a.png",
            id="data-original",
        ),
        pytest.param(
            'data-original-src="//e.cn/a.png" src="https://p.dev/x.png"',
            "https://e.cn/a.png",
            id="data-original-src",
        ),
        pytest.param(
            '_src="https://e.cn/a.png" src="https://e.cn/loading.gif"',
            "https://e.cn/a.png",
            id="_src",
        ),
        pytest.param(
            'zoomfile="https://e.cn/a.png" src="https://e.cn/t.png"',
            "https://e.cn/a.png",
            id="zoomfile",
        ),
        pytest.param('data-src="https://e.cn/a.png"', "https://e.cn/a.png", id="data-src"),
        pytest.param(
            'src="https://e.cn/a.jpg@s_2,w_820,h_580" srcset="https://e.cn/a.jpg 2x"',
            "https://e.cn/a.jpg",
            id="srcset",
        ),
        pytest.param(
            'src="https://e.cn/s.jpg?resize=9" '
            'srcset="https://e.cn/m.jpg 400w, https://e.cn/l.jpg 800w"',
            "https://e.cn/l.jpg",
            id="largest of srcset",
        ),
        pytest.param(
            'src="https://e.cn/a.png?imageView2/2/w/1120" data-original="https://e.cn/a.png"',
            "https://e.cn/a.png",
            id="an original beats a resized copy",
        ),
        pytest.param(
            'data-original="https://e.cn/a.png?imageView2/2/w/9" src="https://e.cn/a.png"',
            "https://e.cn/a.png",
            id="an original beats a resized copy wherever it stands",
        ),
        pytest.param(
            'src="https://e.cn/a.png?imageView2/2/w/1120"',
            "https://e.cn/a.png?imageView2/2/w/1120",
            id="no address is invented",
        ),
        pytest.param(
            'src="https://p.dev/?http://e.cn/a.png" data-original="http://e.cn/a.png"',
            "http://e.cn/a.png",
            id="proxied",
        ),
    ],
)
def test_the_best_address_becomes_the_picture(attributes, expected):
    assert picture(attributes) == expected


def test_a_link_to_the_larger_original_becomes_the_picture():
    result = body('<p>文</p><a href="https://e.cn/big.jpg"><img src="https://e.cn/small.jpg"></a>')

    assert result == '<p>文</p>\n<figure><img src="https://e.cn/big.jpg" alt=""></figure>'


def test_a_link_to_a_page_does_not_become_the_picture():
    result = body(
        '<p>文</p><a href="https://e.cn/story.html"><img src="https://e.cn/small.jpg"></a>'
    )

    assert 'src="https://e.cn/small.jpg"' in result


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        pytest.param('width="600" height="400"', ' width="600" height="400"', id="said"),
        pytest.param('width="1313" height="671" w="1313" h="1075"', "", id="distorted"),
        pytest.param('w="600" h="400"', ' width="600" height="400"', id="w and h"),
        pytest.param(
            'data-width="800" data-height="600" width="10"',
            ' width="800" height="600"',
            id="true size",
        ),
        pytest.param('width="100%" height="auto"', "", id="no numbers"),
        pytest.param('width="600"', "", id="one only"),
    ],
)
def test_sizes_are_kept_only_where_they_agree(attributes, size):
    result = body(f'<p>文</p><img src="https://e.cn/a.png" {attributes}>')

    assert result == f'<p>文</p>\n<figure><img src="https://e.cn/a.png" alt=""{size}></figure>'


@pytest.mark.parametrize(
    ("attributes", "alt"),
    [
        pytest.param('alt="电路板"', "电路板", id="a description"),
        pytest.param('title="电路板" alt', "电路板", id="a title instead"),
        pytest.param('alt="好标题"', "", id="the article's title"),
        pytest.param('alt="“好标题”"', "", id="the title in quotes"),
        pytest.param('alt="IMG_2.jpg"', "", id="a file name"),
        pytest.param('alt="图片"', "", id="a filler"),
    ],
)
def test_descriptions_that_describe_nothing_go(attributes, alt):
    result = body(f'<p>文</p><img src="https://e.cn/a.png" {attributes}>', title="好标题")

    assert f'alt="{alt}"' in result


def test_a_picture_in_a_sentence_stands_by_itself():
    result = body('<p>上半。<img src="https://e.cn/a.png">下半句说的是完全不同的另外一件事情。</p>')

    assert result.splitlines()[1] == FIGURE.format("")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('<img src="https://e.cn/p.gif" width="1" height="1">', id="tracking pixel"),
        pytest.param('<img src="https://e.cn/p" style="width:1px">', id="pixel by style"),
        pytest.param(
            '<a href="https://click.e.cn/m/1"><img src="https://e.cn/b.png"></a>',
            id="advertiser's link",
        ),
        pytest.param(
            '<a href="https://shop.cn/"><img src="https://e.cn/b.png" width="600" height="74"></a>',
            id="banner",
        ),
        pytest.param('<img src="https://picsum.photos/400/300?random=1">', id="placeholder"),
        pytest.param('<img src="/images/404.gif">', id="not found"),
        pytest.param('<img src="">', id="no address"),
    ],
)
def test_pictures_that_are_not_the_articles_go(source):
    assert body(f"<p>前</p>{source}<p>后</p>") == "<p>前</p>\n<p>后</p>"


def test_an_emoji_picture_becomes_its_character():
    result = body('<p>好<img class="emoji" alt="👍" src="https://e.cn/1f44d.png">的</p>')

    assert result == "<p>好👍的</p>"


def test_a_lazy_picture_is_not_shown_twice():
    result = body(
        '<p>文</p><img data-src="https://e.cn/a.png"><noscript><img src="https://e.cn/a.png"></noscript>'
    )

    assert result == f"<p>文</p>\n{FIGURE.format('')}"


@pytest.mark.parametrize(
    ("header", "html", "expected", "kept"),
    [
        pytest.param(
            HEADER,
            '<img src="https://e.cn/header.png"><p>文</p>',
            HEADER,
            "<p>文</p>",
            id="repeated at the top",
        ),
        pytest.param(
            "https://p.dev/?http://e.cn/header.png",
            '<img src="http://e.cn/header.png"><p>文</p>',
            "http://e.cn/header.png",
            "<p>文</p>",
            id="the same through a proxy",
        ),
        pytest.param(
            "https://e.cn/header.png?imageView2/2/w/99",
            '<img src="https://e.cn/header.png?imageView2/2/w/99" data-original="https://e.cn/header.png"><p>文</p>',
            HEADER,
            "<p>文</p>",
            id="the body knows a better copy",
        ),
        pytest.param(
            HEADER,
            '<p>文</p><img src="https://e.cn/header.png">',
            HEADER,
            '<p>文</p>\n<figure><img src="https://e.cn/header.png" alt=""></figure>',
            id="after text it stays",
        ),
        pytest.param(
            "https://picsum.photos/400/300?random=1",
            '<p>文</p><img src="https://e.cn/a.png">',
            "https://e.cn/a.png",
            f"<p>文</p>\n{FIGURE.format('')}",
            id="a placeholder is refused",
        ),
        pytest.param(
            "/images/404.gif", "<p>文</p>", "", "<p>文</p>", id="refused and nothing instead"
        ),
        pytest.param(
            "",
            '<img src="https://e.cn/a.png"><p>文</p>',
            "https://e.cn/a.png",
            "<p>文</p>",
            id="none given",
        ),
        pytest.param(
            "https://e.cn/b.png",
            '<a href="https://click.e.cn/"><img src="https://e.cn/b.png"></a><p>文</p>',
            "",
            "<p>文</p>",
            id="an advertisement is refused",
        ),
        pytest.param(
            "",
            '<p>加微信有惊喜</p><img src="https://e.cn/a.png">',
            "",
            f"<p>加微信有惊喜</p>\n{FIGURE.format('')}",
            id="a contact code is no header",
        ),
        pytest.param(
            "pictures/h.png",
            '<img src="pictures/h.png"><p>文</p>',
            "pictures/h.png",
            "<p>文</p>",
            id="beside the document",
        ),
    ],
)
def test_the_header_picture_is_real_and_not_repeated(header, html, expected, kept):
    result = tidy(html, header_image=header)

    assert (result.header_image, result.html) == (expected, kept)
