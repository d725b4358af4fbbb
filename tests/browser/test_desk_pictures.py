"""Pictures in the form of a story: brought in every way, described, moved, and not lost."""

import base64
import re
from io import BytesIO

import pytest
from PIL import Image as Pillow

from articles.desk import writing
from articles.images import intake
from articles.images.models import Image
from tests import factories
from tests.browser.test_desk import EDITOR, PASTE, answer, look, press, save, settle, step_into

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

FIGURES = f"{EDITOR} figure"
LAST_ALT = f"{FIGURES} [data-line=alt] input[type=text]"
UPLOAD = re.compile(r"/images/image/upload/$")


def png(colour="#d9381e", size=(640, 360)):
    out = BytesIO()
    Pillow.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def upload(name="red.png", content=None):
    """A file as a browser's file chooser takes it."""
    return {"name": name, "mimeType": "image/png", "buffer": content or png()}


def bring(page, target, *files, way="drop"):
    """Drop files onto the middle of `target`, or paste them there."""
    said = [[f["name"], base64.b64encode(f["buffer"]).decode()] for f in files]
    page.locator(target).first.evaluate(BRING, [said, way])
    settle(page)


BRING = """(target, [said, way]) => {
  const transfer = new DataTransfer()
  for (const [name, content] of said) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))
    transfer.items.add(new File([bytes], name, { type: "image/png" }))
  }
  const box = target.getBoundingClientRect()
  const place = { clientX: box.left + 8, clientY: box.bottom - 4 }
  const more = { bubbles: true, cancelable: true }
  const event = way === "drop"
    ? new DragEvent("drop", { ...more, ...place, dataTransfer: transfer })
    : new ClipboardEvent("paste", { ...more, clipboardData: transfer })
  target.dispatchEvent(event)
}"""


def open_story(page, newsroom, body="<p>甲</p>\n<p>乙</p>", **facts):
    story = factories.draft(body=body, **facts)
    look(page, newsroom, story)
    return story


def to_the_end(page, paragraph=0):
    step_into(page.locator(f"{EDITOR} > p").nth(paragraph))
    press(page, "End")


def figure(picture, alt="", more=""):
    return (
        f'<figure><img src="{picture.url}" alt="{alt}" width="{picture.width}" '
        f'height="{picture.height}" data-image="{picture.pk}">{more}</figure>'
    )


@pytest.fixture
def page(open_as, charlie):
    return open_as("charlie")


@pytest.fixture
def held(page):
    """Uploads wait until the test lets them go."""
    routes = []

    def hold(route):
        routes.append(route)

    page.route(UPLOAD, hold)
    return routes


def test_an_uploaded_picture_is_described_by_keyboard_and_stored(page, newsroom):
    story = open_story(page, newsroom)
    to_the_end(page)

    page.click("[data-name=picture]")
    page.locator(".desk-library input[type=file]").set_input_files(upload())
    page.locator(f"{FIGURES} [data-missing=true] input:focus").wait_for()
    page.keyboard.type("一块红色")
    press(page, "Enter")
    page.keyboard.type("接着写。")
    save(page)

    story.refresh_from_db()
    picture = Image.objects.get()
    described = figure(picture, "一块红色")
    assert story.body == f"<p>甲</p>\n{described}\n<p>接着写。</p>\n<p>乙</p>"


def test_choosing_a_file_changes_no_other_field_of_the_story(page, newsroom):
    open_story(page, newsroom, title="题目")
    to_the_end(page)
    before = page.evaluate(FIELDS)

    page.click("[data-name=picture]")
    page.locator(".desk-library input[type=file]").set_input_files(upload())
    page.locator(f"{FIGURES} [data-missing=true] input:focus").wait_for()

    assert page.evaluate(FIELDS) == before


FIELDS = """() => Object.fromEntries(
  [...document.querySelectorAll("input[type=text][name]")].map((field) => [field.name, field.value])
)"""


