"""Remote pictures come home: asked for when a story names them, shown when they are there."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django_tasks_db.models import DBTaskResult

from articles.desk import homecoming, picture_tasks, pictures, picturing, writing
from articles.images import fetching, intake, keeping
from articles.images.models import Image, Problem
from articles.models import PictureUse
from tests import factories


class OtherSite(BaseHTTPRequestHandler):
    """Another site: what it answers at a path is set by the test."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Referer")))
        status, content = self.server.pages.get(self.path, (404, b""))
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def other_site(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), OtherSite)
    server.pages, server.asked = {}, []
    server.address = f"http://127.0.0.1:{server.server_port}"
    settings.IMAGE_FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.IMAGE_FETCH_ALLOWED_PORTS = [server.server_port]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def remote(address, caption=""):
    lines = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{address}" alt="图">{lines}</figure>'


def queued():
    waiting = DBTaskResult.objects.filter(status="READY", task_path__endswith=".fetch_picture")
    return [task.args_kwargs["args"][0] for task in waiting]


def test_a_story_sends_for_its_remote_pictures_once(db):
    address = "https://pictures.example/a.png"
    body = remote(address, "图 1：说明<small>来源：甲社</small>")
    story = factories.draft(body=body, source_url="https://source.example/1")

    writing.revise(story, writing.working_snapshot(story).changed(body=f"<p>字</p>{body}"), by=None)
    factories.draft(body=body)

    image = Image.objects.get(source_url=address)
    assert (image.alt, image.caption, image.credit) == ("图", "图 1：说明", "来源：甲社")
    assert image.found_on == "https://source.example/1"
    assert queued() == [image.pk]


def test_a_remote_header_picture_is_sent_for(db):
    image = Image.objects.create(source_url="https://pictures.example/a.png")

    factories.draft(header_image=image.pk)

    assert queued() == [image.pk]


def test_what_came_home_is_shown_to_readers_of_the_live_story(db, other_site):
    address = f"{other_site.address}/a.png"
    other_site.pages["/a.png"] = (200, factories.picture_file())
    story = factories.live(body=f"<p>字</p>{remote(address)}")
    assert address in story.rendered_body
    [image_id] = queued()

    assert picture_tasks.fetch_picture.call(image_id)

    image = Image.objects.get(pk=image_id)
    story.refresh_from_db()
    assert not image.is_remote
    assert image.source_url == address
    assert image.url in story.rendered_body
    assert address not in story.rendered_body
    assert address in story.body


def test_an_article_published_later_shows_what_came_home_before(db, other_site):
    address = f"{other_site.address}/a.png"
    other_site.pages["/a.png"] = (200, factories.picture_file())
    factories.draft(body=remote(address))
    image = homecoming.fetch_home(queued()[0])

    story = factories.live(body=remote(address))

    assert image.url in story.rendered_body
    assert queued() == [image.pk]


def test_two_addresses_of_one_file_become_one_picture(db, other_site):
    other_site.pages["/a.png"] = other_site.pages["/b.png"] = (200, factories.picture_file())
    both = [remote(f"{other_site.address}/{name}.png") for name in "ab"]
    story = factories.live(body="".join(both))
    [first, second] = sorted(queued())

    home = homecoming.fetch_home(first)
    assert homecoming.fetch_home(second) == home

    story.refresh_from_db()
    assert Image.objects.at_home().count() == 1
    assert other_site.address not in story.rendered_body
    assert set(PictureUse.objects.values_list("image", flat=True)) == {home.pk}


def test_a_header_picture_that_is_a_double_is_passed_on_to_the_one_there_is(db, other_site):
    other_site.pages["/a.png"] = (200, factories.picture_file())
    twin = factories.picture()
    double = Image.objects.create(source_url=f"{other_site.address}/a.png")
    story = factories.draft(header_image=double.pk)

    homecoming.fetch_home(double.pk)

    story.refresh_from_db()
    assert story.header_image == twin
    assert story.working_revision.snapshot.header_image == double.pk
    assert writing.working_snapshot(story).header_image == twin.pk
    writing.revise(story, writing.working_snapshot(story).changed(title="新标题"), by=None)
    story.refresh_from_db()
    assert story.header_image == twin
    with pytest.raises(pictures.PictureInUse):
        pictures.delete(twin, by=None)


def test_a_form_opened_before_names_the_double_and_means_the_one_there_is(db, other_site):
    other_site.pages["/a.png"] = (200, factories.picture_file())
    twin = factories.picture()
    double = Image.objects.create(source_url=f"{other_site.address}/a.png")
    story = factories.draft(header_image=double.pk)
    opened = writing.working_snapshot(story)
    homecoming.fetch_home(double.pk)

    writing.revise(story, opened.changed(title="新标题"), by=None)

    assert list(PictureUse.objects.values_list("image", "place")) == [(twin.pk, "header")]


