"""An editor's day in a real browser: writing, approving, publishing, and losing nothing."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from articles.body.tidying import canonical
from articles.desk import importing, writing
from articles.models import Article
from articles.workflow import Stage
from tests import factories

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
EDITOR = ".desk-editor .ProseMirror"

# Every word a stored body may use, in sentences of our own.
EVERYTHING = canonical("""
<h2>小标题</h2>
<p>正文有<strong>重点、<em>强调</em>和<a href="https://example.com/" title="题">链接</a></strong>，
还有<u>下划线</u>、<s>删去</s>、H<sub>2</sub>O、x<sup>2</sup>、<code>代码</code>、<kbd>Ctrl</kbd>、
<mark>标记</mark>、<small>小字</small>和<a href="https://example.com/a"><strong>粗链接</strong></a>。<br>第二行</p>
<ul><li>甲</li><li>乙<ul><li>乙一</li><li>乙二</li></ul></li><li><p>一段</p><p>又一段</p></li></ul>
<ol start="3"><li>三</li><li value="7">七</li></ol>
<blockquote><p>引用</p><ul><li>引用里的列表</li></ul></blockquote>
<pre><code class="language-python">def f(x):
    return x &lt; 1  # 两行

</code></pre>
<table><caption>表格<strong>标题</strong></caption>
<thead><tr><th scope="col">列</th><th colspan="2">两列</th></tr></thead>
<tbody><tr><td rowspan="2">甲</td><td>乙</td><td>丙</td></tr>
<tr><td>丁</td><td><p>一</p><p>二</p></td></tr></tbody>
<tfoot><tr><td>计</td><td>1</td><td>2</td></tr></tfoot></table>
<figure><img src="/media/a.png" alt="图" width="64" height="36" data-image="7">
<figcaption>图 1：说明<small>来源：甲社</small></figcaption></figure>
<figure><img src="https://example.com/b.jpg" alt="">
<figcaption><small>来源：乙社</small></figcaption></figure>
<figure><img src="https://example.com/c.jpg" alt="没有说明"></figure>
<figure data-embed="bilibili:BV1xx411c7mD">
<a href="https://www.bilibili.com/video/BV1xx411c7mD">bilibili</a>
<figcaption>视频</figcaption></figure>
<video src="https://example.com/a.mp4" controls width="640" height="360"></video>
<audio controls><source src="https://example.com/a.mp3" type="audio/mpeg"></audio>
<details><summary>展开</summary><p>折叠的内容</p></details>
<dl><dt>词</dt><dd>解释</dd></dl>
<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字</p>
<hr>
<h3>三级</h3><h4>四级</h4><h5>五级</h5>
<p>最后一段。</p>
""")


def test_a_story_goes_from_wandas_keyboard_to_the_readers(open_as, newsroom, wanda, ellen):
    factories.category("人工智能")
    factories.author("林墨")
    page = open_as("wanda")

    page.goto(newsroom + reverse("admin:articles_article_add"))
    page.fill("#id_title", "浏览器里写成的稿件")
    page.fill("[name=bylines-author]", "林墨")
    page.select_option("#id_category", label="人工智能", force=True)
    step_into(page.locator(EDITOR))
    page.keyboard.type("第一段很重要。")
    press(page, "Enter")
    page.click("[data-name=bold]")
    page.keyboard.type("这句是粗体。")
    page.click("[data-name=bold]")
    save(page)
    save(page, "button[name=_verb][value=submit]")
    editor = open_as("ellen")
    story = Article.objects.get()
    editor.goto(newsroom + reverse("admin:articles_article_change", args=[story.pk]))
    save(editor, "button[name=_verb][value=approve_and_publish]")
    reader = editor.goto(newsroom + story.get_absolute_url())

    story.refresh_from_db()
    assert story.stage == Stage.LIVE
    assert reader.status == 200
    assert "<p>第一段很重要。</p>" in reader.text()
    assert "<strong>这句是粗体。</strong>" in reader.text()


def test_a_body_of_every_word_is_opened_and_saved_unchanged(open_as, newsroom, charlie):
    story = factories.draft(body=EVERYTHING)
    page = open_as("charlie")

    opened = look(page, newsroom, story)
    save(page)

    story.refresh_from_db()
    assert opened["says"] == opened["stored"]
    assert story.working_revision.number == 1
    assert story.body == EVERYTHING


def test_what_the_editor_cannot_edit_is_few_and_kept_whole(open_as, newsroom, charlie):
    story = factories.draft(body=EVERYTHING)
    page = open_as("charlie")

    opened = look(page, newsroom, story)

    kept = [re.match(r"<(\w+)", html)[1] for html in opened["opaque"]]
    assert kept == ["figure", "video", "audio", "details", "dl"]
    assert "data-embed" in opened["opaque"][0]


def test_one_word_more_changes_one_line(open_as, newsroom, charlie):
    story = factories.draft(body=EVERYTHING)
    page = open_as("charlie")

    look(page, newsroom, story)
    step_into(page.locator(f"{EDITOR} > p").last)
    press(page, "End")
    page.keyboard.type("加一句。")
    save(page)

    story.refresh_from_db()
    assert story.working_revision.number == 2
    assert story.body == EVERYTHING.replace("最后一段。", "最后一段。加一句。")


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("italic", "<p><em>字</em></p>"),
        ("bulletList", "<ul>\n<li>字</li>\n</ul>"),
        ("orderedList", "<ol>\n<li>字</li>\n</ol>"),
        ("blockquote", "<blockquote>\n<p>字</p>\n</blockquote>"),
        ("codeBlock", "<pre><code>字</code></pre>"),
    ],
)
def test_a_button_of_the_toolbar_does_what_it_says(open_as, newsroom, charlie, button, expected):
    story = factories.draft(body="<p>字</p>")
    page = open_as("charlie")

    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+a")
    page.click(f"[data-name={button}]")
    save(page)

    story.refresh_from_db()
    assert story.body == expected


def test_a_picture_a_link_and_a_table_are_asked_for_and_stored(open_as, newsroom, charlie):
    story = factories.draft(body="<p>字</p>")
    page = open_as("charlie")

    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+a")
    answer(page, "link", href="https://example.com/a")
    press(page, "Control+End")
    answer(page, "table", rows="2", columns="2")
    page.keyboard.type("列")
    step_into(page.locator(f"{EDITOR} > p").first)
    press(page, "End")
    page.click("[data-name=picture]")
    page.click(".desk-library [data-address]")
    answer(page, "", src="https://example.com/a.png", caption="说明", credit="甲社")
    save(page)

    story.refresh_from_db()
    assert '<a href="https://example.com/a" rel="noopener">字</a>' in story.body
    assert "<th>列</th>" in story.body
    assert '<img src="https://example.com/a.png"' in story.body
    assert "<figcaption>说明<small>甲社</small></figcaption>" in story.body


def test_a_picture_of_the_library_is_chosen_with_its_caption(open_as, newsroom, charlie):
    picture = factories.picture(alt="一块颜色", caption="说明", credit="甲社")
    story = factories.draft(body="<p>字</p>")
    page = open_as("charlie")

    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "End")
    page.click("[data-name=picture]")
    page.fill(".desk-library [type=search]", "一块")
    page.click(".desk-library-found button")
    save(page)

    story.refresh_from_db()
    assert f'data-image="{picture.pk}"' in story.body
    assert f'<img src="{picture.url}"' in story.body
    assert "<figcaption>说明<small>甲社</small></figcaption>" in story.body


@pytest.mark.corpus
def test_no_imported_document_is_changed_by_opening_and_saving_it(open_as, newsroom, charlie):
    if not CORPUS.is_dir():
        pytest.skip("the outlet's documents are not on this machine")
    for path in sorted(CORPUS.glob("*.md")):
        if path.name != "README.md":
            incoming = importing.Incoming(path.stem, path.name, path.read_bytes())
            importing.take_in(incoming, by=None)
    page = open_as("charlie")

    for story in Article.objects.order_by("pk"):
        opened = look(page, newsroom, story)
        assert opened["says"] == opened["stored"], story.title
        assert opened["value"] == writing.working_snapshot(story).body
        assert page.evaluate(SEND), story.title

    changed = Article.objects.filter(working_revision__number__gt=1)
    assert list(changed.values_list("title", flat=True)) == []


LOOK = """async () => {
  const textarea = document.querySelector("textarea[data-desk-body]")
  const { signature } = await import("desk/stored")
  const tree = (html) => {
    const template = document.createElement("template")
    template.innerHTML = html
    return template.content
  }
  const opaque = []
  textarea.deskEditor.state.doc.forEach((node) => {
    if (node.type.name === "opaque") opaque.push(node.attrs.html)
  })
  return {
    value: textarea.value,
    stored: signature(tree(textarea.value)),
    says: signature(tree(textarea.deskStored())),
    opaque,
  }
}"""


# What the button "save" does, without the page that follows.
SEND = """async () => {
  const form = document.getElementById("article_form")
  const body = new FormData(form)
  const answer = await fetch(location.href, { method: "POST", body, redirect: "manual" })
  return answer.type === "opaqueredirect"
}"""


def look(page, newsroom, story):
    """Open a story; what the form holds, and what the editor would say without its memory."""
    address = newsroom + reverse("admin:articles_article_change", args=[story.pk])
    page.goto(address, wait_until="domcontentloaded")
    page.locator(EDITOR).wait_for()
    return page.evaluate(LOOK)


def save(page, button="button[name=_continue]"):
    """Save and stay, and do what the button says; the next page says so when it is done."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.click(button)