def test_an_enter_that_ends_a_composition_chooses_nothing(page, newsroom):
    factories.picture(alt="山")
    open_story(page, newsroom)
    to_the_end(page)
    page.click("[data-name=picture]")
    page.locator(".desk-library-found button").wait_for()
    search = page.locator(".desk-library input[type=search]")
    search.focus()

    search.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    settle(page)
    while_composing = page.evaluate("document.activeElement.type")
    press(page, "Enter")
    afterwards = page.evaluate("document.activeElement.type")

    assert (while_composing, afterwards) == ("search", "button")


def test_two_dropped_files_stand_where_they_were_dropped_in_their_order(page, newsroom):
    story = open_story(page, newsroom)

    bring(page, f"{EDITOR} > p", upload(), upload("blue.png", png("#0000ff")))
    page.locator(FIGURES).nth(1).wait_for()
    save(page)

    story.refresh_from_db()
    red, blue = Image.objects.get(tone="c33"), Image.objects.exclude(tone="c33").get()
    assert story.body == f"<p>甲</p>\n{figure(red)}\n{figure(blue)}\n<p>乙</p>"


def test_a_pasted_file_comes_below_the_line_with_the_cursor(page, newsroom):
    story = open_story(page, newsroom)
    to_the_end(page)

    bring(page, EDITOR, upload("image.png"), way="paste")
    page.locator(FIGURES).wait_for()
    save(page)

    story.refresh_from_db()
    assert story.body == f"<p>甲</p>\n{figure(Image.objects.get())}\n<p>乙</p>"


def test_a_picture_within_pasted_text_keeps_its_place(page, newsroom):
    story = open_story(page, newsroom, body="<p>字</p>")
    data = base64.b64encode(png()).decode()

    step_into(page.locator(EDITOR))
    press(page, "Control+a")
    page.evaluate(PASTE, f'<p>一</p><p><img src="data:image/png;base64,{data}"></p><p>二</p>')
    page.locator(FIGURES).wait_for()
    save(page)

    story.refresh_from_db()
    assert story.body == f"<p>一</p>\n{figure(Image.objects.get())}\n<p>二</p>"


def test_a_place_moves_with_the_text_that_is_written_meanwhile(page, newsroom, held):
    story = open_story(page, newsroom)

    with page.expect_request(UPLOAD):
        bring(page, f"{EDITOR} > p", upload())
    page.locator(".desk-incoming progress").wait_for()
    to_the_end(page)
    page.keyboard.type("写在前面")
    to_the_end(page, 1)
    page.keyboard.type("写在后面")
    held[0].continue_()
    page.locator(FIGURES).wait_for()
    page.keyboard.type("，写完")
    save(page)

    story.refresh_from_db()
    picture = figure(Image.objects.get())
    assert story.body == f"<p>甲写在前面</p>\n{picture}\n<p>乙写在后面，写完</p>"


def test_a_save_waits_for_what_is_on_its_way(page, newsroom, held):
    story = open_story(page, newsroom)

    with page.expect_request(UPLOAD):
        bring(page, f"{EDITOR} > p", upload())
    page.click("button[name=_continue]")
    page.locator(".desk-waiting:not(:empty)").wait_for()
    with page.expect_navigation(wait_until="domcontentloaded"):
        held[0].continue_()

    story.refresh_from_db()
    assert f'data-image="{Image.objects.get().pk}"' in story.body


def test_a_refused_file_is_named_and_costs_no_word(page, newsroom):
    story = open_story(page, newsroom)
    to_the_end(page)
    page.keyboard.type("没有丢")

    bring(page, f"{EDITOR} > p", upload("notes.png", b"no picture at all"))
    page.locator(".desk-refused").wait_for()
    said = page.locator(".desk-refused").inner_text()
    page.locator(".desk-refused button:visible").last.click()
    save(page)

    story.refresh_from_db()
    assert "notes.png" in said
    assert len(said) > len("notes.png") + 8
    assert story.body == "<p>甲没有丢</p>\n<p>乙</p>"
    assert not Image.objects.exists()


