"""Links of a story are asked for in the background, politely, and what they say is told."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.desk import review, scheduling, writing
from articles.desk.gate import findings
from articles.desk.link_tasks import check_link, check_links
from articles.desk.links import PAUSE_OF_THE_DEAD
from articles.gate import CheckName
from articles.models import LinkCheck
from tests.images.sites import Site, answer, paths, served
from tests.timing import HOUR, ahead

GONE = answer(404, b"Nothing.", {"Content-Type": "text/plain"})
THERE = answer(200, b"A page.", {"Content-Type": "text/plain"})


@pytest.fixture
def site(settings):
    """A site on this machine that may be asked."""
    settings.IMAGE_FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    settings.IMAGE_FETCH_ALLOWED_PORTS = range(1, 65536)
    with served(Site()) as site:
        yield site


def _linking(snapshot, *addresses):
    links = "".join(f'<p><a href="{address}">旧文</a></p>' for address in addresses)
    return snapshot.changed(body=f"<p>正文。</p>{links}")


def _waiting(name):
    return DBTaskResult.objects.filter(task_path__endswith=f".{name}").order_by("pk")


def _work(story):
    """What the worker does after a save."""
    count = check_links.call(story.pk)
    for link in LinkCheck.objects.filter(checked_at=None):
        check_link.call(link.pk)
    return count


def test_a_save_only_leaves_a_task_behind(wanda, snapshot, site):
    story = writing.create(_linking(snapshot, site.at("/a")), by=wanda)

    assert [task.args_kwargs["args"] for task in _waiting("check_links")] == [[story.pk]]
    assert site.asked == []


def test_an_edit_of_the_text_has_its_links_asked_for(draft, wanda, snapshot):
    writing.revise(draft, _linking(snapshot, "https://a.cn/"), by=wanda)

    assert _waiting("check_links").count() == 1


def test_other_edits_and_other_texts_do_not(draft, wanda, snapshot):
    writing.revise(draft, snapshot.changed(title="改名"), by=wanda)
    writing.revise(draft, snapshot.changed(body="<p>没有链接。</p>"), by=wanda)

    assert not _waiting("check_links").exists()


def test_links_are_tried_again_on_the_way_to_readers(wanda, ellen, snapshot):
    story = writing.create(_linking(snapshot, "https://a.cn/"), by=wanda)
    counts = [_waiting("check_links").count()]

    for step in (
        lambda: review.submit(story, by=wanda),
        lambda: review.approve(story, by=ellen),
        lambda: scheduling.schedule(story, at=ahead(), by=ellen),
    ):
        step()
        counts.append(_waiting("check_links").count())

    assert counts == [1, 2, 3, 4]


def test_a_link_that_was_mended_is_dead_no_more(wanda, snapshot, site):
    site.answers["/a"] = GONE
    story = writing.create(_linking(snapshot, site.at("/a")), by=wanda)
    _work(story)
    assert check_links.call(story.pk) == 0
    site.answers["/a"] = THERE
    LinkCheck.objects.update(check_after=F("check_after") - PAUSE_OF_THE_DEAD)

    assert check_links.call(story.pk) == 1
    check_link.call(LinkCheck.objects.get().pk)

    found = findings(story, story.working_revision.snapshot)
    assert CheckName.DEAD_LINKS not in {finding.check.name for finding in found}
    assert LinkCheck.objects.get().check_after > ahead(23 * HOUR)


def test_archives_that_come_in_by_themselves_are_not_tried(snapshot, db):
    writing.create(_linking(snapshot, "https://a.cn/"), by=None)

    assert not _waiting("check_links").exists()


def test_a_link_that_is_gone_is_told_at_the_gate(wanda, snapshot, site):
    site.answers |= {"/gone": GONE, "/there": THERE}
    story = writing.create(_linking(snapshot, site.at("/gone"), site.at("/there")), by=wanda)

    _work(story)

    found = findings(story, story.working_revision.snapshot)
    (finding,) = [f for f in found if f.check.name == CheckName.DEAD_LINKS]
    assert [place.at for place in finding.places] == [site.at("/gone")]


def test_a_site_that_does_not_answer_is_no_dead_link(wanda, snapshot, site):
    nobody = "http://127.0.0.1:1/"
    story = writing.create(_linking(snapshot, nobody), by=wanda)

    _work(story)

    link = LinkCheck.objects.get()
    assert (link.url, link.status) == (nobody, None)
    assert link.checked_at is not None
    found = findings(story, story.working_revision.snapshot)
    assert CheckName.DEAD_LINKS not in {finding.check.name for finding in found}


def test_an_address_is_not_asked_twice_a_day(wanda, snapshot, site):
    site.answers["/a"] = THERE
    story = writing.create(_linking(snapshot, site.at("/a"), site.at("/a#part")), by=wanda)
    other = writing.create(_linking(snapshot, site.at("/a")).changed(title="别的"), by=wanda)

    counts = [_work(story), _work(story), _work(other)]

    assert counts == [1, 0, 0]
    assert paths(site) == ["HEAD /a"]


def test_after_a_day_it_is_asked_again(wanda, snapshot, site):
    story = writing.create(_linking(snapshot, site.at("/a")), by=wanda)
    check_links.call(story.pk)
    LinkCheck.objects.update(check_after=timezone.now() - timedelta(seconds=1))

    assert check_links.call(story.pk) == 1


def test_one_site_is_asked_at_a_walking_pace(wanda, snapshot):
    addresses = [*(f"https://a.cn/{n}" for n in range(3)), "https://b.cn/"]
    story = writing.create(_linking(snapshot, *addresses), by=wanda)

    check_links.call(story.pk)

    times = [task.run_after for task in _waiting("check_link")]
    assert len(times) == 4
    seconds = sorted((moment - min(times)).total_seconds() for moment in times)
    assert seconds == [0, 0, 2, 4]


def test_a_story_that_is_gone_asks_nothing(db):
    assert check_links.call(99999) == 0
    assert check_link.call(99999) is False


def test_an_address_too_long_to_keep_is_left_alone(wanda, snapshot, long_address):
    longer = "https://a.cn/" + "a" * 2000
    story = writing.create(_linking(snapshot, longer, long_address, "https://a.cn/"), by=wanda)

    assert check_links.call(story.pk) == 1
    assert [link.url for link in LinkCheck.objects.all()] == ["https://a.cn/"]


def test_what_may_not_be_asked_is_written_down_as_silent(wanda, snapshot):
    story = writing.create(_linking(snapshot, "http://10.0.0.1/"), by=wanda)

    _work(story)

    assert [link.status for link in LinkCheck.objects.all()] == [None]