def answer(page, button, **answers):
    """Press a button of the toolbar and fill in what it asks."""
    if button:
        page.click(f"[data-name={button}]")
    dialog = page.locator(".prose-editor-dialog")
    for name, value in answers.items():
        dialog.locator(f"[name={name}]").fill(value)
    dialog.locator("button[type=submit]").click()
    page.wait_for_function("document.activeElement.closest('.ProseMirror') !== null")
    settle(page)


def press(page, key):
    """Press a key, and wait until the editor knows of it."""
    page.keyboard.press(key)
    settle(page)


def step_into(place):
    """Click a place in the editor, and wait until it knows that the cursor is there."""
    place.click()
    settle(place.page)


def paste(page, html):
    """Paste into the body, and wait until the desk has tidied it."""
    page.evaluate(PASTE, html)
    page.wait_for_function("document.querySelector('.desk-tidying') === null")
    settle(page)


def settle(page):
    """Let the page finish what it put off.

    The browser tells of a moved cursor a moment later, and the editor takes the focus, with the
    cursor it knows of, in the next frame, and again 20 milliseconds after it got it: a key pressed
    between the two is undone. Of two timers, the one that was set first runs first.
    """
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame("
        "() => requestAnimationFrame(() => setTimeout(done, 20))))"
    )


