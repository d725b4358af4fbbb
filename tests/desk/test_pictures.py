"""The library's verbs: taken in, described, replaced, kept while in use, sent for."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from articles.desk import picture_tasks, pictures, picturing, publishing, review, writing
from articles.images import intake, keeping
from articles.images.inspection import PictureRefused
from articles.images.models import Image, Problem
from articles.models import PictureUse
from articles.workflow import NotAllowed
from tests import factories

FIGURE = '<figure><img src="{url}" alt="图" width="64" height="36" data-image="{pk}"></figure>'


@pytest.fixture
def image(db):
    return factories.picture(alt="一块颜色")


def figure(image):
    return FIGURE.format(url=image.url, pk=image.pk)


def queued(name):
    """The arguments of the waiting tasks of this name."""
    paths = DBTaskResult.objects.filter(task_path__endswith=f".{name}", status="READY")
    return [task.args_kwargs["args"] for task in paths.order_by("enqueued_at")]


def test_a_new_picture_asks_for_its_renditions(db, wanda):
    image = pictures.take_in(factories.picture_file(), by=wanda, name="IMG_1.png")

    assert queued("make_renditions") == [[image.pk]]
    assert image.uploaded_by == wanda
    assert image.original_name == "IMG_1.png"


def test_otto_cannot_add_a_picture(db, otto):
    with pytest.raises(NotAllowed):
        pictures.take_in(factories.picture_file(), by=otto)

    assert not Image.objects.exists()


def test_a_replaced_picture_is_replaced_wherever_it_stands(image):
    story = factories.live(body=f"<p>字</p>{figure(image)}")
    old = image.url

    image = pictures.replace(image, factories.picture_file(80, 60, "blue"), by=None, name="b.png")

    story.refresh_from_db()
    assert image.url != old
    assert (image.width, image.height, image.original_name) == (80, 60, "b.png")
    assert image.url in story.rendered_body
    assert old not in story.rendered_body
    assert f'src="{old}"' in story.body


def test_a_lost_file_is_brought_again(image):
    default_storage.delete(image.file.name)

    again = pictures.take_in(factories.picture_file(), by=None)

    assert again == image
    assert default_storage.exists(image.file.name)
    assert queued("make_renditions") == [[image.pk]]


def test_a_picture_whose_file_is_lost_is_described_and_replaced(image):
    default_storage.delete(image.file.name)

    pictures.describe(image, by=None, caption="说明")
    pictures.set_focal_point(image, (0.1, 0.2), by=None)
    image = pictures.replace(image, factories.picture_file(80, 60, "blue"), by=None)

    assert image.caption == "说明"
    assert default_storage.exists(image.file.name)


def test_a_lost_file_is_brought_again_in_its_place(image):
    default_storage.delete(image.file.name)

    again = pictures.replace(image, factories.picture_file(), by=None)

    assert again == image
    assert default_storage.exists(image.file.name)


def test_a_replaced_picture_forgets_its_renditions_and_its_focal_point(image):
    Image.objects.update(renditions={"full": {}}, focal_point="0.1x0.9")

    image = pictures.replace(image, factories.picture_file(80, 60, "blue"), by=None)

    assert (image.renditions, image.focal_point) == ({}, "0.5x0.5")
    assert queued("make_renditions") == [[image.pk]]


def test_a_picture_is_not_replaced_by_another_of_the_library(image):
    other = pictures.take_in(factories.picture_file(80, 60, "blue"), by=None)

    with pytest.raises(pictures.PictureKnown) as refused:
        pictures.replace(image, factories.picture_file(80, 60, "blue"), by=None)

    assert refused.value.image == other


def test_a_file_that_comes_in_by_another_door_meanwhile_replaces_nothing(image, monkeypatch):
    blue = factories.picture_file(80, 60, "blue")
    put = keeping.put

    def slowly(*arguments, **names):
        put(*arguments, **names)
        intake.take_in(blue)

    monkeypatch.setattr(keeping, "put", slowly)

    with pytest.raises(pictures.PictureKnown) as refused:
        pictures.replace(image, blue, by=None)

    assert refused.value.image.pk != image.pk


def test_what_is_no_picture_replaces_nothing(image):
    before = image.sha256

    with pytest.raises(PictureRefused):
        pictures.replace(image, b"<svg onload='x()'/>", by=None)

    image.refresh_from_db()
    assert image.sha256 == before


def test_a_moved_focal_point_asks_for_new_crops(image):
    pictures.set_focal_point(image, (0.25, 0.125), by=None)

    image.refresh_from_db()
    assert image.focal_point == "0.25x0.125"
    assert image.focus == (0.25, 0.125)
    assert queued("make_renditions") == [[image.pk]]


def test_a_focal_point_that_does_not_move_asks_for_nothing(image):
    pictures.set_focal_point(image, (0.5, 0.5), by=None)

    assert queued("make_renditions") == []


@pytest.mark.parametrize("point", [(-0.1, 0.5), (0.5, 1.1), (float("nan"), 0.5)])
def test_a_focal_point_outside_of_the_picture_is_an_error(image, point):
    with pytest.raises(ValueError, match="focal point"):
        pictures.set_focal_point(image, point, by=None)


def test_a_described_picture_is_described_on_the_pages_that_show_it(image):
    body = figure(image).replace('alt="图"', 'alt=""')
    story = factories.live(body=f"<p>字</p>{body}")

    pictures.describe(image, by=None, alt="一只猫")

    story.refresh_from_db()
    assert 'alt="一只猫"' in story.rendered_body


def test_texts_find_a_picture_by_the_address_it_came_with(image):
    address = "https://pictures.example/a.png"
    Image.objects.update(source_url=address)
    body = f'<p>字</p><figure><img src="{address}" alt="图"></figure>'
    story = factories.live(body=body)

    pictures.describe(image, by=None, source_url="https://agency.example/series/1")

    story.refresh_from_db()
    assert image.url in story.rendered_body
    with pytest.raises(pictures.PictureInUse):
        pictures.delete(image, by=None)


def test_an_address_given_back_is_the_pictures_own_again(image):
    for address in [
        "https://a.example/1.png",
        "https://a.example/2.png",
        "https://a.example/1.png",
    ]:
        pictures.describe(image, by=None, source_url=address)

    image.refresh_from_db()
    assert image.source_url == "https://a.example/1.png"
    others = Image.objects.exclude(pk=image.pk).values_list("source_url", "same_as")
    assert list(others) == [("https://a.example/2.png", image.pk)]


def test_a_remote_picture_is_asked_for_at_its_new_address(db):
    story = factories.live(body='<figure><img src="https://a.example/1.png" alt="图"></figure>')
    Image.objects.update(fetch_problem=Problem.GONE, fetch_attempts=3)
    DBTaskResult.objects.all().delete()

    image = pictures.describe(Image.objects.get(), by=None, source_url="https://a.example/2.png")

    story.refresh_from_db()
    assert queued("fetch_picture") == [[image.pk]]
    assert "https://a.example/2.png" in story.rendered_body


def test_only_facts_are_described(image):
    with pytest.raises(TypeError, match="sha256"):
        pictures.describe(image, by=None, sha256="0")


def test_wanda_describes_what_she_brought_and_nothing_else(image, wanda):
    own = pictures.take_in(factories.picture_file(80, 60, "blue"), by=wanda)

    pictures.describe(own, by=wanda, alt="蓝色")
    with pytest.raises(NotAllowed):
        pictures.describe(image, by=wanda, alt="红色")

    own.refresh_from_db()
    image.refresh_from_db()
    assert (own.alt, image.alt) == ("蓝色", "一块颜色")


def test_what_readers_see_does_not_change_by_wandas_hand(db, wanda):
    own = pictures.take_in(factories.picture_file(80, 60, "blue"), by=wanda)
    factories.live(body=figure(own))

    with pytest.raises(NotAllowed):
        pictures.replace(own, factories.picture_file(80, 60, "red"), by=wanda)
    with pytest.raises(NotAllowed):
        pictures.set_focal_point(own, (0.1, 0.1), by=wanda)

    own.refresh_from_db()
    assert (own.focal_point, own.original_name) == ("0.5x0.5", "")


@pytest.mark.parametrize("place", ["header", "body"])
@pytest.mark.parametrize("stage", ["draft", "live"])
def test_a_picture_in_use_is_not_deleted(image, place, stage):
    facts = {"header_image": image.pk} if place == "header" else {"body": figure(image)}
    getattr(factories, stage)(title="用到它的稿件", **facts)

    with translation.override("en"), pytest.raises(pictures.PictureInUse, match="用到它的稿件"):
        pictures.delete(image, by=None)

    assert Image.objects.filter(pk=image.pk).exists()


def test_a_picture_that_only_readers_see_is_in_use(image):
    story = factories.live(body=figure(image))
    writing.revise(story, writing.working_snapshot(story).changed(body="<p>字</p>"), by=None)

    with pytest.raises(pictures.PictureInUse):
        pictures.delete(image, by=None)

    assert [use.is_live for use in picturing.uses_of(image)] == [True]


def test_an_authors_portrait_is_in_use(image):
    factories.author("林墨", portrait=image)

    with pytest.raises(pictures.PictureInUse, match="林墨"):
        pictures.delete(image, by=None)


def test_an_unused_picture_goes_with_its_files(image):
    story = factories.draft(body=figure(image))
    writing.revise(story, writing.working_snapshot(story).changed(body="<p>字</p>"), by=None)
    name, rendition = image.file.name, f"renditions/{image.stem[:2]}/{image.stem}/a.jpg"
    default_storage.save(rendition, ContentFile(b"anything"))

    pictures.delete(image, by=None)
    [arguments] = queued("throw_away")
    assert picture_tasks.throw_away.call(*arguments)

    assert not Image.objects.exists()
    assert not default_storage.exists(name)
    assert not default_storage.exists(rendition)


def test_files_that_came_in_again_are_not_thrown_away(image):
    pictures.delete(image, by=None)
    again = factories.picture()

    [arguments] = queued("throw_away")
    assert not picture_tasks.throw_away.call(*arguments)

    assert default_storage.exists(again.file.name)


def test_a_replaced_file_is_thrown_away_a_day_later(image):
    before = image.file.name

    pictures.replace(image, factories.picture_file(80, 60, "blue"), by=None)

    task = DBTaskResult.objects.get(task_path__endswith=".throw_away")
    assert task.run_after - task.enqueued_at > timedelta(hours=23)
    assert picture_tasks.throw_away.call(*task.args_kwargs["args"])
    assert not default_storage.exists(before)


def test_a_storage_that_is_away_is_asked_again(image, monkeypatch):
    def away(*_):
        raise OSError("the disk is away")

    monkeypatch.setattr(keeping, "throw_away", away)
    pictures.delete(image, by=None)
    [arguments] = queued("throw_away")

    assert not picture_tasks.throw_away.call(*arguments)

    assert queued("throw_away") == [arguments, arguments]


def test_wanda_cannot_delete_a_picture(image, wanda):
    with pytest.raises(NotAllowed):
        pictures.delete(image, by=wanda)

    assert Image.objects.exists()


# What stories show is written down


def test_uses_follow_the_working_copy_and_the_live_text(image):
    story = factories.draft(body=figure(image), header_image=image.pk)
    review.approve(story, by=None)
    publishing.publish(story, by=None)

    writing.revise(story, writing.working_snapshot(story).changed(body="<p>字</p>"), by=None)

    noted = set(PictureUse.objects.values_list("image", "place", "text"))
    assert noted == {
        (image.pk, "header", "live"),
        (image.pk, "body", "live"),
        (image.pk, "header", "working"),
    }


def test_readers_of_a_withdrawn_story_see_no_picture(image):
    story = factories.live(body=figure(image))

    publishing.withdraw(story, reason="撤回", by=None)

    assert list(PictureUse.objects.values_list("text", flat=True)) == ["working"]


def test_a_picture_whose_row_is_gone_is_not_shown(db):
    body = FIGURE.format(url="/media/originals/ab/x.png", pk=4711)

    assert picturing.shown_in(body) == {"4711": None}
    assert "<img" not in picturing.rendered(body)


def test_writing_a_story_with_pictures_asks_few_questions(image, django_assert_max_num_queries):
    body = "".join(figure(image) for _ in range(20))
    story = factories.draft(body="<p>字</p>")
    snapshot = writing.working_snapshot(story).changed(body=body)

    with django_assert_max_num_queries(20):
        writing.revise(story, snapshot, by=None)


# A picture by its address


def test_a_picture_by_its_address_is_sent_for(db, wanda):
    image = pictures.refer_to("https://pictures.example/a.png", by=wanda, alt="图")

    assert queued("fetch_picture") == [[image.pk]]
    assert (image.uploaded_by, image.alt) == (wanda, "图")
    assert pictures.refer_to("https://pictures.example/a.png", by=wanda) == image
    assert len(queued("fetch_picture")) == 1


@pytest.mark.parametrize("address", ["ftp://a.example/a.png", "//a.example/a.png", "a.png", ""])
def test_what_is_no_address_of_the_web_is_refused(db, wanda, address):
    with translation.override("en"), pytest.raises(PictureRefused, match="https"):
        pictures.refer_to(address, by=wanda)

    assert not Image.objects.exists()


def test_a_picture_whose_address_no_index_holds_stays_where_it_is(db, long_address, wanda):
    body = f'<p>字</p><figure><img src="{long_address}" alt="图"></figure>'

    story = factories.draft(body=body)

    assert long_address in story.body
    assert not Image.objects.exists()
    with translation.override("en"), pytest.raises(PictureRefused, match="too long"):
        pictures.refer_to(long_address, by=wanda)


def test_otto_refers_to_no_picture(db, otto):
    with pytest.raises(NotAllowed):
        pictures.refer_to("https://pictures.example/a.png", by=otto)
