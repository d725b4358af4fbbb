"""The canonical address of a story: its own is none, whatever it is written like."""

import pytest

from articles.desk import publishing, review, writing
from articles.models import Snapshot

ORIGIN = "https://news.example.org"


@pytest.fixture(autouse=True)
def _origin(settings):
    settings.SITE_URL = ORIGIN


def saved(story, address):
    """What the desk keeps of a canonical address."""
    address = address.format(pk=story.pk, other=story.pk + 1, slug=story.slug)
    writing.revise(story, Snapshot.of(story).changed(canonical_url=address), by=None)
    return address, writing.working_snapshot(story).canonical_url


@pytest.mark.parametrize(
    "address",
    [
        f"{ORIGIN}/articles/{{pk}}/{{slug}}/",
        f"{ORIGIN}/articles/{{pk}}/another-slug/",
        f"{ORIGIN}/articles/{{pk}}",
        f"{ORIGIN}/a/{{pk}}/",
        f"{ORIGIN}/zh-hant/articles/{{pk}}/{{slug}}/",
        f"{ORIGIN}/zh-hant/a/{{pk}}/?from=feed#top",
        "http://NEWS.example.org:80/a/{pk}/",
    ],
    ids=["address", "slug", "id", "short", "other script", "query", "scheme and port"],
)
def test_the_storys_own_address_is_kept_as_none(draft, address):
    assert saved(draft, address)[1] == ""


@pytest.mark.parametrize(
    "address",
    [
        f"{ORIGIN}/articles/{{other}}/{{slug}}/",
        f"{ORIGIN}/a/{{pk}}0/",
        f"{ORIGIN}/category/{{pk}}/",
        f"{ORIGIN}:8443/a/{{pk}}/",
        "https://example.org/articles/{pk}/{slug}/",
        f"https://example.org/?to={ORIGIN}/a/{{pk}}/",
    ],
    ids=["another story", "longer id", "list", "another port", "another site", "in a query"],
)
def test_any_other_address_is_kept(draft, address):
    wanted, kept = saved(draft, address)

    assert kept == wanted


def test_a_story_that_named_itself_has_its_twin_and_no_original(client, live):
    facts = {"title": "新的标题", "canonical_url": f"{ORIGIN}/a/{live.pk}/"}
    writing.revise(live, Snapshot.of(live).changed(**facts), by=None)
    review.approve(live, by=None)
    publishing.publish(live, by=None)

    text = client.get(live.get_absolute_url()).text

    assert f'hreflang="zh-Hant" href="{ORIGIN}/zh-hant{live.get_absolute_url()}"' in text
    assert 'class="origin"' not in text
