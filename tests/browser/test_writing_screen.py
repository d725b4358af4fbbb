"""The writing screen in a real browser: keys, counts, names, panels, full screen, pasting."""

import re

import pytest
from django.urls import reverse

from articles.body.text import count_characters, counting_rule, reading_minutes
from articles.models import Article
from articles.workflow import Stage
from tests import factories
from tests.body.test_pasted import EXPECTED, clipboard
from tests.browser.test_desk import EDITOR, PASTE, look, paste, press, save, settle, step_into

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

TIDY = re.compile(r"/article/tidy/$")
TITLE = "#id_title"


@pytest.fixture
def page(open_as, charlie):
    return open_as("charlie")


@pytest.fixture
def story():
    return factories.draft(body="<p>甲</p>\n<p>乙</p>")


@pytest.fixture
def held(page):
    """What is pasted waits, until the test lets it go."""
    routes = []

    def hold(route):
        routes.append(route)

    page.route(TIDY, hold)
    return routes


def stored(page):
    return page.locator("[data-desk-body]").input_value()


def wait_for_stored(page, html):
    page.wait_for_function(
        "html => document.querySelector('[data-desk-body]').value === html", arg=html
    )


def names(page):
    rows = page.locator("[name=bylines-author]")
    return [name for name in rows.evaluate_all("rows => rows.map((r) => r.value)") if name]


# Counting

MIXED = [
    "<p>GPT-5 与 iPhone 17 Pro 的 3.5 倍速度，don't 也算一个词。</p>",
    "<p>日本語とカタカナ、한국어、ﾊﾝｶｸ，以及 naïve café Ελλάδα</p>",
    "<h2>标题</h2><ul><li>一二</li><li>three four</li></ul><blockquote><p>引</p></blockquote>",
    "<p>the <strong>f</strong>ox</p><p>第一行<br>second</p><p>1,024 １２３ ① Ⅷ ½ x²</p>",
    '<figure><img src="/a.png" alt="不算"><figcaption>图<small>来源</small></figcaption></figure>',
    '<figure data-embed="youtube:dQw4w9WgXcQ"><a>不</a><figcaption>算</figcaption></figure>',
    "<table><caption>表</caption><tbody><tr><td>甲</td><td>b</td></tr></tbody></table>",
    "<pre><code>def f(x):\n    return x_1</code></pre><p>𠀀𱍏 〇々 e\u0301té a&amp;b</p>",
    "<details><summary>展开</summary><p>内容</p></details><p><ruby>漢<rt>kan</rt></ruby></p>",
    f"<p>{'字' * 401}</p>",
    "",
]

COUNT = """async ([html, rule]) => {
  const { count } = await import("desk/counting")
  return count(html, rule)
}"""


def test_the_desk_counts_while_typing_as_the_newsroom_does_when_publishing(page, newsroom, story):
    look(page, newsroom, story)

    counted = [page.evaluate(COUNT, [html, counting_rule()]) for html in MIXED]

    assert counted == [
        {"characters": count_characters(html), "minutes": reading_minutes(html)} for html in MIXED
    ]


def test_characters_and_reading_time_follow_the_keyboard(page, newsroom, story):
    look(page, newsroom, story)

    step_into(page.locator(f"{EDITOR} > p").first)
    press(page, "End")
    page.keyboard.type("再写三字 and two")

    page.wait_for_function("/^8/.test(document.querySelector('[data-desk-counts]').textContent)")


@pytest.mark.parametrize(("length", "is_long"), [(30, "false"), (31, "true")])
def test_a_title_over_thirty_characters_is_warned_about(page, newsroom, story, length, is_long):
    look(page, newsroom, story)

    page.fill(TITLE, "题" * length)

    count = page.locator("[data-desk-count=title]")
    assert str(length) in count.text_content()
    assert count.get_attribute("data-is-long") == is_long


# Keys


def test_a_key_saves(page, newsroom, story):
    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+End")
    page.keyboard.type("丙")

    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("Control+s")

    story.refresh_from_db()
    assert story.body == "<p>甲</p>\n<p>乙丙</p>"


