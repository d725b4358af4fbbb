"""Traditional Chinese: what is converted, what is kept, and that markup stays to the byte."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from articles.body.traditional import feeds, glossary, markup, structured
from articles.body.traditional.wording import simplified, wording

GLOSSARY = "网络\n软件包=套件\niPhone=愛瘋\nA&B=甲&乙\n尖<括>=<b>\n里头发现=裡頭發現\n"
TAIWAN = wording("s2twp", GLOSSARY)


def converted(text, words=TAIWAN, **more):
    return markup.converted(text, words, **more)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("软件和程序", "軟體和程式"),
        ("<p>软件</p>", "<p>軟體</p>"),
        ("<title>软件</title>程序", "<title>軟體</title>程式"),
        ('<b data-copied="软件" data-x="软件">', '<b data-copied="軟體" data-x="软件">'),
        ('<img alt="软件" title="程序">', '<img alt="軟體" title="程式">'),
        ("<a aria-label='软件'>程序</a>", "<a aria-label='軟體'>程式</a>"),
        ('<input placeholder="软件" value="程序">', '<input placeholder="軟體" value="程序">'),
        ('<input type=submit value="程序">', '<input type=submit value="程式">'),
        ('<meta name="description" content="软件">', '<meta name="description" content="軟體">'),
        ('<meta property="og:title" content="软件">', '<meta property="og:title" content="軟體">'),
        (
            '<p lang="en">软件<q lang="zh">软件</q></p>',
            '<p lang="en">软件<q lang="zh">軟體</q></p>',
        ),
        ('<i translate="no">软件</i>软件', '<i translate="no">软件</i>軟體'),
        ('<html lang="zh-Hant-TW"><p>软件', '<html lang="zh-Hant-TW"><p>軟體'),
        ("<svg><title>软件</title></svg>", "<svg><title>軟體</title></svg>"),
    ],
)
def test_what_people_read_is_converted(written, told):
    assert converted(written) == told


@pytest.mark.parametrize(
    "text",
    [
        "<code>软件 <b>程序</b></code>",
        '<pre><code class="软件">软件</code></pre>',
        "<kbd>软件</kbd><samp>程序</samp>",
        '<code title="软件">x</code>',
        "<script>软件</script><style>软件</style>",
        '<p translate="no" title="软件">软件<b>程序</b></p>',
        '<p lang="ja" title="软件">软件<b>程序</b></p>',
        "<p lang=zh-Hant>软件</p>",
        '<a href="/软件" id="软件" class="软件" data-note="软件"></a>',
        '<img src="软件.png" srcset="软件.png 2x"><time datetime="软件"></time>',
        '<meta name="软件" content="软件"><meta property="og:url" content="https://x.cn/软件">',
        "<!-- 软件 --><!doctype 软件>",
        "https://example.org/软件?a=软件&amp;b=程序#软件",
        "https://软件.中国/程序 www.软件.cn",
        "mailto:软件@example.org 程序@软件.中国",
        "软件.com 软件.中国/程序",
        "example.com/软件 docs.example.org/软件/程序?a=软件 localhost.example.io:8000/软件",
        "/articles/1/软件/ articles/1/软件/ /usr/share/软件",
        "src/软件/文件.py ./软件 ../软件/程序 ~/软件 软件/文件.py src/软件包.tar.gz",
        "C:\\软件\\文件.exe",
        "@软件君 @软件_2 (@程序)",
        "<a href='/'>@软件君</a>",
        '<img alt="src/软件/文件.py">',
        "<p>网络</p>",
    ],
)
def test_what_machines_read_stays(text):
    assert converted(text) == text


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("见https://example.org/a，软件", "見https://example.org/a，軟體"),
        ("打开example.org软件（https://example.org软件）", None),
        ("使用微软.NET软件", "使用微軟.NET軟體"),
        ("2.软件", "2.軟體"),
        ("见example.com/软件，软件", "見example.com/软件，軟體"),
        ("打开src/软件/文件.py里的软件", "開啟src/软件/文件.py裡的軟體"),
        ("打开/articles/1/软件/。软件", "開啟/articles/1/软件/。軟體"),
        ("软件的作者@软件君：软件", "軟體的作者@软件君：軟體"),
        ("软件@软件君&nbsp;软件", "軟體@软件君&nbsp;軟體"),
    ],
    ids=[
        *("full-width comma ends it", "a name before Chinese", "a product", "a number"),
        *("without a scheme", "a file", "a path", "a handle", "a handle before a reference"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(written, told):
    if told is None:
        told = "開啟example.org軟體（https://example.org軟體）"

    assert converted(written) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("软件/硬件", "軟體/硬體"),
        ("和/或软件", "和/或軟體"),
        ("iOS/安卓软件", "iOS/安卓軟體"),
        ("Node.js/软件 ASP.NET/软件", "Node.js/軟體 ASP.NET/軟體"),
        ("软件/程序/网关 软件/硬件/", "軟體/程式/閘道器 軟體/硬體/"),
        ("TCP/IP/软件 24/7软件 2024/12/25软件", "TCP/IP/軟體 24/7軟體 2024/12/25軟體"),
        ("<b>软件</b>/硬件", "<b>軟體</b>/硬體"),
        ("《软件》/程序", "《軟體》/程式"),
        ("软件 /硬件 /ios软件", "軟體 /硬體 /ios軟體"),
        ("每秒100km/h的软件", "每秒100km/h的軟體"),
        ("and/or软件", "and/or軟體"),
        ("GPT-4/软件2.0版", "GPT-4/軟體2.0版"),
        ("@" + "软件程序" * 8, "@" + "軟體程式" * 8),
        ("软件@ 软件", "軟體@ 軟體"),
    ],
)
def test_a_slash_between_words_makes_no_address(written, told):
    assert converted(written) == told


# the glossary


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("网络软件", "网络軟體"),
        ("软件包软件", "套件軟體"),
        ("iPhone 软件", "愛瘋 軟體"),
        ("A&amp;B A&B", "甲&amp;乙 甲&amp;乙"),
        ("尖&lt;括&gt;", "&lt;b&gt;"),
        ('<img alt="尖&lt;括>">', '<img alt="&lt;b&gt;">'),
        ("在里头发现", "在裡頭發現"),
        ("<code>软件包 iPhone</code>", "<code>软件包 iPhone</code>"),
        ("https://example.org/软件包", "https://example.org/软件包"),
    ],
)
def test_the_glossary_comes_before_the_conversion(written, told):
    assert converted(written) == told


def test_of_two_terms_the_longer_is_taken():
    words = wording("s2twp", "软件=甲\n软件包=乙\n软=丙")

    assert words.plain("软件包软件软") == "乙甲丙"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Apple App apps MyApp App2 2App", "Apple 應用程式 apps MyApp App2 2App"),
        ("EMAIL AIGC AI", "EMAIL AIGC 人工智慧"),
        ("用AI做App。AI-App", "用人工智慧做應用程式。人工智慧-應用程式"),
        ("软件AI软件 Éapp AIé", "軟體人工智慧軟體 Éapp AIé"),
        ("AIé éAI", "AIé éAI"),
        ("C++ C++11 C#", "丙 丙11 C#"),
        ("AppKits AppKit App Kit", "AppKits 套件 應用程式 Kit"),
        ("3D软件 3DS 13D", "立體軟體 3DS 13D"),
        ("X&amp;Y &lt;&#36719;", "X&amp;Y &lt;軟"),
    ],
)
def test_a_latin_term_is_a_whole_word(written, told):
    words = wording(
        "s2twp", "App=應用程式\nAI=人工智慧\nC++=丙\nAppKit=套件\n3D=立體\namp=安\nlt=小\n36719=號"
    )

    assert converted(written, words) == told


def test_hong_kong_keeps_its_own_words():
    assert wording("s2hk", "").plain("软件在这里") == "軟件在這裏"


def test_what_a_reader_types_is_asked_for_as_it_is_written():
    assert [simplified("軟體", "s2twp"), simplified("軟件", "s2hk")] == ["软件", "软件"]


@pytest.mark.parametrize("line", ["a=b=c", "=b", "a=", "=", "字" * 61, "a=" + "字" * 61, "a＝b＝c"])
def test_a_line_that_says_nothing_clear_is_named(line):
    with pytest.raises(glossary.MalformedGlossary) as error:
        glossary.read(f"好=好\n\n{line}\n")

    assert (error.value.number, error.value.line) == (3, line)
    assert glossary.understood(f"好=好\n\n{line}\n") == {"好": "好"}


def test_blank_lines_and_spaces_mean_nothing():
    assert glossary.read(" 软件 = 軟體 \r\n\n 网络 \n") == {"软件": "軟體", "网络": "网络"}


# links


def test_links_lead_where_they_are_told_to():
    def below(address):
        return f"/zh-hant{address}" if address.startswith("/a") else address

    written = (
        '<a href="/a/1/">x</a><a href="/b">x</a><a href="/a" hreflang="zh-Hans">x</a>'
        '<iframe src="/a/x/"></iframe><img src="/a.png"><link href="/a"><code><a href="/a">x</a>'
    )

    told = converted(written, address_of=below)

    assert told == (
        '<a href="/zh-hant/a/1/">x</a><a href="/b">x</a><a href="/a" hreflang="zh-Hans">x</a>'
        '<iframe src="/zh-hant/a/x/"></iframe><img src="/a.png"><link href="/a">'
        '<code><a href="/zh-hant/a">x</a>'
    )


# data


def test_structured_data_is_converted_and_its_addresses_stay():
    facts = {
        "@type": "软件",
        "name": "软件 </script>&",
        "url": "软件",
        "author": [{"name": "程序"}],
    }
    block = '<script type="application/ld+json">%s</script>'

    told = converted(block % json.dumps(facts, ensure_ascii=False).replace("</", "\\u003C/"))

    assert told == block % (
        '{"@type":"软件","name":"軟體 \\u003C/script\\u003E\\u0026","url":"软件",'
        '"author":[{"name":"程式"}]}'
    )


def test_a_feed_is_converted_with_the_html_in_it():
    written = (
        '<?xml version="1.0"?><rss><channel><title>软件</title><link>https://x.cn/软件</link>'
        "<item><guid>软件</guid><category>程序</category><dc:creator>程序</dc:creator>"
        "<description>软件 &amp;lt; &lt;code&gt;软件&lt;/code&gt;</description>"
        '<content:encoded><![CDATA[<p title="软件">软件<code>软件</code></p>]]></content:encoded>'
        '<enclosure url="软件"/></item></channel></rss>'
    )

    told = feeds.converted(written, TAIWAN)

    assert told == (
        '<?xml version="1.0"?><rss><channel><title>軟體</title><link>https://x.cn/软件</link>'
        "<item><guid>软件</guid><category>程式</category><dc:creator>程式</dc:creator>"
        "<description>軟體 &amp;lt; &lt;code&gt;软件&lt;/code&gt;</description>"
        '<content:encoded><![CDATA[<p title="軟體">軟體<code>软件</code></p>]]></content:encoded>'
        '<enclosure url="软件"/></item></channel></rss>'
    )


def test_a_json_feed_is_converted_with_the_html_in_it():
    written = json.dumps({"title": "软件", "url": "/软件", "content_html": "<code>软件</code>软件"})

    told = json.loads(structured.structured_data(written, TAIWAN, html=converted))

    assert told == {"title": "軟體", "url": "/软件", "content_html": "<code>软件</code>軟體"}


# hostile


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('<img alt="a > 软件" src="软件">软件', '<img alt="a > 軟體" src="软件">軟體'),
        ("<IMG ALT='软件'><CODE>软件</Code>软件", "<IMG ALT='軟體'><CODE>软件</Code>軟體"),
        ("&#x8f6f;&#20214; &amp; &nbsp;&lt;软件", "軟體 &amp; &nbsp;&lt;軟體"),
        ("&#38;#36719; &#60;b", "&#38;#36719; &#60;b"),
        ("a < 软件 <3 <> </> 软件", "a < 軟體 <3 <> </> 軟體"),
        ("<code>软件", "<code>软件"),
        ("<p><code>软件</p>软件", "<p><code>软件</p>軟體"),
        ("</code></p>软件</code>", "</code></p>軟體</code>"),
        ('软件<a title="软件', '軟體<a title="软件'),
        ("软件<!-- 软件", "軟體<!-- 软件"),
        ("<!-->软件<!--->软件<!-- > --!>软件", "<!-->軟體<!--->軟體<!-- > --!>軟體"),
        ("<![CDATA[软件]]>软件", "<![CDATA[软件]]>軟體"),
        ("<?php 软件 ?>软件", "<?php 软件 ?>軟體"),
        ("<script>软件</scripty>软件</script >软件", "<script>软件</scripty>软件</script >軟體"),
        ("<title>软件<b></title>软件", "<title>軟體<b></title>軟體"),
        ("<a title=软件 alt>软件</a>", "<a title=软件 alt>軟體</a>"),
        ("<a title='软\"件'>", "<a title='軟\"件'>"),
        ('<a =" title="软件">软件', '<a =" title="軟體">軟體'),
        ("软件\x00软件\ud800软件", "軟體\x00軟體\ud800軟體"),
        ('<script type="application/ld+json">{软件</script>软件', None),
        (
            '<p lang="">软件</p><p translate="">软件</p>',
            '<p lang="">軟體</p><p translate="">軟體</p>',
        ),
        ("", ""),
    ],
)
def test_broken_markup_stays_as_it_is(written, told):
    told = '<script type="application/ld+json">{软件</script>軟體' if told is None else told

    assert converted(written) == told


def test_no_line_of_the_glossary_is_a_pattern():
    words = wording("s2twp", "(a+)+$=甲\n[软\n.*=乙\n\\d=丙\n(?P<term>=丁\n软|件=戊")

    assert words.plain("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! 软件 5 软|件") == (
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! 軟體 5 戊"
    )


def test_no_line_of_the_glossary_becomes_markup():
    words = wording("s2twp", "a=\"><script>alert(1)</script>\nb=' onload")

    told = converted("<p title=\"a\" alt='b' id=a>a b</p>", words)

    assert told == (
        '<p title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" '
        "alt='&#x27; onload' id=a>"
        "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &#x27; onload</p>"
    )


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a ", '<a b="', "<a b='", "<!--", "<![CDATA[", "</p>", "<p>", "<p lang=en>"),
        *("&#x", "软", "软@", "软.", "a", "a@", "http", "http://", "http://软", "www.", "<script>"),
        *("<title>", '<a title="软">', "=", '="', "&#36719;", "<?", "a.", "<a/", "<code>", "-"),
        *("@软", "软/", "软a/", "a/软/", "/a", " /a/软", "a/软.", "C:\\", "~/", "软/a.a", "@"),
    ],
)
def test_time_grows_with_the_length(piece):
    def seconds(text):
        start = time.process_time()
        markup.converted(text, TAIWAN)
        feeds.converted(text, TAIWAN)
        return time.process_time() - start

    seconds("软件")
    short = 20_000 // len(piece)

    # the quickest of a few: whoever else uses the machine slows single ones down
    of_long, of_short = (min(seconds(piece * n) for _ in range(3)) for n in (short * 8, short))
    assert of_long < max(0.05, 8 * 4 * of_short)


def test_deep_data_stays_as_it_is():
    text = "[" * 100_000

    assert structured.structured_data(text, TAIWAN) == text


def test_threads_share_a_wording():
    text = "<p>软件、程序和网络。</p>" * 50
    told = converted(text)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(converted, [text] * 64))

    assert answers == {told}
