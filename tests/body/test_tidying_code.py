"""Code, escaping, and angle brackets that are words rather than markup."""

import pytest

from articles.body.samples import language_of
from articles.body.tidying import tidy


def body(html: str) -> str:
    return tidy(html).html


def block(code: str, language: str = "") -> str:
    attribute = f' class="language-{language}"' if language else ""
    return f"<pre><code{attribute}>{code}</code></pre>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<pre>a\n  b</pre>", block("a\n  b"), id="pre alone"),
        pytest.param("<pre><code>a\n\n\tb\n</code></pre>", block("a\n\n\tb"), id="pre and code"),
        pytest.param("<p><code>a = 1\nb = 2</code></p>", block("a = 1\nb = 2"), id="lines in code"),
        pytest.param("<p>用 <code>a b</code> 吧</p>", "<p>用 <code>a b</code> 吧</p>", id="inline"),
        pytest.param("<pre>a<br>b<br/>c</pre>", block("a\nb\nc"), id="breaks are lines"),
        pytest.param("<pre><code>a\xa0=\xa01</code></pre>", block("a = 1"), id="hard spaces"),
        pytest.param(
            '<pre><code><span class="k">if</span> <span class="n">x</span>:</code></pre>',
            block("if x:"),
            id="highlighting",
        ),
        pytest.param(
            "<code><span><span>math</span></span></code>",
            "<p><code>math</code></p>",
            id="bare spans",
        ),
        pytest.param(
            '<pre><div class="line">a</div><div class="line">b</div></pre>',
            block("a\nb"),
            id="line boxes",
        ),
        pytest.param(
            "<pre><code>a</code><code>b</code></pre>", block("a\nb"), id="a code each line"
        ),
        pytest.param(
            '<pre><span class="line-numbers">1</span>a</pre>', block("a"), id="line numbers"
        ),
        pytest.param(
            '<pre><code>a\n<span class="copy-code-btn">复制代码</span></code></pre>',
            block("a"),
            id="copy button",
        ),
        pytest.param("<pre><code>a\nb\n复制代码</code></pre>", block("a\nb"), id="copy words"),
        pytest.param("<pre>a <button>Copy</button></pre>", block("a"), id="button"),
        pytest.param(
            "<pre>\\begin&#123;x&#125; &#123;\\F</pre>", block("\\begin{x} {\\F"), id="cut off"
        ),
        pytest.param("<pre><code>a\nb", block("a\nb"), id="never closed"),
    ],
)
def test_code_is_kept_to_the_character(source, expected):
    assert body(source) == expected


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        ({"class": "language-javascript"}, "javascript"),
        ({"class": "lang-py"}, "python"),
        ({"class": "brush:bash;toolbar:false"}, "bash"),
        ({"class": "brush: java"}, "java"),
        ({"class": "hljs typescript copyable"}, "typescript"),
        ({"class": "highlight-source-shell"}, "shell"),
        ({"lang": "go"}, "go"),
        ({"lang": "zh"}, ""),
        ({"data-lang": "c++"}, "cpp"),
        ({"class": "copyable"}, ""),
        ({"class": "language-plaintext"}, ""),
        ({"class": "language-<x>"}, ""),
        ({}, ""),
    ],
    ids=str,
)
def test_the_language_is_read_from_whatever_says_it(attributes, language):
    assert language_of(attributes) == language


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('<pre class="language-go"><code>x</code></pre>', id="on pre"),
        pytest.param('<pre><code lang="go">x</code></pre>', id="on code"),
        pytest.param('<pre class="brush:go;toolbar:false">x</pre>', id="brush"),
        pytest.param('<div class="highlight-source-go"><pre>x</pre></div>', id="around it"),
    ],
)
def test_a_code_block_carries_its_language(source):
    assert body(source) == block("x", "go")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<p>写 &#123;&#125; 即可</p>", "<p>写 {} 即可</p>", id="braces"),
        pytest.param(
            "<p>&#123;&#123; 1+1 &#125;&#125; &#123;% load x %&#125;</p>",
            "<p>{{ 1+1 }} {% load x %}</p>",
            id="template syntax stays text",
        ),
        pytest.param(
            "<p>A & B &amp; C &lt;b&gt;</p>", "<p>A &amp; B &amp; C &lt;b&gt;</p>", id="ampersands"
        ),
        pytest.param(
            "<p>?a=1&copy=2&times=3</p>",
            "<p>?a=1&amp;copy=2&amp;times=3</p>",
            id="no entity without a semicolon",
        ),
        pytest.param(
            "<p>1 < 2 > 0, a <- b, <3</p>", "<p>1 &lt; 2 &gt; 0, a &lt;- b, &lt;3</p>", id="signs"
        ),
        pytest.param("<p>菜单 > 选项</p>", "<p>菜单 &gt; 选项</p>", id="arrow"),
        pytest.param(
            "<p>从 <源路径> 到 <目标></p>",
            "<p>从 &lt;源路径&gt; 到 &lt;目标&gt;</p>",
            id="ideographs in brackets",
        ),
    ],
)
def test_what_was_never_escaped_is_read_as_it_was_meant(source, expected):
    assert body(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "<p>状态为 <missing> 的层</p>", "<p>状态为 &lt;missing&gt; 的层</p>", id="unknown"
        ),
        pytest.param(
            "<p>元素 <meter> 能读了</p><p>后</p>",
            "<p>元素 &lt;meter&gt; 能读了</p>\n<p>后</p>",
            id="rare element",
        ),
        pytest.param(
            "<p>把 <script> 标签放在末尾</p><p>后</p>",
            "<p>把 &lt;script&gt; 标签放在末尾</p>\n<p>后</p>",
            id="script",
        ),
        pytest.param(
            "<p>在 <script> 与 </script> 之间</p>",
            "<p>在 &lt;script&gt; 与 &lt;/script&gt; 之间</p>",
            id="script and its end",
        ),
        pytest.param(
            "<p>先 <script> 开</p><p>后 </script> 关</p>",
            "<p>先 &lt;script&gt; 开</p>\n<p>后 &lt;/script&gt; 关</p>",
            id="script over paragraphs",
        ),
        pytest.param(
            "<p>每个 <div> 都要闭合</p>", "<p>每个 &lt;div&gt; 都要闭合</p>", id="div in a sentence"
        ),
        pytest.param(
            "<p>插入 <img> 即可</p>", "<p>插入 &lt;img&gt; 即可</p>", id="img without anything"
        ),
        pytest.param("<p>if a<b && b>c</p>", "<p>if a&lt;b &amp;&amp; b&gt;c</p>", id="comparison"),
        pytest.param(
            "<p>类型 List<String> 与 Map<K,V></p>",
            "<p>类型 List&lt;String&gt; 与 Map&lt;K,V&gt;</p>",
            id="generics",
        ),
        pytest.param(
            "<p>写信给 <desk@e.cn></p>", "<p>写信给 &lt;desk@e.cn&gt;</p>", id="mail address"
        ),
        pytest.param(
            "<p>没有关的注释 <!-- 在这里</p>",
            "<p>没有关的注释 &lt;!-- 在这里</p>",
            id="open comment",
        ),
        pytest.param(
            "<code><h1>love</code>就会报错",
            "<p><code>&lt;h1&gt;love</code>就会报错</p>",
            id="in code, unclosed",
        ),
        pytest.param(
            '<code><img src="" /></code>',
            '<p><code>&lt;img src="" /&gt;</code></p>',
            id="in code, no address",
        ),
        pytest.param(
            '<pre>var a = <div className="x"><b>1</b></div>;</pre>',
            block('var a = &lt;div className="x"&gt;&lt;b&gt;1&lt;/b&gt;&lt;/div&gt;;'),
            id="in a sample",
        ),
        pytest.param(
            "<pre><script>alert(1)</script></pre>",
            block("&lt;script&gt;alert(1)&lt;/script&gt;"),
            id="script in a sample",
        ),
        pytest.param("<pre>i<n; i<b</pre>", block("i&lt;n; i&lt;b"), id="less than in a sample"),
    ],
)
def test_angle_brackets_that_are_words_survive_as_text(source, expected):
    assert body(source) == expected


def test_revealed_words_are_reported():
    result = tidy("<p>状态 <missing></p><pre><h1>x</h1></pre>")

    assert [(one.kind, one.text) for one in result.dropped] == [
        ("revealed", "<h1>"),
        ("revealed", "</h1>"),
        ("revealed", "<missing>"),
    ]
