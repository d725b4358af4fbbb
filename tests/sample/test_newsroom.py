"""The sample newsroom as a whole, loaded as `make run` loads it."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from articles.models import Article, Author, Category, Outlet
from articles.workflow import Stage


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load it once for the module: drawing the pictures takes seconds."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        call_command("load_sample_newsroom", stdout=StringIO(), stderr=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def newsroom(_loaded, db):
    """The sample newsroom."""


def test_it_looks_alive(newsroom):
    published = Article.objects.published().newest_first()

    assert published.count() >= 30
    assert timezone.now() - published.first().published_at < timedelta(days=2)
    assert Category.objects.top().count() >= 6
    assert Author.objects.filter(articles__in=published).distinct().count() >= 8


def test_its_channels_have_topics_and_no_authors(newsroom):
    topics = Category.objects.filter(parent__parent=None).exclude(parent=None)

    assert Category.objects.count() == Category.objects.top().count() + topics.count() <= 30
    assert not topics.filter(name__in=Author.objects.values("name")).exists()
    assert all(topic.description and re.fullmatch(r"[a-z-]+", topic.slug) for topic in topics)
    assert all(topic.articles.exists() for topic in topics)


def test_its_pictures_are_in_the_library(newsroom):
    illustrated = Article.objects.published().exclude(header_image=None)

    assert illustrated.count() >= 25
    assert all(not story.header_image.is_remote for story in illustrated)
    assert all(story.header_image.alt for story in illustrated)


def test_its_stories_show_what_a_story_can_be(newsroom):
    published = Article.objects.published()

    assert {story.licence for story in published} == set(Article.Licence.values)
    assert published.filter(licence=Article.Licence.COMPILED, bylines__role="compiler").exists()
    assert published.filter(sponsored=True).exists()
    assert published.exclude(ai_disclosure=Article.AiDisclosure.NONE).exists()
    assert published.exclude(canonical_url="").exists()
    assert not published.exclude(modified_at=None).exists()


def test_it_has_a_story_without_a_picture_with_everything(newsroom, client):
    story = Article.objects.get(import_ref="offline-classroom")

    page = client.get(story.get_absolute_url()).text

    assert story.header_image is None
    assert story.rendered_body.count("<h2 id=") >= 4
    for mark in ("doc-noteref", "hl-k", "<table", "<blockquote>", 'class="contents"'):
        assert mark in page


def test_its_people_and_channels_have_pictures_and_words(newsroom):
    people = Author.objects.filter(kind=Author.Kind.PERSON)

    assert people.count() >= 5
    assert all(person.portrait and person.portrait.alt and person.bio for person in people)
    assert all(channel.cover and channel.description for channel in Category.objects.top())


def test_it_has_breaking_news(newsroom, client):
    outlet = Outlet.objects.current()

    page = client.get("/").text

    assert outlet.breaking_until > timezone.now()
    assert outlet.breaking_text in page


def test_its_desk_has_work(newsroom):
    stages = set(Article.objects.values_list("stage", flat=True))

    assert stages == {
        Stage.DRAFT,
        Stage.IN_REVIEW,
        Stage.CHANGES_REQUESTED,
        Stage.SCHEDULED,
        Stage.LIVE,
        Stage.WITHDRAWN,
    }


def test_its_calendar_has_days_to_come(newsroom):
    now = timezone.now()

    assert all(story.scheduled_at > now for story in Article.objects.scheduled())
    assert Article.objects.scheduled().count() == 2
    assert Article.objects.to_be_withdrawn().count() == 1
    assert Article.objects.due_before(now + timedelta(days=4)).count() == 2


def test_it_is_never_loaded_over_stories(live):
    out = StringIO()

    call_command("load_sample_newsroom", stdout=out)

    assert list(Article.objects.filter(pk__gte=live.pk)) == [live]
    assert len(out.getvalue()) > 5
