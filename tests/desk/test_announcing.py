"""Search engines told by real requests: of what readers see, and of nothing else."""

import json
import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.desk import publishing, review, writing
from articles.desk.announcing_tasks import tell
from articles.gate import Occasion
from articles.models import Outlet
from articles.reader import scripts
from tests import factories
from tests.desk.conftest import free_port
from tests.images.sites import Site, answer, served

OURS = "https://news.example"
KEY = "k3y-of-this-newsroom"
TEXT = {"Content-Type": "text/plain"}
TAKEN = answer(200, b'{"remain": 9, "success": 1}', TEXT)


@pytest.fixture(autouse=True)
def engines(settings, db):
    """A server that takes what is meant for IndexNow and for Baidu."""
    settings.SITE_URL = OURS
    settings.IMAGE_FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.IMAGE_FETCH_ALLOWED_PORTS = range(1, 65536)
    settings.INDEXNOW_KEY, settings.BAIDU_PUSH_TOKEN = KEY, "t0ken"
    Outlet.objects.update(traditional=Outlet.Traditional.OFF)
    cache.clear()
    with served(Site()) as site:
        settings.INDEXNOW_URL, settings.BAIDU_PUSH_URL = site.at("/indexnow"), site.at("/urls")
        site.answers |= {"/indexnow": TAKEN, "/urls": TAKEN}
        yield site
    cache.clear()


def enqueued():
    tasks = DBTaskResult.objects.filter(task_path__endswith="announcing_tasks.tell")
    return [task.args_kwargs for task in tasks.order_by("enqueued_at")]


def work():
    """Do what the worker does with everything that waits; what became of it."""
    return [tell.call(*each["args"], **each["kwargs"]) for each in enqueued()]


def test_indexnow_is_told_of_a_publication(engines, live):
    assert work() == [True, True]

    posted = dict(engines.asked)
    assert json.loads(posted["POST /indexnow"]) == {
        "host": "news.example",
        "key": KEY,
        "keyLocation": f"{OURS}/{KEY}.txt",
        "urlList": [f"{OURS}{live.get_absolute_url()}"],
    }


def test_baidu_is_told_of_a_publication(engines, live):
    work()

    posted = dict(engines.asked)
    query = "site=https%3A%2F%2Fnews.example&token=t0ken"
    assert posted[f"POST /urls?{query}"] == f"{OURS}{live.get_absolute_url()}"


def test_the_page_in_traditional_chinese_is_told_of_too(engines, live):
    Outlet.objects.update(traditional=Outlet.Traditional.TAIWAN)

    work()

    path = live.get_absolute_url()
    (said,) = [posted for name, posted in engines.asked if name.startswith("POST /urls")]
    assert said.splitlines() == [f"{OURS}{path}", f"{OURS}{scripts.PREFIX[:-1]}{path}"]


def test_an_update_and_a_withdrawal_are_told_of(live, snapshot):
    DBTaskResult.objects.all().delete()
    writing.revise(live, snapshot.changed(title="新的标题"), by=None)
    review.approve(live, by=None)
    before = len(enqueued())

    publishing.publish(live, by=None)
    after_update = len(enqueued())
    publishing.withdraw(live, reason="事实有误。", by=None)

    assert (before, after_update, len(enqueued())) == (0, 2, 4)
    assert work() == [True] * 4


def test_nobody_is_told_of_a_minor_change(live, snapshot):
    DBTaskResult.objects.all().delete()
    writing.revise(live, snapshot.changed(title="没有错字"), by=None)

    publishing.approve_and_publish(live, by=None, minor=True)

    assert enqueued() == []


def test_nobody_is_told_of_what_readers_do_not_see(engines, approved):
    assert enqueued() == []
    assert tell.call("IndexNow", approved.pk) is False
    assert engines.asked == []


@pytest.mark.parametrize(("age", "told"), [(timedelta(hours=2), 2), (timedelta(hours=49), 0)])
def test_of_what_is_imported_only_news_is_told(db, age, told):
    factories.live(at=timezone.now() - age)

    assert len(enqueued()) == told


@pytest.mark.parametrize("original", ["https://example.org/original", f"{OURS}/articles/1/x/"])
def test_nobody_is_told_of_a_story_whose_original_is_elsewhere(db, original):
    factories.live(canonical_url=original)

    assert enqueued() == []


def test_without_a_key_nobody_is_told(settings, engines, approved):
    settings.INDEXNOW_KEY, settings.BAIDU_PUSH_TOKEN = "", ""

    publishing.publish(approved, by=None, occasion=Occasion.PUBLISH)

    assert enqueued() == []
    assert tell.call("Baidu", approved.pk) is False


@pytest.mark.parametrize("status", [400, 403, 422, 302])
def test_a_refusal_is_final_and_logged_without_the_key(engines, live, caplog, status):
    engines.answers["/indexnow"] = answer(status, b"no such key", TEXT)

    with caplog.at_level(logging.ERROR, "newsroom.search_engines"):
        told = tell.call("IndexNow", live.pk)

    assert told is False
    assert len(enqueued()) == 2
    assert f"HTTP {status} no such key" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    "said",
    [
        {"remain": 9, "success": 0, "not_same_site": [f"{OURS}/articles/1/x/"]},
        {"remain": 9, "success": 0, "not_valid": [f"{OURS}/articles/1/x/"]},
        {"remain": 9, "success": 1, "not_valid": [f"{OURS}/zh-hant/articles/1/x/"]},
        {"remain": 0, "success": 0},
        ["success"],
        {"success": None},
    ],
    ids=["another site", "not valid", "one of two", "nothing", "no facts", "no count"],
)
def test_baidus_refusal_in_an_answer_of_200_is_final_and_logged(engines, live, caplog, said):
    engines.answers["/urls"] = answer(200, json.dumps(said, indent=1).encode(), TEXT)

    with caplog.at_level(logging.ERROR, "newsroom.search_engines"):
        told = tell.call("Baidu", live.pk)

    assert told is False
    assert len(enqueued()) == 2
    reason = " ".join(json.dumps(said, indent=1).split())
    assert f"Baidu does not take an address: HTTP 200 {reason}" in caplog.text
    assert "t0ken" not in caplog.text


@pytest.mark.parametrize("status", [200, 202])
def test_indexnow_says_all_by_its_status(engines, live, status):
    engines.answers["/indexnow"] = answer(status, b"", TEXT)

    assert tell.call("IndexNow", live.pk) is True


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_engine_that_is_busy_is_told_later(engines, live, status):
    engines.answers["/indexnow"] = answer(status, b"", TEXT)

    assert tell.call("IndexNow", live.pk) is False

    assert enqueued()[-1] == {"args": ["IndexNow", live.pk], "kwargs": {"attempt": 2}}


def test_an_engine_that_is_away_is_told_later_and_given_up_at_last(settings, live, caplog):
    settings.INDEXNOW_URL = f"http://127.0.0.1:{free_port()}/indexnow"

    assert tell.call("IndexNow", live.pk) is False
    assert len(enqueued()) == 3
    tell.call("IndexNow", live.pk, attempt=5)

    assert len(enqueued()) == 3
    assert "is not told of story" in caplog.text


def test_the_key_is_shown_where_indexnow_looks(client, db, settings):
    shown = client.get(f"/{KEY}.txt")
    settings.INDEXNOW_KEY = ""

    assert (shown.status_code, shown.text) == (200, KEY)
    assert {client.get(f"/{name}.txt").status_code for name in (KEY, "x")} == {404}
