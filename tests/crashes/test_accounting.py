"""The books of the crash test: what is wrong in the database is found, and nothing else."""

import pytest

from articles.desk import autosaving, publishing, review, scheduling
from articles.desk.recording import record
from articles.models import Article
from articles.workflow import Verb
from tests import factories
from tests.crashes import accounting
from tests.crashes.tokens import fields_with
from tests.timing import DAY, HOUR, ahead

pytestmark = pytest.mark.django_db

ONE, OTHER = "tok000001x", "tok000002x"
ONCE = [Verb.APPROVE, Verb.SCHEDULE, Verb.PUBLISH, Verb.WITHDRAW]


@pytest.fixture
def story():
    return factories.live(**fields_with(ONE))


def test_an_orderly_story_is_in_order(story):
    publishing.withdraw(story, reason="事实有误。", by=None)

    assert [*accounting.odd_events(), *accounting.half_published()] == []


@pytest.mark.parametrize("verb", ONCE)
def test_what_was_done_twice_is_found(story, verb):
    for _time in range(2):
        record(verb, story, by=None, revision=story.live_revision)

    assert any(found.startswith(f"{verb} ") for found in accounting.odd_events())


def test_a_story_may_be_scheduled_for_another_time():
    story = review.approve(factories.draft(**fields_with(ONE)), by=None)
    for later in (HOUR, DAY):
        scheduling.schedule(story, at=ahead(later), by=None)

    assert list(accounting.odd_events()) == []


def test_half_a_story_on_the_row_is_found(story):
    Article.objects.filter(pk=story.pk).update(title=OTHER)

    assert list(accounting.half_published()) == [f"story {story.pk}: {[ONE, OTHER]}"]


def test_typing_that_was_answered_and_is_gone_is_found(story, ellen):
    autosaving.keep(ellen, content={"title": [ONE]}, article=story, tab="a", count=1)

    assert list(accounting.lost_typing({ONE})) == []
    assert list(accounting.lost_typing({ONE, OTHER})) == [f"answered, but not kept: {OTHER}"]