def test_a_picture_is_chosen_by_keyboard_alone(page, newsroom):
    for number in range(3):
        intake.take_in(png(f"#{number}0{number}0ff"), alt=f"图片{number}")
    intake.take_in(png("#123456"), alt="别的")
    story = open_story(page, newsroom)
    to_the_end(page)

    page.locator("[data-name=picture]").focus()
    press(page, "Enter")
    page.locator(".desk-library-found button").nth(3).wait_for()
    page.keyboard.type("图片")
    page.locator(".desk-library-found button:nth-child(3):last-child").wait_for()
    press(page, "ArrowDown")
    press(page, "ArrowRight")
    press(page, "Enter")
    page.locator(FIGURES).wait_for()
    settle(page)
    page.keyboard.type("图说")
    press(page, "Enter")
    page.keyboard.type("某社")
    save(page)

    story.refresh_from_db()
    lines = "<figcaption>图说<small>某社</small></figcaption>"
    chosen = Image.objects.get(alt="图片1")
    assert story.body == f"<p>甲</p>\n{figure(chosen, '图片1', lines)}\n<p>乙</p>"


def test_escape_gives_the_focus_back_and_changes_nothing(page, newsroom):
    story = open_story(page, newsroom)
    to_the_end(page)

    page.click("[data-name=picture]")
    page.locator("dialog.desk-library").wait_for()
    press(page, "Escape")
    page.locator("dialog.desk-library").wait_for(state="detached")
    settle(page)
    page.keyboard.type("！")
    save(page)

    story.refresh_from_db()
    assert story.body == "<p>甲！</p>\n<p>乙</p>"


def test_a_decoration_needs_no_words_and_says_so(page, newsroom):
    picture = intake.take_in(png())
    story = open_story(page, newsroom, body=f"<p>甲</p>\n{figure(picture)}")

    page.locator(f"{FIGURES} input[type=checkbox]").check()
    missing = page.locator(f"{FIGURES} [data-line=alt]").get_attribute("data-missing")
    save(page)

    story.refresh_from_db()
    assert missing == "false"
    assert 'alt="" role="presentation"' in story.body


def test_a_picture_is_moved_replaced_and_removed_by_keyboard(page, newsroom):
    one, two = intake.take_in(png()), intake.take_in(png("#00ff00"), credit="乙社", alt="绿")
    lines = "<figcaption>本文图说<small>甲社</small></figcaption>"
    body = f"<p>甲</p>\n{figure(one, '红', lines)}\n<p>乙</p>\n{figure(one, '再来')}"
    story = open_story(page, newsroom, body=body)

    page.locator(f"{FIGURES} [data-tool=up]").first.focus()
    press(page, "Enter")
    page.locator(f"{FIGURES} [data-tool=remove]").last.focus()
    press(page, "Enter")
    page.locator(f"{FIGURES} [data-tool=replace]").focus()
    press(page, "Enter")
    page.locator(".desk-library-found button").nth(1).wait_for()
    press(page, "ArrowDown")
    press(page, "Enter")
    page.locator(f"{FIGURES} img[src*='{two.stem}']").wait_for()
    save(page)

    story.refresh_from_db()
    lines = "<figcaption>本文图说<small>乙社</small></figcaption>"
    assert story.body == f"{figure(two, '绿', lines)}\n<p>甲</p>\n<p>乙</p>"


def test_the_editor_shows_what_became_of_a_picture_and_stores_what_it_was(page, newsroom):
    home = intake.take_in(png(), source_url="https://pictures.example/home.png")
    dead = intake.refer_to("https://pictures.example/dead.png", alt="图")
    dead.fetch_problem, dead.fetch_attempts = "gone", 2
    dead.save(update_fields=["fetch_problem", "fetch_attempts"])
    body = (
        '<figure><img src="https://pictures.example/home.png" alt=""></figure>\n'
        '<figure><img src="https://pictures.example/dead.png" alt="图"></figure>'
    )
    story = open_story(page, newsroom, body=body)

    shown = page.locator(f"{FIGURES} img").first.get_attribute("src")
    notes = page.locator(f"{FIGURES} .desk-figure-note:visible")
    states = page.locator(FIGURES).evaluate_all("all => all.map((each) => each.dataset.state)")
    noted = notes.all_inner_texts()
    save(page)

    story.refresh_from_db()
    assert shown == home.url
    assert states == ["home", "dead"]
    assert len(noted) == 1
    assert dead.get_fetch_problem_display() in noted[0]
    assert story.body == body
    assert story.working_revision.number == 1