def test_an_address_that_came_home_is_never_outside_again(db, other_site):
    other_site.pages["/a.png"] = (200, factories.picture_file())
    address = f"{other_site.address}/a.png"
    home = homecoming.fetch_home(intake.refer_to(address).pk)

    assert intake.refer_to(address) == home


def test_a_file_that_comes_in_by_another_door_meanwhile_is_kept_once(db, other_site, monkeypatch):
    other_site.pages["/a.png"] = (200, factories.picture_file())
    image = Image.objects.create(source_url=f"{other_site.address}/a.png")
    put = keeping.put

    def slowly(*arguments):
        monkeypatch.setattr(keeping, "put", put)
        put(*arguments)
        factories.picture()

    monkeypatch.setattr(keeping, "put", slowly)

    home = homecoming.fetch_home(image.pk)

    assert home == Image.objects.at_home().get()


def test_running_it_twice_is_as_good_as_once(db, other_site):
    other_site.pages["/a.png"] = (200, factories.picture_file())
    image = Image.objects.create(source_url=f"{other_site.address}/a.png")

    assert homecoming.fetch_home(image.pk) == homecoming.fetch_home(image.pk) == image
    assert len(other_site.asked) == 1


def is_time(image):
    """Let the pause before the next attempt be over."""
    Image.objects.filter(pk=image.pk).update(fetch_after=datetime.now(UTC) - timedelta(seconds=1))


def test_a_picture_that_is_gone_at_the_second_look_is_hidden_from_readers(db, other_site):
    address = f"{other_site.address}/gone.png"
    story = factories.live(body=f"<p>字</p>{remote(address, '说明')}")
    image = Image.objects.get()

    assert not picture_tasks.fetch_picture.call(image.pk)
    story.refresh_from_db()
    assert address in story.rendered_body
    is_time(image)
    assert not picture_tasks.fetch_picture.call(image.pk)

    story.refresh_from_db()
    image.refresh_from_db()
    assert (image.fetch_problem, image.is_dead) == (Problem.GONE, True)
    assert list(Image.objects.dead()) == [image]
    assert "<img" not in story.rendered_body
    assert "说明" not in story.rendered_body
    assert address in story.body


def test_an_address_that_is_not_public_is_hidden_from_readers_at_once(db, settings):
    settings.IMAGE_FETCH_ALLOWED_NETWORKS = []
    story = factories.live(body=remote("http://127.0.0.1:8080/a.png"))

    picture_tasks.fetch_picture.call(Image.objects.get().pk)

    story.refresh_from_db()
    assert Image.objects.get().fetch_problem == Problem.ADDRESS
    assert "127.0.0.1" not in story.rendered_body


def test_a_port_we_do_not_ask_is_not_hidden(db):
    image = Image.objects.create(source_url="http://pictures.example:9000/a.png")

    homecoming.fetch_home(image.pk)

    image.refresh_from_db()
    assert (image.fetch_problem, image.is_dead) == (Problem.PORT, False)


def test_a_site_in_trouble_is_asked_again_after_growing_pauses(db, other_site):
    other_site.pages["/a.png"] = (503, b"")
    image = Image.objects.create(source_url=f"{other_site.address}/a.png")
    pauses = []

    for _attempt in range(len(homecoming.PAUSES) + 1):
        is_time(image)
        before = datetime.now(UTC)
        picture_tasks.fetch_picture.call(image.pk)
        image.refresh_from_db()
        pauses.append(image.fetch_after and image.fetch_after - before)

    assert pauses.pop() is None
    nearly = [round(pause / timedelta(minutes=1)) for pause in pauses]
    assert nearly == sorted(set(nearly))
    assert (nearly[0], nearly[-1]) == (10, 30 * 24 * 60)
    assert list(Image.objects.given_up()) == [image]
    assert not image.is_dead
    assert len(queued()) == len(homecoming.PAUSES)


def test_a_task_that_comes_before_its_time_asks_nobody(db, other_site, ellen):
    other_site.pages["/a.png"] = (503, b"")
    image = Image.objects.create(source_url=f"{other_site.address}/a.png")
    picture_tasks.fetch_picture.call(image.pk)
    asked, waiting = len(other_site.asked), queued()

    picture_tasks.fetch_picture.call(image.pk)

    assert len(other_site.asked) == asked
    assert queued() == waiting


def test_a_storage_that_is_away_is_asked_again(db, other_site, monkeypatch):
    other_site.pages["/a.png"] = (200, factories.picture_file())
    image = Image.objects.create(source_url=f"{other_site.address}/a.png")

    def away(_prepared):
        raise OSError("the disk is away")

    monkeypatch.setattr(intake, "store", away)

    assert not picture_tasks.fetch_picture.call(image.pk)

    image.refresh_from_db()
    assert (image.fetch_problem, image.fetch_attempts) == ("", 0)
    assert queued() == [image.pk]