def let_everything_run(page):
    """Wait until Alpine and a broken picture had their say outside of the editor, put in last."""
    page.evaluate(CANARY)
    page.wait_for_function("document.querySelector('#canary[title] + img[title]')")
    page.evaluate("document.querySelectorAll('#canary, #canary + img').forEach((e) => e.remove())")
    settle(page)


CANARY = """() => {
  const canary = "<p id='canary' x-data x-init='$el.title = 1'></p><img src='data:,'>"
  document.body.insertAdjacentHTML("beforeend", canary)
  const picture = document.body.lastElementChild
  picture.addEventListener("error", () => (picture.title = 1))
}"""


# Hostile: what arrives by the clipboard or by the HTML dialogue runs nothing

RUNS = "window.ran = 1"
HOSTILE = {
    "a list": f'<dl x-data x-init="{RUNS}"><dt>词</dt><dd :class="{RUNS}">解释</dd></dl>',
    "a fold": f'<details x-data><summary x-init="{RUNS}">展</summary><p>文</p></details>',
    "ruby": f'<p x-data><ruby x-data>漢<b x-data x-init="{RUNS}">x</b><rt>k</rt></ruby></p>',
    "a figure": f'<figure><p x-data x-init="{RUNS}">文</p></figure>',
    "a caption": f'<table><caption><b x-data x-init="{RUNS}">表</b></caption>'
    "<tr><td>格</td></tr></table>",
    "a handler": f'<figure><img src="data:," onerror="{RUNS}"><p onclick="{RUNS}">文</p></figure>',
    "a film": f'<video src="javascript:{RUNS}" x-data @error="{RUNS}"></video><p>文</p>',
    "a link": f'<dl><dt><a href=" java&#9;script:{RUNS}">词</a></dt><dd>解释</dd></dl>',
    "a drawing": f'<dl><dt>词<svg x-data x-init="{RUNS}"><a x-init="{RUNS}"/></svg></dt></dl>',
    "a template": f'<dl><dt>词<template x-data x-if="{RUNS}"><b>x</b></template></dt></dl>',
    "the editor's own attributes": '<div data-opaque="&lt;b x-data x-init=window.ran=1&gt;">'
    "文</div>",
    "the editor's own note": '<p data-pm-slice=\'0 0 ["table",{"caption":'
    '"<b x-data x-init=window.ran=1>x</b>"},"tableRow",{},"tableCell",{}]\'>文</p>',
}


