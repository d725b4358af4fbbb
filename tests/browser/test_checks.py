"""The publish gate beside the story, in a real browser: it follows the typing, and leads there."""

import pytest

from articles.desk import writing
from articles.models import LinkCheck
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

CHANGE = "/admin/articles/article/{}/change/"
BODY = (
    '<p>很早的一段。</p><figure><img src="https://a.example/1.png" alt="车间"></figure>'
    '<p>见<a href="https://a.example/gone">公告</a>。</p>'
    + "<p>中间的一段。</p>" * 40
    + "<p>最后,一段。</p>"
)


@pytest.fixture
def page(open_as, wanda):
    return open_as("wanda")


def _open(page, newsroom, story):
    page.goto(newsroom + CHANGE.format(story.pk))
    return page.locator("[data-desk-checks]")


def _wait_for_selected(page, words):
    """The editor takes the focus, and shows what is selected, in the next frame."""
    page.wait_for_function("words => document.getSelection().toString() === words", arg=words)


def test_the_panel_follows_what_is_typed(page, newsroom, draft):
    panel = _open(page, newsroom, draft)
    panel.locator("[data-check=standfirst]").wait_for()

    page.fill("[name=standfirst]", "停了三年。")
    page.fill("[name=title]", "")

    panel.locator("[data-check=title]").wait_for()
    panel.locator("[data-check=standfirst]").wait_for(state="detached")
    assert "缺少标题。" in panel.inner_text()


def test_a_new_story_is_looked_at_when_something_is_typed(page, newsroom):
    page.goto(f"{newsroom}/admin/articles/article/add/")
    panel = page.locator("[data-desk-checks]")
    assert panel.inner_text() == ""

    page.fill("[name=title]", "新的一篇")

    panel.locator("[data-check=category]").wait_for()
    assert panel.locator("[data-check=title]").count() == 0


def test_each_finding_leads_to_its_place(page, newsroom, wanda, snapshot):
    LinkCheck.objects.create(url="https://a.example/gone", status=404)
    story = writing.create(snapshot.changed(body=BODY, title="一,二", licence="reprint"), by=wanda)
    panel = _open(page, newsroom, story)

    panel.locator("[data-check=punctuation] [data-kind=passage]").last.click()
    _wait_for_selected(page, "最后,一段。")
    assert page.get_by_text("最后,一段。").last.is_visible()

    panel.locator("[data-check=dead_links] [data-kind=link]").click()
    _wait_for_selected(page, "公告")

    panel.locator("[data-check=remote_pictures] [data-kind=picture]").click()
    page.locator(".ProseMirror-selectednode [aria-label=车间]").wait_for()

    panel.locator("[data-check=punctuation] [data-kind=passage]").first.click()
    assert page.evaluate("document.activeElement.name") == "title"

    panel.locator("[data-check=source] button").click()
    assert page.evaluate("document.activeElement.name") == "source_name"
    assert page.locator("[name=source_name]").is_visible()


def test_what_blocks_leads_to_fields_the_skin_draws_itself(page, newsroom, wanda, snapshot):
    story = writing.create(snapshot.changed(category=None, bylines=(), body=""), by=wanda)
    panel = _open(page, newsroom, story)

    panel.locator("[data-check=category] button").click()
    assert page.locator("[name=category] + * .select2-selection:focus").count() == 1

    panel.locator("[data-check=author] button").click()
    assert page.locator("[data-desk-bylines] input:focus").count() == 1

    panel.locator("[data-check=body] button").click()
    page.locator(".ProseMirror:focus").wait_for()


def test_where_the_column_lies_over_the_story_it_makes_room(page, newsroom, draft):
    page.set_viewport_size({"width": 800, "height": 900})
    panel = _open(page, newsroom, draft)
    page.locator("[data-desk-side-button]").click()

    panel.locator("[data-check=standfirst] button").click()

    assert page.evaluate("document.activeElement.name") == "standfirst"
    assert page.locator("[data-desk-side]").get_attribute("data-is-open") == "false"


def test_a_picture_that_got_its_words_elsewhere_is_looked_at_again(page, newsroom, wanda, snapshot):
    picture = factories.picture()
    story = writing.create(snapshot.changed(header_image=picture.pk), by=wanda)
    panel = _open(page, newsroom, story)
    panel.locator("[data-check=header_alt]").wait_for()
    type(picture).objects.update(alt="生产线")

    page.evaluate("window.dispatchEvent(new Event('focus'))")

    panel.locator("[data-check=header_alt]").wait_for(state="detached")


def test_with_the_server_away_the_last_word_stays(page, newsroom, draft):
    panel = _open(page, newsroom, draft)
    panel.locator("[data-check=standfirst]").wait_for()
    page.route("**/checks/", lambda route: route.abort())

    page.fill("[name=standfirst]", "停了三年。")

    page.locator("[data-desk-checks][data-is-stale]").wait_for()
    assert panel.locator("[data-check=standfirst]").count() == 1


def test_a_page_of_login_never_stands_in_the_panel(page, newsroom, draft):
    panel = _open(page, newsroom, draft)
    panel.locator("[data-check=standfirst]").wait_for()
    page.context.clear_cookies()

    page.fill("[name=title]", "")

    page.locator("[data-desk-checks][data-is-stale]").wait_for()
    assert panel.locator("input").count() == 0
