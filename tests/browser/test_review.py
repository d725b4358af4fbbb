"""A review in a real browser: submitted, noted, sent back, answered, approved and published."""

import json

import pytest
from django.urls import reverse

from articles.body.passages import Passage, find, squeezed
from articles.desk import notes, review
from articles.models import Article, Note, Notification
from articles.workflow import Stage
from tests.browser.autosave.windows import log_in, until

pytestmark = pytest.mark.browser

EDITOR = ".desk-editor .ProseMirror"
TEXT = "工厂今天恢复生产。厂长说：“设备都好。”工厂明天停产。"

SELECT = """quote => {
  const editor = document.querySelector("textarea[data-desk-body]").deskEditor
  editor.state.doc.descendants((node, position) => {
    const at = node.isText ? node.text.indexOf(quote) : -1
    if (at < 0) return
    const from = position + at
    editor.chain().focus().setTextSelection({ from, to: from + quote.length }).run()
  })
}"""


def address(newsroom, story, page="change", *args):
    return newsroom + reverse(f"admin:articles_article_{page}", args=[story.pk, *args])


def press(page, verb):
    """Click a verb in the bar, and wait for the page that follows."""
    with page.expect_navigation():
        page.locator(f'.desk-bar button[name="_verb"][value="{verb}"]').click()


def send(form):
    form.locator("[data-note-send]").click()


def test_a_review_from_the_first_submission_to_the_readers(open_as, newsroom, draft, wanda, ellen):
    writer = open_as("wanda")
    writer.goto(address(newsroom, draft))
    press(writer, "submit")

    editor = open_as("ellen")
    editor.goto(f"{newsroom}/admin/")
    assert editor.locator(".desk-bell b").text_content() == "1"
    editor.goto(address(newsroom, draft))
    editor.wait_for_selector(EDITOR)
    editor.evaluate(SELECT, "今天")
    editor.click('.desk-toolbar [data-name="note"]')
    editor.keyboard.type("哪一天？@")
    editor.keyboard.press("Enter")
    assert editor.locator('[data-note-form="add"] textarea').input_value() == "哪一天？@Wanda "
    send(editor.locator('[data-note-form="add"]'))
    editor.wait_for_selector(".desk-noted")
    assert editor.locator(".desk-noted").all_text_contents() == ["今天"]
    editor.goto(
        newsroom + reverse("admin:articles_article_verb", args=[draft.pk, "request_changes"])
    )
    editor.fill("textarea[name=comment]", "请写明日期。")
    editor.click("form.desk-ask button[type=submit]")
    editor.wait_for_url(address(newsroom, draft))

    writer.goto(newsroom + reverse("desk_notifications"))
    assert writer.locator(".desk-told-one").count() == 2
    writer.locator('.desk-told-one[data-kind="mentioned"] a').click()
    writer.wait_for_selector(".desk-thread-now")
    assert "请写明日期。" in writer.locator(".desk-standing").text_content()
    assert writer.locator(".desk-noted").all_text_contents() == ["今天"]
    thread = writer.locator(".desk-thread-now")
    thread.locator("summary", has_text="回复").click()
    reply = thread.locator('[data-note-form="reply"]')
    writer.wait_for_function("document.activeElement.closest('[data-note-form=reply]')")
    writer.keyboard.type("三月十四日。")
    send(reply)
    writer.locator(".desk-note-text", has_text="三月十四日。").wait_for()
    press(writer, "submit")

    editor.goto(address(newsroom, draft))
    editor.locator(".desk-note-text", has_text="三月十四日。").wait_for()
    editor.click('[data-note-act="resolve"]')
    editor.locator(".desk-noted").wait_for(state="detached")
    press(editor, "approve_and_publish")

    draft.refresh_from_db()
    assert draft.stage == Stage.LIVE
    assert Article.objects.published().get().body == "<p>工厂今天恢复生产。</p>"
    assert Notification.objects.filter(recipient=wanda, kind="published").exists()
    assert not Notification.objects.filter(recipient=wanda, actor=wanda).exists()


def test_a_click_leads_from_the_mark_to_the_note_and_back(open_as, newsroom, draft, wanda, ellen):
    note = notes.add(draft, text="哪天？", by=ellen, passage=notes.quoted(draft, "恢复"))
    page = open_as("wanda")
    page.goto(address(newsroom, draft))

    page.click(".desk-noted")
    page.wait_for_selector(f"#note-{note.pk}.desk-thread-now")
    page.click(f'[data-passage="{note.pk}"]')

    page.wait_for_function("getSelection().toString() === '恢复'")


def test_marks_move_with_the_text_and_are_never_stored(open_as, newsroom, draft, wanda, ellen):
    notes.add(draft, text="哪天？", by=ellen, passage=notes.quoted(draft, "恢复"))
    page = open_as("wanda")
    page.goto(address(newsroom, draft))
    page.wait_for_selector(".desk-noted")

    page.evaluate("document.querySelector('textarea[data-desk-body]').deskEditor.commands.focus(1)")
    page.wait_for_function("document.activeElement.classList.contains('ProseMirror')")
    page.keyboard.type("昨日，")
    page.locator(EDITOR, has_text="昨日，工厂").wait_for()
    assert page.locator(".desk-noted").all_text_contents() == ["恢复"]
    with page.expect_navigation():
        page.click("[data-desk-save]")

    draft.refresh_from_db()
    assert draft.body == "<p>昨日，工厂今天恢复生产。</p>"


