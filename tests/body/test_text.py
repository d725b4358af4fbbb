"""Plain text, excerpts, lengths and reading times of mixed Chinese and Latin bodies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.sanitising import sanitise
from articles.body.text import count_characters, excerpt, plain_text, reading_minutes


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>甲</p>\n<p>乙</p>", "甲\n乙", id="a line a block"),
        pytest.param("<p>甲<br>乙</p>", "甲\n乙", id="breaks"),
        pytest.param("<p>a &amp; b &lt;c&gt;</p>", "a & b <c>", id="entities"),
        pytest.param("<ul>\n<li>甲\n<ul>\n<li>乙</li>\n</ul>\n</li>\n</ul>", "甲\n乙", id="lists"),
        pytest.param("<p>the <strong>f</strong>ox</p>", "the fox", id="formatting is no border"),
        pytest.param(
            '<figure><img src="/a.png" alt="x"><figcaption>图</figcaption></figure>',
            "图",
            id="captions",
        ),
        pytest.param(
            '<figure data-embed="youtube:dQw4w9WgXcQ"><a href="/x">YouTube</a></figure>',
            "",
            id="players say nothing",
        ),
        pytest.param("<p>甲\xa0 \u3000乙</p>", "甲 乙", id="white space"),
        pytest.param("bare", "bare", id="bare text"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_plain_text_is_what_a_reader_reads(html, expected):
    assert plain_text(html) == expected


@pytest.mark.parametrize(
    ("html", "length", "expected"),
    [
        pytest.param("<p>短文。</p>", 120, "短文。", id="all of it"),
        pytest.param(
            "<p>第一句话。第二句话很长很长很长。</p>", 10, "第一句话。", id="at a sentence end"
        ),
        pytest.param(
            "<p>他说：“好。”然后走了很远很远。</p>",
            10,
            "他说：“好。”",
            id="after the quotation mark",
        ),
        pytest.param(
            "<p>一句没有句号的很长的话还在继续</p>",
            8,
            "一句没有句号的…",
            id="an ellipsis otherwise",
        ),
        pytest.param(
            "<p>使用 Kubernetes 部署应用</p>", 10, "使用…", id="never inside a Latin word"
        ),
        pytest.param(
            "<p>Version 3.13 is out. It is fast and small.</p>",
            24,
            "Version 3.13 is out.",
            id="a full stop",
        ),
        pytest.param(
            "<p>It costs 3.14159 dollars today</p>",
            14,
            "It costs…",
            id="a decimal point ends nothing",
        ),
        pytest.param(
            "<h2>题</h2><figure><figcaption>图</figcaption></figure><p>正文。</p>",
            120,
            "正文。",
            id="prose only",
        ),
        pytest.param("<h2>只有标题</h2>", 120, "只有标题", id="a heading if there is nothing else"),
        pytest.param("<p>甲。</p><p>乙。</p>", 120, "甲。 乙。", id="paragraphs"),
        pytest.param("<p>Supercalifragilistic</p>", 6, "Super…", id="one long word"),
        pytest.param("", 120, "", id="nothing"),
    ],
)
def test_an_excerpt_ends_where_a_sentence_does(html, length, expected):
    assert excerpt(html, length=length) == expected


@given(
    st.text(alphabet="中文a b.。!？“”\n1<>&", max_size=80), st.integers(min_value=5, max_value=60)
)
@settings(deadline=None, derandomize=True, database=None)
def test_an_excerpt_is_never_longer_than_asked(text, length):
    result = excerpt(sanitise(f"<p>{text}</p>"), length=length)

    assert len(result) <= length


@pytest.mark.parametrize(
    ("html", "count"),
    [
        pytest.param("<p>中文，四个。</p>", 4, id="ideographs without punctuation"),
        pytest.param("<p>hello, world!</p>", 2, id="Latin words"),
        pytest.param("<p>在 Python 3.13 里</p>", 4, id="mixed, a number is one"),
        pytest.param("<p>it's state-of-the-art</p>", 2, id="apostrophes and hyphens"),
        pytest.param("<p>カタカナ한글</p>", 6, id="kana and hangul"),
        pytest.param("<p>1,024 个</p>", 2, id="thousands"),
        pytest.param("<p>naïve café</p>", 2, id="accents"),
        pytest.param("<p>𠮷野家</p>", 3, id="beyond the first plane"),
        pytest.param("<p>——…！</p>", 0, id="punctuation only"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_characters_are_counted_as_a_newsroom_counts_them(html, count):
    assert count_characters(html) == count


@pytest.mark.parametrize(
    ("characters", "minutes"), [(0, 1), (1, 1), (400, 1), (401, 2), (800, 2), (4000, 10)]
)
def test_reading_takes_a_minute_for_four_hundred_characters(characters, minutes):
    assert reading_minutes(f"<p>{'字' * characters}</p>") == minutes


# hostile


@given(st.text())
@settings(deadline=None, derandomize=True, database=None)
def test_any_text_can_be_measured(text):
    body = sanitise(text)

    assert count_characters(body) >= 0
    assert reading_minutes(body) >= 1
    assert len(excerpt(body)) <= 120