def test_a_key_submits_after_a_question(open_as, newsroom, wanda, snapshot):
    page = open_as("wanda")
    page.goto(newsroom + reverse("admin:articles_article_add"))
    page.fill(TITLE, snapshot.title)
    step_into(page.locator(EDITOR))
    page.keyboard.type("正文。")
    save(page)
    step_into(page.locator(EDITOR))

    page.keyboard.press("Control+Enter")
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.click(".desk-dialog .desk-button-primary")

    assert "desk-bar" in page.content()
    assert Article.objects.get().events.exists()


def test_a_question_that_is_answered_with_no_does_nothing(page, newsroom, in_review):
    look(page, newsroom, in_review)
    step_into(page.locator(EDITOR))

    page.keyboard.press("Control+Shift+Enter")
    page.locator(".desk-dialog").wait_for()
    page.keyboard.press("Escape")
    page.locator(".desk-dialog").wait_for(state="detached")

    in_review.refresh_from_db()
    assert in_review.stage == Stage.IN_REVIEW


def test_a_key_publishes_after_a_question(page, newsroom, in_review):
    look(page, newsroom, in_review)
    step_into(page.locator(EDITOR))

    page.keyboard.press("Control+Shift+Enter")
    page.locator(".desk-dialog").wait_for()
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("Enter")

    in_review.refresh_from_db()
    assert in_review.stage == Stage.LIVE


COMPOSED = """() => {
  window.sent = 0
  document.getElementById("article_form").addEventListener("submit", (event) => {
    event.preventDefault()
    window.sent += 1
  })
  const told = { bubbles: true, cancelable: true, ctrlKey: true, code: "KeyS", key: "s" }
  const body = document.querySelector(".desk-editor .ProseMirror")
  for (const composing of [{ isComposing: true }, { keyCode: 229 }, {}]) {
    body.dispatchEvent(new KeyboardEvent("keydown", { ...told, ...composing }))
  }
  return window.sent
}"""


def test_a_key_of_an_input_method_is_no_shortcut(page, newsroom, story):
    look(page, newsroom, story)

    sent = page.evaluate(COMPOSED)

    assert sent == 1  # the last key, which nobody composes with


def test_the_keys_are_listed(page, newsroom, story):
    look(page, newsroom, story)

    page.click("[data-desk-help]")

    listed = page.locator(".desk-keys dt").all_text_contents()
    assert listed[:3] == ["保存", "提交审核", "发布"]


def test_enter_in_the_title_saves(page, newsroom, story):
    look(page, newsroom, story)
    page.fill(TITLE, "新的标题")

    with page.expect_navigation(wait_until="domcontentloaded"):
        page.press(TITLE, "Enter")

    story.refresh_from_db()
    assert story.title == "新的标题"
    assert story.stage == Stage.DRAFT


# Bylines


@pytest.fixture
def byline_story(author):
    return factories.draft(authors=[author, factories.author("乙"), factories.author("丙")])


def test_a_name_is_dragged_to_its_place(page, newsroom, byline_story):
    look(page, newsroom, byline_story)
    handle = page.locator("[data-handle]").nth(2)
    handle.scroll_into_view_if_needed()
    box, above = handle.bounding_box(), page.locator("[data-row]").first.bounding_box()

    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, above["y"] + 30, steps=8)
    page.mouse.move(box["x"] + 5, above["y"] + 2, steps=4)
    page.mouse.up()
    save(page)

    byline_story.refresh_from_db()
    assert [b.author.name for b in byline_story.bylines.all()] == ["丙", "林墨", "乙"]


def test_a_drag_that_is_given_up_changes_nothing(page, newsroom, byline_story):
    look(page, newsroom, byline_story)
    handle = page.locator("[data-handle]").nth(1)
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()

    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] - 120, steps=6)
    moved = names(page)
    page.keyboard.press("Escape")
    page.mouse.up()

    assert moved == ["乙", "林墨", "丙"]
    assert names(page) == ["林墨", "乙", "丙"]


def test_a_name_is_moved_by_keys_and_keeps_the_focus(page, newsroom, byline_story):
    look(page, newsroom, byline_story)
    page.locator("[data-handle]").nth(1).focus()

    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    assert names(page) == ["林墨", "丙", "乙"]
    assert (
        page.evaluate("document.activeElement.closest('[data-row]').querySelector('input').value")
        == "乙"
    )


