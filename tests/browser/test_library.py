"""The library in a real browser: files dropped at once, the focal point, and a page that fits."""

import base64
import random
import re
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image as Pillow

from articles.images import intake, recipes
from articles.images.models import Image
from tests import factories
from tests.browser.test_desk import press, settle

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

GRID = "admin:images_image_changelist"

# Files let go over the page, as a file manager does it; `files`: name and content, in base64.
DROP = """(files) => {
  const transfer = new DataTransfer()
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))
    transfer.items.add(new File([bytes], name, { type }))
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer })
    document.querySelector("#content-main").dispatchEvent(event)
  }
}"""


def test_many_files_are_dropped_a_bad_one_and_a_double_among_them(open_as, newsroom, wanda):
    known = factories.picture(alt="原来的")
    page = open_as("wanda")
    page.goto(newsroom + reverse(GRID))

    page.evaluate(
        DROP,
        [
            *(dropped(f"{n}.png", factories.picture_file(40 + n, 30)) for n in range(4)),
            dropped("坏的.png", b"<html>"),
            dropped("又一次.png", factories.picture_file()),
        ],
    )
    rows = page.locator(".desk-upload")
    page.locator(".desk-upload[data-outcome]").nth(5).wait_for()

    outcomes = rows.evaluate_all("rows => rows.map((row) => row.dataset.outcome)")
    assert outcomes == ["created"] * 4 + ["failed", "known"]
    assert Image.objects.count() == 5
    assert "坏的.png" in rows.nth(4).inner_text()
    link = rows.nth(5).locator("a").get_attribute("href")
    assert link == reverse("admin:images_image_change", args=[known.pk])


def test_words_are_filled_in_as_soon_as_the_files_are_there(open_as, newsroom, wanda):
    page = open_as("wanda")
    page.goto(newsroom + reverse(GRID))
    page.evaluate(DROP, [dropped(f"{n}.png", factories.picture_file(40 + n, 30)) for n in range(2)])
    page.locator(".desk-upload[data-outcome=created]").nth(1).wait_for()

    page.locator(".desk-upload-words input").first.fill("山")
    press(page, "Tab")
    page.fill("[data-credit]", "甲社")
    page.click("[data-credit-all]")
    page.wait_for_function(SAVED)

    assert set(Image.objects.values_list("credit", flat=True)) == {"甲社"}
    assert sorted(Image.objects.values_list("alt", flat=True)) == ["", "山"]


def test_what_is_said_last_of_a_picture_stands(open_as, newsroom, wanda):
    page = open_as("wanda")
    page.goto(newsroom + reverse(GRID))
    page.evaluate(DROP, [dropped(f"{n}.png", factories.picture_file(40 + n, 30)) for n in range(2)])
    page.locator(".desk-upload[data-outcome=created]").nth(1).wait_for()
    held = []
    page.route(WORDS, lambda route: route.continue_() if held else held.append(route))
    with page.expect_request(WORDS):
        page.locator(".desk-upload-words input").first.fill("山")
        press(page, "Tab")
    page.fill("[data-credit]", "甲社")
    with page.expect_response(WORDS):
        page.click("[data-credit-all]")

    with page.expect_response(lambda answer: answer.request == held[0].request):
        held[0].continue_()
    page.wait_for_function(SAVED)

    said = Image.objects.values_list("alt", "credit")
    assert sorted(said) == [("", "甲社"), ("山", "甲社")]


WORDS = re.compile(r"/images/image/\d+/words/$")
SAVED = """() => {
  const terms = JSON.parse(document.getElementById("desk-library-terms").textContent)
  const states = [...document.querySelectorAll(".desk-upload-state")]
  return states.every((state) => state.textContent === terms.labels.saved)
}"""


def test_a_file_over_the_limit_is_not_even_sent(open_as, newsroom, wanda, settings):
    settings.IMAGE_MAX_BYTES = 10
    page = open_as("wanda")
    page.goto(newsroom + reverse(GRID))
    sent = []
    page.on("request", lambda request: sent.append(request.url))

    page.evaluate(DROP, [dropped("大.png", factories.picture_file())])
    page.locator(".desk-upload[data-outcome=failed]").wait_for()

    assert not [url for url in sent if url.endswith(reverse("admin:images_image_upload"))]


