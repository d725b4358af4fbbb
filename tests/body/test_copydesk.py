"""Half-width punctuation in Chinese text: what a copy editor marks, and what not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body.copydesk import half_width, half_width_in


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        pytest.param("今天,明天", ["今天,明天"], id="comma"),
        pytest.param("他走了.她也走了", ["他走了.她也走了"], id="full stop"),
        pytest.param("分号;冒号:好", ["分号;冒号:好"], id="two near each other are one passage"),
        pytest.param("真的?当然!", ["真的?当然!"], id="question and exclamation"),
        pytest.param("等等...然后", ["等等...然后"], id="three dots"),
        pytest.param("苹果(Apple)宣布", ["苹果(Apple)宣布"], id="brackets"),
        pytest.param("Apple (苹果)", ["Apple (苹果)"], id="Chinese in brackets"),
        pytest.param("苹果 (Apple) 宣布", ["苹果 (Apple) 宣布"], id="brackets with spaces"),
        pytest.param("他说(没说完", ["他说(没说完"], id="a bracket that stays open"),
        pytest.param('他说"好"', ['他说"好"'], id="straight quotes"),
        pytest.param('叫做"Hello"的', ['叫做"Hello"的'], id="quotes around Latin"),
        pytest.param("他说'好'", ["他说'好'"], id="single quotes"),
        pytest.param("Linux,而不是", ["Linux,而不是"], id="behind a Latin word"),
        pytest.param("Linux, 而不是", ["Linux, 而不是"], id="with a space behind it"),
        pytest.param("《三体》,很好", ["《三体》,很好"], id="behind a title"),
        pytest.param("卖了2024,不错", ["了2024,不错"], id="behind a number"),
        pytest.param("见https://a.cn/b,谢谢", [".cn/b,谢谢"], id="behind an address"),
        pytest.param("今天.2025年发布", ["今天.2025年"], id="full stop before a year"),
        pytest.param("Hello!你好", ["Hello!你好"], id="exclamation behind a Latin word"),
        pytest.param(
            "开头一二三四五六七八,中间很长很长很长很长很长很长很长很长很长很长,结尾",
            ["四五六七八,中间很长很", "长很长很长,结尾"],
            id="two far from each other",
        ),
    ],
)
def test_a_half_width_mark_is_found(text, passages):
    assert half_width(text) == passages


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("今天，明天。（好）“是”", id="full width"),
        pytest.param("版本 3.5 发布", id="decimal"),
        pytest.param("售价1,000元", id="thousands"),
        pytest.param("下午12:30开始", id="time of day"),
        pytest.param("以3:2获胜", id="score"),
        pytest.param("1.打开设置", id="numbered step"),
        pytest.param("1)打开设置", id="step with a bracket"),
        pytest.param("使用Node.js开发", id="dotted name"),
        pytest.param("修改.env文件", id="file name"),
        pytest.param("见https://a.cn/b?c=d,e(f)和后文", id="address"),
        pytest.param("print()函数", id="call"),
        pytest.param("f(x)是奇函数", id="formula"),
        pytest.param('27"显示器', id="inches"),
        pytest.param("O'Neil和don't", id="apostrophes"),
        pytest.param("Apple Inc. 宣布", id="abbreviation"),
        pytest.param("昨天Yahoo!宣布裁员，Yahoo! 否认", id="name that ends in a mark"),
        pytest.param("约.5毫米", id="decimal without a zero"),
        pytest.param("Hello, world, my dear friends! 你好", id="English sentence before Chinese"),
        pytest.param("We met 王小明, who works at Huawei.", id="Chinese name in English"),
        pytest.param("Xiaomi (小米) is a company in Beijing.", id="Chinese gloss in English"),
        pytest.param("Plain English, with everything: (a) \"b\" 'c'.", id="no Chinese at all"),
        pytest.param("한국어 문장, 그리고.", id="Korean"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_right_is_left_alone(text):
    assert half_width(text) == []


@pytest.mark.parametrize(
    ("html", "passages"),
    [
        pytest.param("<p>一,二</p>\n<p>三，四</p>", ["一,二"], id="one of two paragraphs"),
        pytest.param("<p>前面</p>\n<p>,后面</p>", [",后面"], id="lines are not read together"),
        pytest.param("<ul><li>一;二</li></ul>", ["一;二"], id="list"),
        pytest.param("<table><tr><td>一,二</td></tr></table>", ["一,二"], id="table"),
        pytest.param("<p>前<br>后,好</p>", ["后,好"], id="broken line"),
        pytest.param(
            '<figure><img src="/1.png" alt="甲,乙"><figcaption>图,说</figcaption></figure>',
            ["图,说"],
            id="caption",
        ),
        pytest.param("<p>用<code>a,b</code>,好</p>", ["用a,b,好"], id="behind code in a line"),
        pytest.param("<p>甲<strong>乙</strong>,丙</p>", ["甲乙,丙"], id="across elements"),
        pytest.param("<p>甲&quot;乙&quot;丙</p>", ['甲"乙"丙'], id="entities"),
    ],
)
def test_a_body_is_read_line_by_line(html, passages):
    assert half_width_in(html) == passages


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<pre><code>你好,世界(1)</code></pre>", id="code block"),
        pytest.param("<p>用<code>甲,乙</code>表示</p>", id="code in a line"),
        pytest.param("<p>按<kbd>键,键</kbd></p>", id="keys"),
        pytest.param('<p><a href="https://a.cn/甲,乙">链接</a></p>', id="address of a link"),
    ],
)
def test_code_and_addresses_are_no_prose(html):
    assert half_width_in(html) == []


def test_a_passage_stands_in_the_text_as_it_says():
    text = "很久以前有一个人,他写了很多字,然后睡了(真的)。"

    assert all(passage in text for passage in half_width(text))


# --- Hostile ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 100_000 + "中", id="brackets that never close"),
        pytest.param("中" + ")" * 100_000, id="brackets that never opened"),
        pytest.param("(" * 50_000 + "中" + ")" * 50_000, id="nested brackets"),
        pytest.param('中"' * 50_000, id="quotes"),
        pytest.param("中'" * 50_000, id="apostrophes"),
        pytest.param("中," * 50_000, id="commas"),
        pytest.param("中" + "." * 100_000, id="dots"),
        pytest.param("中" + "a" * 100_000, id="one long word"),
        pytest.param("中" + "aa, " * 30_000, id="words that never make a sentence"),
        pytest.param("中http://a.cn/," * 10_000, id="addresses"),
        pytest.param("中\n," * 50_000, id="lines"),
    ],
)
def test_time_grows_with_the_length_only(text):
    begun = time.process_time()

    half_width(text)

    assert time.process_time() - begun < 5  # seconds; what grows with the square takes minutes


def test_deep_markup_is_read():
    html = "<blockquote>" * 3000 + "<p>甲,乙</p>" + "</blockquote>" * 3000

    assert half_width_in(html) == ["甲,乙"]


@given(st.text(alphabet="中文a1 ,.:()\"'《》\n", max_size=60))
def test_whatever_is_typed_passages_are_of_the_text(text):
    collapsed = [" ".join(line.split()) for line in text.splitlines()]

    for passage in half_width(text):
        assert any(passage in line for line in collapsed)