# Panels


def test_a_panel_stays_as_it_was_left(page, newsroom, story):
    look(page, newsroom, story)
    source = page.locator("[data-desk-panel=source]")
    filing = page.locator("[data-desk-panel=filing]")

    source.locator("summary").click()
    filing.locator("summary").click()
    settle(page)
    page.reload(wait_until="domcontentloaded")

    assert source.evaluate("panel => panel.open")
    assert not filing.evaluate("panel => panel.open")


def test_a_panel_with_something_wrong_is_open(page, newsroom, story):
    look(page, newsroom, story)
    page.locator("[data-desk-panel=bylines] summary").click()
    settle(page)
    page.evaluate("document.querySelector('[name=bylines-author]').value = '没有此人'")

    save(page)

    assert page.locator("[data-desk-panel=bylines]").evaluate("panel => panel.open")
    assert "没有此人" in page.locator("[data-desk-panel=bylines] .errorlist").text_content()


def test_the_column_comes_over_the_story_where_there_is_no_room(page, newsroom, story):
    page.set_viewport_size({"width": 800, "height": 900})
    look(page, newsroom, story)
    side = page.locator("[data-desk-side]")

    hidden = side.is_hidden()
    page.click("[data-desk-side-button]")
    shown = side.is_visible()
    page.keyboard.press("Escape")

    assert hidden
    assert shown
    assert side.is_hidden()


@pytest.mark.parametrize("width", [360, 768, 1024, 1280])
def test_nothing_is_wider_than_the_window(page, newsroom, width):
    story = factories.draft(title="很长" * 40, body=EXPECTED["word"])
    page.set_viewport_size({"width": width, "height": 800})

    look(page, newsroom, story)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_buttons_of_the_bar_are_large_enough_for_fingers(page, newsroom, story):
    page.set_viewport_size({"width": 800, "height": 900})
    look(page, newsroom, story)

    sizes = page.locator(".desk-bar :is(button, a):visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map((b) => [b.width, b.height])"
    )

    assert len(sizes) >= 4
    assert all(width >= 44 and height >= 44 for width, height in sizes)


def test_what_leads_furthest_stays_in_the_bar_of_a_tablet(page, newsroom, in_review):
    page.set_viewport_size({"width": 800, "height": 900})
    look(page, newsroom, in_review)

    shown = page.locator(".desk-bar [name=_verb]:visible")

    assert shown.evaluate_all("all => all.map((b) => b.value)") == ["approve_and_publish"]


def test_search_results_are_shown_as_one_writes(page, newsroom, story):
    look(page, newsroom, story)
    page.click("[data-desk-panel=search] summary")

    page.fill(TITLE, "搜索里的标题")
    page.fill("#id_standfirst", "导语会出现在搜索里。")
    by_title = page.locator("[data-search-title]").text_content()
    page.fill("#id_seo_title", "另一个标题")

    assert "搜索里的标题" in by_title
    assert "另一个标题" in page.locator("[data-search-title]").text_content()
    assert page.locator(".desk-result [data-description]").text_content() == "导语会出现在搜索里。"


# Full screen


def test_full_screen_leaves_only_the_story_and_the_cursor_where_it_was(page, newsroom, story):
    look(page, newsroom, story)
    step_into(page.locator(f"{EDITOR} > p").first)
    press(page, "End")

    page.keyboard.press("Alt+Shift+f")
    page.keyboard.type("一")
    alone = [page.locator(one).is_visible() for one in (".desk-side", "#header-inner", TITLE)]
    page.keyboard.press("Escape")
    page.keyboard.type("二")

    assert alone == [False, False, True]
    assert page.locator(".desk-side").is_visible()
    assert stored(page) == "<p>甲一二</p>\n<p>乙</p>"


# Watching the form


def test_every_change_of_the_form_is_told(page, newsroom, story, category):
    look(page, newsroom, story)
    page.evaluate(
        "import('desk/story').then(({ onStoryChange }) => {"
        "window.told = new Set(); onStoryChange((name) => window.told.add(name)) })"
    )

    page.fill(TITLE, "改")
    step_into(page.locator(EDITOR))
    page.keyboard.type("改")
    page.fill("[name=bylines-author]", "改")
    page.fill("#id_tags", "改")
    page.evaluate("django.jQuery('#id_category').val(null).trigger('change')")
    page.select_option("#id_kind", "feature")

    told = set(page.evaluate("[...window.told]"))
    assert {"title", "body", "bylines", "tags", "category", "kind"} <= told