def test_a_file_that_got_lost_on_its_way_is_sent_again(open_as, newsroom, wanda):
    page = open_as("wanda")
    page.goto(newsroom + reverse(GRID))
    address = "**" + reverse("admin:images_image_upload")
    page.route(address, lambda route: route.abort())

    page.evaluate(DROP, [dropped("a.png", factories.picture_file())])
    page.locator(".desk-upload[data-outcome=failed]").wait_for()
    page.unroute(address)
    page.click(".desk-upload button")
    page.locator(".desk-upload[data-outcome=created]").wait_for()

    assert Image.objects.count() == 1


def test_the_focal_point_is_set_by_a_click_and_kept(open_as, newsroom, ellen):
    picture = large_picture()
    page = open_as("ellen")
    open_picture(page, newsroom, picture)
    before = boxes(page)

    box = page.locator(".desk-focus-stage img").bounding_box()
    at = {"x": box["width"] * 0.9, "y": box["height"] * 0.1}
    page.locator(".desk-focus-stage").click(position=at)
    settle(page)
    after = boxes(page)
    save(page)

    picture.refresh_from_db()
    assert picture.focus == pytest.approx((0.9, 0.1), abs=0.02)
    assert after != before
    assert after == server_boxes(picture)


def test_the_focal_point_is_moved_by_keys_and_kept(open_as, newsroom, ellen):
    picture = large_picture()
    page = open_as("ellen")
    open_picture(page, newsroom, picture)

    page.locator(".desk-focus-mark").focus()
    for key in ["Shift+ArrowLeft", "Shift+ArrowLeft", "ArrowLeft", "ArrowDown"]:
        press(page, key)
    moved = boxes(page)
    said = page.locator(".desk-focus-mark").get_attribute("aria-label")
    save(page)

    picture.refresh_from_db()
    assert picture.focus == (0.29, 0.51)
    assert moved == server_boxes(picture)
    assert "29" in said
    assert "51" in said


def test_the_focal_point_is_typed_as_numbers(open_as, newsroom, ellen):
    picture = large_picture()
    page = open_as("ellen")
    open_picture(page, newsroom, picture)

    numbers = page.locator(".desk-focus-fields input")
    numbers.nth(0).fill("12.5")
    numbers.nth(1).fill("100")
    settle(page)
    save(page)

    picture.refresh_from_db()
    assert picture.focus == (0.125, 1)


def test_the_previews_cut_by_the_server_s_rule(open_as, newsroom, ellen):
    picture = large_picture()
    page = open_as("ellen")
    open_picture(page, newsroom, picture)
    chance = random.Random(1)  # noqa: S311 - the same sizes every time
    sizes = [(chance.randint(1, 4000), chance.randint(1, 4000)) for _ in range(400)]
    sizes += [(1, 1), (2, 1), (3, 5), (16, 9), (1200, 630), (1, 20_000), (20_000, 1)]
    points = [tuple(round(chance.random(), 4) for _ in "xy") for _ in sizes]
    points[:3] = [(0, 0), (1, 1), (0.5, 0.5)]
    asked = [
        (size, shape, point)
        for size, point in zip(sizes, points, strict=True)
        for shape in recipes.SHAPES.values()
    ]

    cut = page.evaluate(CUT, asked)

    crops = list(recipes.SHAPES)
    expected = [
        recipes.crop_box(size, crop, point)
        for size, point in zip(sizes, points, strict=True)
        for crop in crops
    ]
    assert [tuple(box) for box in cut] == expected


CUT = """async (asked) => {
  const { cropBox } = await import("desk/focal_point")
  return asked.map((each) => cropBox(...each))
}"""


def test_a_picture_in_use_offers_no_deleting_and_one_nobody_shows_does(open_as, newsroom, charlie):
    picture = large_picture()
    story = factories.live(header_image=picture.pk)
    page = open_as("charlie")
    delete = f"a[href*='{reverse('admin:images_image_delete', args=[picture.pk])}']"

    open_picture(page, newsroom, picture)
    offered_in_use = page.locator(delete).count()
    page.goto(newsroom + reverse("admin:images_image_delete", args=[picture.pk]))
    led_to = page.url
    story.picture_uses.all().delete()
    type(story).objects.filter(pk=story.pk).update(header_image=None)
    open_picture(page, newsroom, picture)
    with page.expect_navigation():
        page.click(delete)
    with page.expect_navigation():
        page.click("#content-main ~ * [type=submit], form:has([name=post]) [type=submit]")

    assert offered_in_use == 0
    assert led_to.endswith(reverse("admin:images_image_change", args=[picture.pk]))
    assert not Image.objects.exists()