def test_a_picture_by_its_address_stays_where_it_is(page, newsroom):
    story = open_story(page, newsroom)
    to_the_end(page)

    page.click("[data-name=picture]")
    page.click(".desk-library [data-address]")
    answer(page, "", src="https://pictures.example/a.png", alt="图")
    save(page)

    story.refresh_from_db()
    remote = '<figure><img src="https://pictures.example/a.png" alt="图"></figure>'
    assert story.body == f"<p>甲</p>\n{remote}\n<p>乙</p>"


def test_a_picture_is_dragged_to_another_place(page, newsroom):
    picture = intake.take_in(png(), alt="红")
    page.set_viewport_size({"width": 1360, "height": 1600})
    story = open_story(page, newsroom, body=f"{figure(picture, '红')}\n<p>甲</p>\n<p>乙</p>")

    low = {"x": 14, "y": 20}
    page.locator(f"{FIGURES} img").drag_to(page.locator(f"{EDITOR} > p").last, target_position=low)
    settle(page)
    save(page)

    story.refresh_from_db()
    assert story.body == f"<p>甲</p>\n<p>乙</p>\n{figure(picture, '红')}"


# The header picture


def test_the_header_picture_is_chosen_and_taken_away(page, newsroom):
    picture = intake.take_in(png(), alt="红", caption="图库的图说")
    story = open_story(page, newsroom)

    page.click("[data-header-picture] button")
    page.click(".desk-library-found button")
    page.locator("[data-header-picture] .desk-focus").wait_for()
    suggested = page.locator("#id_header_caption").get_attribute("placeholder")
    save(page)
    chosen = writing.working_snapshot(type(story).objects.get(pk=story.pk)).header_image
    page.locator("[data-header-picture] .desk-header-buttons button").nth(1).click()
    save(page)

    story = type(story).objects.get(pk=story.pk)
    assert chosen == picture.pk
    assert suggested == "图库的图说"
    assert writing.working_snapshot(story).header_image is None


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_file_brought_to_the_header_becomes_its_picture(page, newsroom, way):
    story = open_story(page, newsroom)

    bring(page, "[data-header-picture]", upload(), way=way)
    page.locator("[data-header-picture] .desk-focus").wait_for()
    save(page)

    story.refresh_from_db()
    assert writing.working_snapshot(story).header_image == Image.objects.get().pk


def test_a_file_the_header_refuses_is_named(page, newsroom):
    open_story(page, newsroom)

    bring(page, "[data-header-picture]", upload("notes.png", b"no picture at all"))
    page.wait_for_function(
        "document.querySelector('.desk-header-status').textContent.startsWith('notes.png')"
    )

    assert page.locator("#id_header_image").input_value() == ""


def test_the_focal_point_is_set_by_keyboard_and_the_story_stays_as_it_is(page, newsroom):
    picture = intake.take_in(png())
    story = open_story(page, newsroom, header_image=picture.pk)

    page.locator("[data-header-picture] .desk-focus-mark").focus()
    # The first of the two may be on its way already.
    with page.expect_response(lambda said: "y=0.49" in (said.request.post_data or "")) as kept:
        press(page, "Shift+ArrowRight")
        press(page, "ArrowUp")
    answered = kept.value.ok
    save(page)

    picture.refresh_from_db()
    story.refresh_from_db()
    assert answered
    assert picture.focal_point == "0.6x0.49"
    assert story.working_revision.number == 1
