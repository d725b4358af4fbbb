"""The allow-list: what passes, what is escaped, what goes, and every known way round it."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body.sanitising import sanitise, sanitise_rendered
from articles.body.tidying import canonical, tidy
from articles.body.vocabulary import RENDERED, STORED
from tests.body.hostile import VECTORS

BOTH = pytest.mark.parametrize("clean", [sanitise, sanitise_rendered])
ADDRESSES = {"href", "src", "poster"}


def faults(html: str, vocabulary) -> list[str]:
    """What in some HTML, as a browser reads it, is not of a vocabulary."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if element is tree or element.tag in {"DOCUMENT_FRAGMENT", "tbody"}:
            continue
        if not isinstance(element.tag, str) or element.tag not in vocabulary:
            found.append(f"<{element.tag}>")
            continue
        found += [
            f"{element.tag}[{name}={value}]"
            for name, value in element.attrib.items()
            if name not in vocabulary[element.tag] or not is_harmless(name, value)
        ]
    return found


def is_harmless(name: str, value: str) -> bool:
    if name not in ADDRESSES:
        return True
    bare = "".join(one for one in value if one.isprintable() and not one.isspace()).lower()
    scheme = bare.partition(":")[0] if ":" in bare.partition("/")[0] else ""
    return scheme in {"", "http", "https", "mailto"}


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲 &amp; 乙 &lt;b&gt;</p>",
        "<h2>题</h2>\n<p><strong>a</strong> <em>b</em> <u>c</u> <s>d</s> <sub>e</sub></p>",
        '<ol start="3">\n<li>甲</li>\n</ol>',
        '<pre><code class="language-c++">a &lt; b\n  c</code></pre>',
        '<table>\n<tbody>\n<tr><td colspan="2" rowspan="3">x</td></tr>\n</tbody>\n</table>',
        '<table>\n<thead>\n<tr><th scope="col">x</th></tr>\n</thead>\n</table>',
        (
            '<figure><img src="https://e.cn/a.png" alt="x" width="1" height="2" data-image="7">'
            "<figcaption>图<small>来源：某社</small></figcaption></figure>"
        ),
        '<figure><img src="/media/a.png" alt=""></figure>',
        '<p><a href="https://e.cn/?a=1&amp;b=2" title="t" rel="noopener">x</a></p>',
        '<p><a href="/articles/1/">x</a> <a href="#n">y</a> <a href="mailto:a@e.cn">z</a></p>',
        (
            '<figure data-embed="bilibili:BV1xx411c7mD"><a href="https://www.bilibili.com/video/'
            'BV1xx411c7mD" rel="noopener">bilibili</a></figure>'
        ),
        '<video src="https://e.cn/v.mp4" poster="/p.jpg" controls="" width="1" height="2"></video>',
        '<audio controls=""><source src="https://e.cn/a.mp3" type="audio/mpeg"></audio>',
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>",
        "<details>\n<summary>问</summary>\n<p>答</p>\n</details>",
        "<dl>\n<dt>甲</dt>\n<dd>乙</dd>\n</dl>",
        "<blockquote>\n<p>引</p>\n</blockquote>\n<hr>\n<p>a<br>b <kbd>c</kbd> <mark>d</mark></p>",
    ],
)
@BOTH
def test_the_vocabulary_passes_unchanged(clean, html):
    assert clean(html) == html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<missing>", "&lt;missing&gt;", id="unknown elements are text"),
        pytest.param("<div>x</div>", "&lt;div&gt;x&lt;/div&gt;", id="even harmless ones"),
        pytest.param("a<script>b</script>c", "ac", id="scripts go with their content"),
        pytest.param("a<STYLE>b</STYLE>c", "ac", id="styles too"),
        pytest.param("a<svg><p>b</p></svg>c<math><mi>d</mi></math>e", "ace", id="drawings too"),
        pytest.param("a<!-- b -->c", "ac", id="comments go"),
        pytest.param(
            '<p class="x" id="y" style="z" onclick="q">a</p>', "<p>a</p>", id="attributes go"
        ),
        pytest.param(
            '<a href="https://e.cn">a</a>',
            '<a href="https://e.cn" rel="noopener">a</a>',
            id="outside",
        ),
        pytest.param(
            '<a rel="opener" href="//e.cn">a</a>',
            '<a href="//e.cn" rel="noopener">a</a>',
            id="protocol-relative",
        ),
        pytest.param('<a href="/a" rel="nofollow">a</a>', '<a href="/a">a</a>', id="inside no rel"),
        pytest.param('<a href="javascript:x">a</a>', "a", id="a link to nowhere is text"),
        pytest.param("<a>a</a>", "a", id="a link without address is text"),
        pytest.param('<img src="data:x">', "", id="a picture of nothing goes"),
        pytest.param('<img src="a.png">', '<img src="a.png" alt="">', id="a picture has an alt"),
        pytest.param("<pre>\n\n\nx</pre>", "<pre>x</pre>", id="newlines a parser would eat"),
        pytest.param("<p>a<p>b", "<p>a</p><p>b</p>", id="ends are written"),
    ],
)
def test_what_is_not_of_the_vocabulary_is_escaped_or_goes(source, expected):
    assert sanitise(source) == expected