def test_pictures_are_selected_by_keyboard_and_described_together(open_as, newsroom, ellen):
    large_picture()
    page = open_as("ellen")
    page.goto(newsroom + reverse(GRID))

    page.locator(".desk-picture-select").focus()
    press(page, "Space")
    with page.expect_navigation():
        page.click("button[value=describe_several]")
    page.fill("[name=credit]", "乙社")
    with page.expect_navigation():
        page.click(".desk-ask button[type=submit]")

    assert Image.objects.get().credit == "乙社"


@pytest.mark.parametrize("width", [1024, 1360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_library_is_wider_than_the_screen(open_as, newsroom, ellen, width, scheme):
    picture = large_picture(alt="a" * 200, credit="很长的署名" * 20)
    Image.objects.create(source_url="https://pictures.example/" + "a" * 300)
    page = open_as("ellen")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    for address in (
        reverse(GRID),
        reverse("admin:images_image_outside"),
        reverse("admin:images_image_change", args=[picture.pk]),
        reverse("admin:index"),
    ):
        page.goto(newsroom + address)
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_a_file_is_chosen_by_name_for_a_picture_that_is_still_outside(open_as, newsroom, ellen):
    outsider = Image.objects.create(source_url="https://pictures.example/a.png")
    page = open_as("ellen")
    page.set_viewport_size({"width": 1024, "height": 800})
    page.goto(newsroom + reverse("admin:images_image_outside"))
    send = page.locator(".desk-outsider button[type=submit]").last
    before = send.is_visible()

    name = "一个很长的文件名" * 8 + ".png"
    choose(page, name)
    page.locator("[data-chosen]", has_text=name).wait_for()
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    with page.expect_navigation():
        send.click()

    assert not before
    assert too_wide <= 0
    assert not Image.objects.get(pk=outsider.pk).is_remote
    assert page.url.endswith(reverse("admin:images_image_outside"))


def test_a_file_is_chosen_by_name_to_replace_another(open_as, newsroom, ellen):
    picture = large_picture()
    page = open_as("ellen")
    open_picture(page, newsroom, picture)

    choose(page, "新的.png")
    page.locator("[data-chosen]", has_text="新的.png").wait_for()
    may_leave = page.evaluate(
        "() => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    )
    with page.expect_navigation():
        page.click("button[form=replace_form]")

    assert may_leave
    assert Image.objects.get().original_name == "新的.png"


def choose(page, name):
    file = {"name": name, "mimeType": "image/png", "buffer": factories.picture_file()}
    page.locator("[data-choice] input[type=file]").set_input_files(file)


def test_a_picture_that_does_not_come_leaves_an_empty_frame(open_as, newsroom, ellen):
    Image.objects.create(source_url="https://pictures.example/a.png")
    page = open_as("ellen")

    for address in (reverse(GRID), reverse("admin:images_image_outside")):
        page.goto(newsroom + address)
        page.locator("[data-frame][data-broken]").wait_for()

        assert not page.locator("[data-frame] img").is_visible()


def large_picture(**facts):
    out = BytesIO()
    Pillow.effect_noise((601, 401), 80).convert("RGB").save(out, "JPEG")
    return intake.take_in(out.getvalue(), **facts)


def dropped(name, content):
    return [name, "image/png", base64.b64encode(content).decode()]


def open_picture(page, newsroom, picture):
    page.goto(newsroom + reverse("admin:images_image_change", args=[picture.pk]))
    page.locator(".desk-focus-mark").wait_for()
    page.wait_for_function("document.querySelector('.desk-focus-stage img').complete")


def boxes(page):
    return page.locator(".desk-crop").evaluate_all("all => all.map((crop) => crop.dataset.box)")


def server_boxes(picture):
    size = (picture.width, picture.height)
    found = (recipes.crop_box(size, crop, picture.focus) for crop in recipes.SHAPES)
    return [" ".join(map(str, box)) for box in found]


def save(page):
    with page.expect_navigation():
        page.click("button[name=_continue]")
