"""Pictures in the form of a story, at its edges: no JavaScript, long words, a file too many."""

import pytest

from articles.images import intake
from articles.images.models import Image
from tests import factories
from tests.browser.test_desk import press, save, settle
from tests.browser.test_desk_pictures import FIGURES, bring, figure, open_story, png, upload

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


def test_a_picture_can_be_added_without_javascript(look_without_scripts):
    page = look_without_scripts("/admin/images/image/add/")

    page.locator("input[name=upload]").wait_for(state="visible")
    opacity = "field => getComputedStyle(field.parentElement).opacity"
    assert page.locator("input[name=upload]").evaluate(opacity) == "1"


def test_the_header_picture_is_a_number_without_javascript(look_without_scripts):
    picture = factories.picture()
    story = factories.draft(header_image=picture.pk)

    page = look_without_scripts(f"/admin/articles/article/{story.pk}/change/")

    page.locator("input[name=header_image]").wait_for(state="visible")
    assert page.locator("input[name=header_image]").input_value() == str(picture.pk)


@pytest.fixture
def page(open_as, charlie):
    return open_as("charlie")


def test_enter_in_the_caption_goes_on_behind_the_credit_that_is_there(page, newsroom):
    picture = factories.picture(alt="红")
    lines = "<figcaption>图说<small>甲社</small></figcaption>"
    story = open_story(page, newsroom, body=f"{figure(picture, '红', lines)}\n<p>乙</p>")

    page.locator(f"{FIGURES} [data-line=caption]").click()
    press(page, "Enter")
    page.keyboard.type("／乙摄")
    save(page)

    story.refresh_from_db()
    assert "<small>甲社／乙摄</small>" in story.body


def test_the_header_says_what_those_hear_who_cannot_see_it(page, newsroom):
    factories.picture(alt="一块红色")
    open_story(page, newsroom, header_image=Image.objects.get().pk)

    line = page.locator(".desk-header-alt")

    assert "一块红色" in line.inner_text()
    assert line.get_attribute("data-missing") == "false"


def test_the_header_says_that_words_are_missing_and_leads_to_where_they_belong(page, newsroom):
    picture = factories.picture()
    open_story(page, newsroom, header_image=picture.pk)

    link = page.locator(".desk-header-alt[data-missing=true] a")

    assert link.is_visible()
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("href") == f"/admin/images/image/{picture.pk}/change/"


def test_a_header_that_decorates_lacks_no_words(page, newsroom):
    picture = factories.picture(is_decorative=True)
    open_story(page, newsroom, header_image=picture.pk)

    assert page.locator(".desk-header-alt").get_attribute("data-missing") == "false"


def test_of_two_files_brought_to_the_header_the_one_taken_is_named(page, newsroom):
    open_story(page, newsroom)

    bring(page, "[data-header-picture]", upload("a.png"), upload("b.png", png("#0000ff")))
    page.locator("[data-header-picture] .desk-focus").wait_for()
    said = page.locator(".desk-header-status:not(:empty)").inner_text()

    assert "a.png" in said
    assert "b.png" not in said
    assert Image.objects.count() == 1


def test_long_words_widen_neither_the_figure_nor_the_form(page, newsroom):
    picture = factories.picture(alt="w" * 300)
    body = figure(picture, "w" * 300, f"<figcaption>{'w' * 300}</figcaption>")
    open_story(page, newsroom, body=body, header_image=picture.pk)

    wider = page.evaluate(WIDER)

    assert wider == []


WIDER = """() => {
  const parts = [".desk-figure", ".desk-figure [data-line=alt]", ".desk-header-picture", "#main"]
  return parts.filter((name) => {
    const part = document.querySelector(name)
    return part.scrollWidth > part.clientWidth
  })
}"""


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768)], ids=["1280", "1024"])
def test_who_moves_the_focal_point_sees_all_crops(page, newsroom, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    picture = intake.take_in(png(size=(640, 480)), alt="红")
    open_story(page, newsroom, header_image=picture.pk)

    page.locator(".desk-focus-mark").focus()
    settle(page)

    assert page.evaluate(COVERED) == [False] * 4


COVERED = """() => [...document.querySelectorAll(".desk-crops .desk-crop")].map((crop) => {
  const { left, right, top, bottom } = crop.getBoundingClientRect()
  const isSeen = (y) => crop.contains(document.elementFromPoint((left + right) / 2, y))
  return ![top + 2, bottom - 2].every(isSeen)
})"""