@pytest.mark.parametrize("way", ["paste", "html"])
def test_foreign_html_runs_nothing_in_the_editor(open_as, newsroom, charlie, way):
    story = factories.draft(body="<p>字</p>")
    page = open_as("charlie")
    look(page, newsroom, story)

    for html in HOSTILE.values():
        step_into(page.locator(EDITOR))
        press(page, "Control+a")
        if way == "paste":
            paste(page, html)
        else:
            page.click("[data-name=html]")
            page.fill(".prose-editor-dialog [name=html]", html)
            page.click(".prose-editor-dialog button[type=submit]")
        let_everything_run(page)

        left = page.evaluate(LEFT)
        assert left == {"ran": False, "attributes": [], "addresses": []}, html


def test_a_dialogue_of_the_tables_caption_runs_nothing(open_as, newsroom, charlie):
    story = factories.draft(body="<table><tbody><tr><td>格</td></tr></tbody></table>")
    page = open_as("charlie")
    look(page, newsroom, story)

    step_into(page.locator(f"{EDITOR} td"))
    page.evaluate(
        "html => document.querySelector('[data-desk-body]').deskEditor.commands"
        ".updateAttributes('table', { caption: html })",
        f'<b x-data x-init="{RUNS}">表</b>',
    )
    page.click("[data-name=tableCaption]")
    asked = page.locator(".prose-editor-dialog [name=caption]").input_value()

    assert asked == "表"
    assert page.evaluate(LEFT)["attributes"] == []
    assert not page.evaluate(LEFT)["ran"]


def test_alpine_leaves_the_editor_alone(open_as, newsroom, charlie):
    story = factories.draft(body="<p>字</p>")
    page = open_as("charlie")
    look(page, newsroom, story)

    page.evaluate(
        "html => document.querySelector('.desk-editor').insertAdjacentHTML('beforeend', html)",
        HOSTILE["a list"],
    )
    let_everything_run(page)

    assert not page.evaluate(LEFT)["ran"]


def test_words_of_other_programs_become_words_of_ours(open_as, newsroom, charlie):
    story = factories.draft(body="<p>字</p>")
    page = open_as("charlie")
    pasted = (
        '<meta charset="utf-8"><style>p { color: red }</style><!--StartFragment-->'
        '<b style="font-weight:normal"><h1 class="x" style="color:red">题</h1>'
        "<div><span>一段<i>话</i></span></div><section><div>又一段</div></section></b>"
        '<p><a href="https://example.com/" onclick="x()">链接</a></p>'
    )

    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+a")
    paste(page, pasted)
    save(page)

    story.refresh_from_db()
    assert story.body == (
        "<h2>题</h2>\n<p>一段<em>话</em></p>\n<p>又一段</p>\n"
        '<p><a href="https://example.com/" rel="noopener">链接</a></p>'
    )


@pytest.mark.parametrize("picture", ["<p>{}</p>", "{}"], ids=["in a paragraph", "bare"])
def test_a_pasted_picture_becomes_a_figure_and_the_text_stays(open_as, newsroom, charlie, picture):
    story = factories.draft(body="<p>字</p>")
    page = open_as("charlie")
    image = picture.format('<img src="https://pictures.example/a.png" alt="图">')

    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+a")
    paste(page, f"<p>甲</p>{image}<p>乙</p>")
    save(page)

    story.refresh_from_db()
    assert story.body == (
        '<p>甲</p>\n<figure><img src="https://pictures.example/a.png" alt="图"></figure>\n<p>乙</p>'
    )


PASTE = """(html) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/html", html)
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
  document.querySelector(".desk-editor .ProseMirror").dispatchEvent(event)
}"""

# What of hostile HTML is to be seen in the editor: something that ran, or still could.
LEFT = """() => {
  const within = [...document.querySelectorAll(".desk-editor .ProseMirror *")]
  const attributes = within.flatMap((element) => element.getAttributeNames())
  const addresses = within.flatMap((e) => [e.getAttribute("href"), e.getAttribute("src")])
  return {
    ran: "ran" in window,
    attributes: attributes.filter((name) => /^(x-|@|:|on)/.test(name)),
    addresses: addresses.filter((address) => /script/.test(address ?? "")),
  }
}"""
