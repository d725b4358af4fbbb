"""What a page weighs: how much HTML, CSS and JavaScript there is, before and after compression."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.staticfiles import finders

from articles.reader import stylesheets
from tests import factories
from tests.reader import site

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

KB = 1024  # bytes
SENTENCE = "工厂的工程师说，这条生产线停了三个月，今天上午十点重新开动，第一批芯片下周出厂。"


def text_of(name):
    return Path(finders.find(name)).read_text("utf-8")


@pytest.fixture
def long_story(db):
    """Some two thousand characters in thirteen paragraphs, with pictures and links."""
    newsroom = site.grow(22)  # there is enough to go on with
    link = '<a href="https://example.org/sources/{0}/">来源 {0}</a>'
    picture = '<figure><img src="https://pictures.example.org/{0}.jpg" alt="生产线"></figure>'
    parts = [
        f"<p>{SENTENCE * 4}{link.format(n) if n % 3 == 0 else ''}</p>"
        + (picture.format(n) if n % 5 == 0 else "")
        for n in range(1, 14)
    ]
    return factories.live(
        title="芯片厂停产三个月后重启生产线，第一批芯片下周出厂，供应商松了一口气",
        standfirst=SENTENCE,
        body="".join(parts),
        category=newsroom.category,
        authors=[newsroom.author],
        tags=("芯片", "工厂", "供应链"),
        header_image=factories.picture(alt="生产线").pk,
        source_name="码头日志",
        source_url="https://example.org/source",
        licence="compiled",
    )


def test_all_css_is_at_most_14_kb_compressed():
    css = stylesheets.joined(text_of)

    assert len(gzip.compress(css.encode(), 9)) <= 14 * KB


def test_all_javascript_is_at_most_6_kb_as_it_is(client, settings):
    settings.WEB_APP = True
    folder = Path(project.BASE_DIR, "newsroom", "static", "newsroom", "js")

    files = [path.read_bytes() for path in folder.glob("*.js")]
    worker = client.get("/sw.js").content

    assert len(files) == 2
    assert sum(map(len, [*files, worker])) <= 6 * KB


def test_the_page_of_a_story_is_at_most_18_kb_as_it_is(client, long_story):
    response = client.get(long_story.get_absolute_url())

    size = len(response.content)
    assert len(long_story.body) > 2000  # characters
    assert size <= 18 * KB