# What an editor does in the meantime stands


@pytest.fixture
def meanwhile(monkeypatch):
    """Do something while the other site is being asked."""

    def arrange(act, failing=False):
        fetch = fetching.fetch

        def slow(address, *, page):
            fetched = fetch(address, page=page)
            act()
            if failing:
                raise fetching.NotFetched(Problem.UNREACHABLE)
            return fetched

        monkeypatch.setattr(fetching, "fetch", slow)

    return arrange


@pytest.mark.parametrize("failing", [False, True])
def test_an_editors_upload_is_not_overwritten(db, other_site, meanwhile, failing):
    other_site.pages["/a.png"] = (200, factories.picture_file())
    image = Image.objects.create(source_url=f"{other_site.address}/a.png")
    blue = factories.picture_file(80, 60, "blue")
    meanwhile(lambda: pictures.replace(image, blue, by=None), failing)

    assert homecoming.fetch_home(image.pk) == image

    image.refresh_from_db()
    assert (image.width, image.fetch_problem) == (80, "")


def test_a_picture_deleted_meanwhile_stays_deleted(db, other_site, meanwhile):
    other_site.pages["/a.png"] = (200, factories.picture_file())
    image = Image.objects.create(source_url=f"{other_site.address}/a.png")
    meanwhile(lambda: pictures.delete(image, by=None))

    assert homecoming.fetch_home(image.pk) is None

    assert not Image.objects.exists()


def test_an_upload_that_the_library_has_already_stands_for_the_picture_outside(db, ellen):
    address = "https://pictures.example/a.png"
    story = factories.live(body=f"<p>字</p>{remote(address)}")
    known = factories.picture()

    standing = pictures.replace(
        Image.objects.get(source_url=address), factories.picture_file(), by=ellen
    )

    story.refresh_from_db()
    assert standing == known
    assert known.url in story.rendered_body
    assert [use.label for use in picturing.uses_of(known)] == [story.title] * 2


def test_forty_remote_pictures_ask_few_questions(db, django_assert_max_num_queries):
    body = "".join(remote(f"https://pictures.example/{number}.png") for number in range(40))
    story = factories.draft(body="<p>字</p>")
    snapshot = writing.working_snapshot(story).changed(body=body)

    with django_assert_max_num_queries(25 + 2 * 40):  # each picture is a task of its own
        writing.revise(story, snapshot, by=None)

    assert len(queued()) == 40


def test_a_drawing_we_do_not_take_stays_outside_and_readers_go_on_seeing_it(db, other_site):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="5"/>'
    other_site.pages["/a.svg"] = (200, drawing)
    address = f"{other_site.address}/a.svg"
    story = factories.live(body=remote(address))

    homecoming.fetch_home(Image.objects.get().pk)

    story.refresh_from_db()
    image = Image.objects.get()
    assert (image.fetch_problem, image.is_dead) == (Problem.NOT_TAKEN, False)
    assert image.fetch_after
    homecoming.fetch_home(image.pk)
    image.refresh_from_db()
    assert image.fetch_after is None
    assert address in story.rendered_body


def test_a_page_in_place_of_a_picture_leaves_it_outside(db, other_site):
    other_site.pages["/a.png"] = (200, b"<!doctype html><script>alert(1)</script>")
    image = Image.objects.create(source_url=f"{other_site.address}/a.png")

    assert homecoming.fetch_home(image.pk) is None

    image.refresh_from_db()
    assert image.is_remote
    assert image.fetch_problem


def test_a_picture_tried_again_by_an_editor_is_shown_again(db, other_site, ellen):
    address = f"{other_site.address}/a.png"
    story = factories.live(body=f"<p>字</p>{remote(address)}")
    image = Image.objects.get()
    homecoming.fetch_home(image.pk)
    other_site.pages["/a.png"] = (200, factories.picture_file())

    pictures.try_again(image, by=ellen)
    homecoming.fetch_home(image.pk)

    image.refresh_from_db()
    story.refresh_from_db()
    assert not image.is_remote
    assert image.url in story.rendered_body


def test_a_picture_outside_comes_home_by_upload(db, ellen):
    address = "https://pictures.example/a.png"
    story = factories.live(body=f"<p>字</p>{remote(address)}")
    image = Image.objects.get()

    image = pictures.replace(image, factories.picture_file(), by=ellen, name="a.png")

    story.refresh_from_db()
    assert image.url in story.rendered_body
    assert picturing.uses_of(image)[0].is_live


def test_a_story_is_published_whether_its_pictures_came_home_or_not(db):
    story = factories.live(body=remote("https://pictures.example/a.png"))

    assert "https://pictures.example/a.png" in story.rendered_body
