"""Two editors collide in a real browser, and both texts survive."""

import pytest
from django.urls import reverse

from articles.desk import writing
from articles.models import Conflict
from articles.workflow import Stage
from tests.browser.test_desk import press, save, settle, step_into

pytestmark = pytest.mark.browser

EDITOR = ".desk-editor .ProseMirror"
ONE, TWO = "<p>工厂今天恢复生产。</p>", "<p>价格没有变化。</p>"


@pytest.fixture
def story(snapshot, wanda):
    """A draft of Wanda's with two paragraphs."""
    return writing.create(snapshot.changed(body=f"{ONE}\n{TWO}"), by=wanda)


@pytest.fixture
def collide(open_as, newsroom, story, ellen):
    """Wanda and Ellen have the story open; Ellen saves, then Wanda, who lands on the page."""

    def collided(press="[data-desk-save]"):
        pages = {name: open_as(name) for name in ("wanda", "ellen")}
        for page in pages.values():
            page.goto(newsroom + reverse("admin:articles_article_change", args=[story.pk]))
        write(pages["ellen"], title="艾伦的标题", first="艾伦说：", last="")
        save(pages["ellen"], "[data-desk-save]")
        write(pages["wanda"], title="旺达的标题", first="旺达说：", last="旺达补充。")
        pages["wanda"].click(press)
        pages["wanda"].wait_for_url("**/conflicts/*/")
        return pages["wanda"]

    return collided


def write(page, *, title, first, last):
    """A new title, words before the first paragraph, and words after the last one."""
    page.fill("#id_title", title)
    for end, words in (("Home", first), ("End", last)):
        step_into(page.locator(f"{EDITOR} > p").first)
        press(page, f"Control+{end}")
        page.keyboard.type(words)
        settle(page)


def kept(story):
    """What the working copy says, and the titles and bodies of all revisions."""
    story.refresh_from_db()
    now = writing.working_snapshot(story)
    texts = {(r.snapshot.title, r.snapshot.body) for r in story.revisions.all()}
    return (now.title, now.body), texts


MINE = ("旺达的标题", f"{ONE.replace('工厂', '旺达说：工厂')}\n{TWO.replace('。', '。旺达补充。')}")
THEIRS = ("艾伦的标题", f"{ONE.replace('工厂', '艾伦说：工厂')}\n{TWO}")


@pytest.mark.parametrize(("act", "stands"), [("mine", MINE), ("theirs", THEIRS)])
def test_one_of_two_edits_is_taken_and_the_other_stays_in_the_history(collide, story, act, stands):
    page = collide()

    page.click(f".desk-ways button[value={act}]")
    page.wait_for_url("**/change/")

    now, texts = kept(story)
    assert now == stands
    assert {MINE, THEIRS} <= texts


def test_both_edits_are_merged_place_by_place(collide, story):
    page = collide()

    page.check("input[name=field-title][value=theirs]")
    page.check("input[name=chunk-0][value=both]")
    page.click(".desk-merge-bar button[value=preview]")
    preview = page.locator(".desk-preview").inner_text()
    page.click(".desk-merge-bar button[value=merge]")
    page.wait_for_url("**/change/")

    now, texts = kept(story)
    both = f"{MINE[1].splitlines()[0]}\n{THEIRS[1].splitlines()[0]}\n{MINE[1].splitlines()[1]}"
    assert now == ("艾伦的标题", both)
    assert {MINE, THEIRS} <= texts
    assert "旺达补充。" in preview


def test_a_place_nobody_decided_is_asked_for_before_anything_is_sent(collide, story):
    page = collide()

    page.click(".desk-merge-bar button[value=merge]")

    assert page.locator("input[name=field-title]:invalid").count() == 2
    assert Conflict.objects.open().exists()


def test_a_button_pressed_on_an_older_text_does_nothing_else(collide, story):
    page = collide(press="button[name=_verb][value=submit]")

    story.refresh_from_db()
    assert story.stage == Stage.DRAFT
    assert "没有执行" in page.locator("body").inner_text()


def test_one_chooses_without_scripts_too(collide, look_without_scripts, story):
    collide()
    conflict = Conflict.objects.get()

    page = look_without_scripts(
        reverse("admin:articles_article_conflict", args=[story.pk, conflict.pk])
    )
    page.check("input[name=field-title][value=mine]")
    page.check("input[name=chunk-0][value=theirs]")
    page.click(".desk-merge-bar button[value=merge]")
    page.wait_for_url("**/change/")

    now, texts = kept(story)
    assert now == ("旺达的标题", f"{THEIRS[1].splitlines()[0]}\n{MINE[1].splitlines()[1]}")
    assert {MINE, THEIRS} <= texts