def test_what_was_begun_stays_when_the_page_is_left(open_as, newsroom, draft, wanda):
    page = open_as("wanda")
    page.goto(address(newsroom, draft))
    page.locator('[data-note-form="add"] textarea').fill("还没写完的批注")

    page.reload()

    page.wait_for_function(
        """document.querySelector('[data-note-form="add"] textarea').value === "还没写完的批注" """
    )
    assert not Note.objects.exists()


def test_a_refused_note_says_why_and_keeps_what_was_typed(open_as, newsroom, draft, wanda, ellen):
    note = notes.add(draft, text="哪天？", by=wanda)
    page = open_as("wanda")
    page.goto(address(newsroom, draft))
    page.locator("summary", has_text="修改").first.click()
    form = page.locator('[data-note-form="edit"]')
    form.locator("textarea").fill("改过的话")
    note.delete()

    send(form)

    form.locator(".desk-note-said").wait_for()
    assert form.locator("textarea").input_value() == "改过的话"


def test_whoever_only_reads_notes_on_a_passage_too(open_as, newsroom, in_review, wanda):
    page = open_as("wanda")
    page.goto(address(newsroom, in_review))
    assert page.locator(EDITOR).count() == 0
    page.evaluate(
        """() => {
          const text = document.querySelector(".desk-reading p").firstChild
          getSelection().setBaseAndExtent(text, 2, text, 4)
        }"""
    )

    page.click(".desk-note-here")
    page.locator('[data-note-form="add"] textarea').fill("我想改这里")
    send(page.locator('[data-note-form="add"]'))
    page.locator(".desk-note-text", has_text="我想改这里").wait_for()

    assert Note.objects.get().quote == "今天"
    assert review.requested_changes(in_review) == ""


CASES = [
    (Passage("恢复生产", "工厂今天", "。厂长说"), TEXT),
    (Passage("恢复 生产\n", "今天", "。"), TEXT),
    (Passage("工厂", "设备都好。”", "明天停产"), TEXT),
    (Passage("今天", "工厂", "恢复"), TEXT.replace("今天", "昨天")),
    (Passage("今天", "工厂", "恢复"), TEXT.replace("今天", "")),
    (Passage("停产。", "工厂明天", ""), "工厂明天开工。"),
    (Passage("工厂今天", "", "恢复生产"), "车间昨天恢复生产。"),
    (Passage("今天", "工厂", "恢复"), "别的话。"),
    (Passage("今天", "工厂", "恢复"), "工厂" + "很长的一段话。" * 50 + "恢复"),
    (Passage("aa", "", ""), "aaaa"),
]


def test_a_browser_finds_passages_where_the_desk_finds_them(open_as, newsroom, draft, wanda):
    page = open_as("wanda")
    page.goto(address(newsroom, draft))
    page.wait_for_selector(EDITOR)
    sent = [
        [{"quote": p.quote, "prefix": p.prefix, "suffix": p.suffix}, squeezed(text)]
        for p, text in CASES
    ]

    found = page.evaluate(
        """async cases => {
          const { find } = await import("desk/passages")
          return JSON.stringify(cases.map(([passage, text]) => {
            const place = find(passage, text)
            return place && [place.start, place.end, place.isChanged]
          }))
        }""",
        sent,
    )

    places = [find(passage, squeezed(text)) for passage, text in CASES]
    assert json.loads(found) == [p and [p.start, p.end, p.is_changed] for p in places]


# What somebody types in a note meanwhile

NOTE = '[data-note-form="add"] textarea'
LOOK_OFTEN = """
const repeat = window.setInterval
window.setInterval = (act, pause) => repeat(act, pause === 20_000 ? 300 : pause)
"""


def test_what_is_typed_while_a_note_is_sent_stays(open_as, newsroom, draft, wanda):
    page = open_as("wanda")
    page.goto(address(newsroom, draft))
    page.wait_for_selector(EDITOR)
    held = []
    page.fill(NOTE, "第一句。")
    page.route("**/notes/panel/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it

    send(page.locator('[data-note-form="add"]'))
    page.locator(NOTE).press_sequentially("第二句。")
    until(page, lambda: held)
    held[0].continue_()
    page.wait_for_selector(".desk-thread")

    assert Note.objects.get().text == "第一句。"
    assert page.input_value(NOTE) == "第一句。第二句。"


def test_news_wait_for_letters_that_are_being_composed(open_as, newsroom, draft, wanda, ellen):
    page = open_as("wanda")
    page.add_init_script(LOOK_OFTEN)
    page.goto(address(newsroom, draft))
    page.wait_for_selector(EDITOR)
    field = page.locator(NOTE)
    field.fill("写到一半")
    field.dispatch_event("compositionstart")
    composed = field.element_handle()

    notes.add(draft, text="艾伦的话", by=ellen)
    page.wait_for_timeout(2000)
    stayed = composed.evaluate("field => field.isConnected && document.activeElement === field")
    field.dispatch_event("compositionend")
    page.wait_for_selector(".desk-thread")

    assert stayed
    assert page.input_value(NOTE) == "写到一半"
    assert page.evaluate(f"document.activeElement === document.querySelector('{NOTE}')")


def test_ellen_is_not_shown_what_wanda_began_in_the_same_tab(
    open_as, newsroom, draft, wanda, ellen
):
    page = open_as("wanda")
    page.goto(address(newsroom, draft))
    page.wait_for_selector(EDITOR)
    page.fill(NOTE, "只给自己看的")

    page.context.clear_cookies()
    log_in(page, newsroom, "ellen")
    page.goto(address(newsroom, draft))
    page.wait_for_selector(EDITOR)

    assert page.input_value(NOTE) == ""