@pytest.mark.parametrize(
    "html",
    [
        (
            '<div class="table-scroll" role="region" tabindex="0" aria-label="表">'
            "<table></table></div>"
        ),
        (
            '<figure class="embed"><iframe src="/embed/youtube/dQw4w9WgXcQ/" title="x" '
            'loading="lazy" allowfullscreen=""></iframe></figure>'
        ),
        (
            '<picture><source type="image/avif" srcset="/media/a.avif 400w, /media/b.avif 800w" '
            'sizes="(max-width: 40rem) 100vw, 40rem"><img src="/media/a.jpg" alt="" width="4" '
            'height="3" loading="lazy" decoding="async" fetchpriority="high"></picture>'
        ),
        '<h2 id="s-第-1-节">x</h2>',
    ],
)
def test_what_rendering_adds_passes_only_there(html):
    assert sanitise_rendered(html) == html
    assert sanitise(html) != html


@pytest.mark.parametrize(
    "html",
    [
        '<div class="admin">x</div>',
        '<iframe src="https://evil.example/embed/x/"></iframe>',
        '<iframe src="//evil.example/embed/x/y/"></iframe>',
        '<iframe src="/embed/x/y/../../"></iframe>',
        '<iframe src="/admin/"></iframe>',
        '<source srcset="javascript:x 1x">',
        '<h2 id="1 x">y</h2>',
        '<h2 id="admin">y</h2>',
        '<h5 id="s-admin">y</h5>',
    ],
)
def test_rendered_html_holds_nobody_elses_frames_and_classes(html):
    result = sanitise_rendered(html)

    assert not any(word in result for word in ("admin", "evil", "..", "javascript", "1 x"))


# hostile


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize(
    ("clean", "vocabulary"),
    [(sanitise, STORED), (sanitise_rendered, RENDERED)],
    ids=["stored", "rendered"],
)
def test_no_known_vector_gets_through(clean, vocabulary, vector):
    result = clean(f"<p>前</p>{vector}<p>后</p>")

    assert faults(result, vocabulary) == []
    assert clean(result) == result


@pytest.mark.parametrize("vector", VECTORS)
def test_no_known_vector_gets_through_tidying(vector):
    result = tidy(f"<p>前</p>{vector}<p>后</p>").html

    assert faults(result, STORED) == []
    assert sanitise(result) == result


def test_there_are_enough_vectors():
    assert len(set(VECTORS)) >= 60


PIECES = st.sampled_from(
    [
        *(f"<{name}>" for name in (*RENDERED, "script", "style", "svg", "math", "noscript", "x")),
        *(f"</{name}>" for name in (*RENDERED, "script", "style", "svg", "math", "noscript", "x")),
        *('<a href="', "<img src='", '">', "'>", "<!--", "-->", "<", ">", "&lt;", "&", "\n", "\0"),
        *(" onerror=alert(1) ", "javascript:", "甲", "<p title=`", "]]>", "<![CDATA[", "&#106;"),
    ]
)
MARKUP = st.one_of(
    st.text(), st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join)
)


@given(MARKUP)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_whatever_comes_in_the_result_is_of_the_vocabulary_and_stays_itself(text):
    result = sanitise(text)

    assert faults(result, STORED) == []
    assert sanitise(result) == result


@given(MARKUP)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_whatever_comes_in_the_rendered_result_is_of_its_vocabulary(text):
    result = sanitise_rendered(text)

    assert faults(result, RENDERED) == []
    assert sanitise_rendered(result) == result


@given(MARKUP)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_what_an_editor_saves_has_one_spelling(text):
    result = canonical(sanitise(text))

    assert canonical(result) == result
    assert sanitise(result) == result


@given(MARKUP)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_whatever_is_tidied_is_canonical_and_may_be_stored(text):
    result = tidy(text).html

    assert canonical(result) == result
    assert sanitise(result) == result


@pytest.mark.parametrize(
    "text",
    ["\x00\x0c\x1f", "&#0;&#12;&#x1f;", "&#xd800;&#xfffe;", "&#&#12;12;", "&#9999999;", "\ud800"],
)
def test_characters_no_html_may_hold_go(text):
    html = f"<p>前{text}后</p>"

    assert sanitise(html) == canonical(html) == tidy(html).html == "<p>前后</p>"