def test_the_state_of_the_form_is_what_a_save_sends(page, newsroom, story):
    look(page, newsroom, story)
    page.fill(TITLE, "状态")

    state = page.evaluate("import('desk/story').then((s) => Object.fromEntries(s.formState()))")

    assert state["title"] == "状态"
    assert state["body"] == story.body
    assert state["based_on"] == str(story.working_revision_id)
    assert "_continue" not in state


# Pasting


@pytest.mark.parametrize("program", ["word", "wechat", "docs"])
def test_what_another_program_copied_becomes_a_body_like_the_rest(page, newsroom, program):
    story = factories.draft(body="<p>旧</p>")
    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+a")

    paste(page, clipboard(program))
    save(page)

    story.refresh_from_db()
    assert story.body == EXPECTED[program]


def test_what_was_left_out_is_said(page, newsroom, story):
    look(page, newsroom, story)
    step_into(page.locator(EDITOR))

    paste(page, clipboard("page"))

    assert "微博复制链接" in page.locator("[data-notice=pasting]").text_content()


def test_one_step_takes_back_what_was_pasted_whatever_was_typed_since(page, newsroom, held, story):
    look(page, newsroom, story)
    step_into(page.locator(f"{EDITOR} > p").first)
    press(page, "End")

    with page.expect_request(TIDY):
        page.evaluate(PASTE, "<p>粘贴</p><p><b>两段</b></p>")
    page.keyboard.type("打字")
    held[0].continue_()
    wait_for_stored(page, "<p>甲粘贴</p>\n<p><strong>两段</strong>打字</p>\n<p>乙</p>")
    press(page, "Control+z")

    assert stored(page) == "<p>甲打字</p>\n<p>乙</p>"


def test_what_is_chosen_gives_way_only_when_the_rest_arrives(page, newsroom, held, story):
    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+a")

    with page.expect_request(TIDY):
        page.evaluate(PASTE, "<p>新</p>")
    meanwhile = stored(page)
    held[0].continue_()
    wait_for_stored(page, "<p>新</p>")
    press(page, "Control+z")

    assert meanwhile == story.body
    assert stored(page) == story.body


def test_a_story_that_is_saved_meanwhile_waits(page, newsroom, held, story):
    look(page, newsroom, story)
    step_into(page.locator(f"{EDITOR} > p").first)
    press(page, "End")

    with page.expect_request(TIDY):
        page.evaluate(PASTE, "<p>晚到</p>")
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.keyboard.press("Control+s")
        page.locator(".desk-waiting:not(:empty)").wait_for()
        held[0].continue_()

    story.refresh_from_db()
    assert story.body == "<p>甲晚到</p>\n<p>乙</p>"


def test_without_an_answer_it_is_tidied_here_and_that_is_said(page, newsroom, story):
    page.route(TIDY, lambda route: route.abort())
    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+a")

    paste(page, '<p onclick="x()">离线<b>粗体</b></p>')

    assert stored(page) == "<p>离线<strong>粗体</strong></p>"
    assert page.locator("[data-notice=pasting]").text_content().strip()


COPY = """() => {
  const clipboardData = new DataTransfer()
  const more = { clipboardData, bubbles: true, cancelable: true }
  const body = document.querySelector(".desk-editor .ProseMirror")
  body.dispatchEvent(new ClipboardEvent("copy", more))
  return clipboardData.getData("text/html")
}"""


def test_what_was_copied_here_is_sent_nowhere(page, newsroom, held, story):
    look(page, newsroom, story)
    step_into(page.locator(EDITOR))
    press(page, "Control+a")
    ours = page.evaluate(COPY)
    press(page, "ArrowRight")

    page.evaluate(PASTE, ours)
    settle(page)

    assert held == []
    assert stored(page) == "<p>甲</p>\n<p>乙甲</p>\n<p>乙</p>"
