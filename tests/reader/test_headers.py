"""What goes with every answer to a reader: a strict policy, no cookie, one answer for all."""

import pytest

from articles.body import embeds
from tests.reader import site

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(client):
    newsroom = site.grow(2)
    return {name: client.get(newsroom.address(name)) for name in newsroom.NAMES}


def test_no_answer_sets_a_cookie(answers):
    assert [name for name, answer in answers.items() if answer.cookies] == []


def test_no_answer_depends_on_a_cookie(answers):
    varying = [name for name, answer in answers.items() if "Cookie" in answer.get("Vary", "")]

    assert varying == []


def test_the_policy_allows_nothing_unsafe(answers):
    policies = {answer["Content-Security-Policy"] for answer in answers.values()}

    assert not any("unsafe" in policy for policy in policies)
    assert all("script-src 'self'" in policy for policy in policies)


def test_only_players_we_know_may_be_framed(client, db):
    policy = client.get("/")["Content-Security-Policy"]

    frames = next(part for part in policy.split("; ") if part.startswith("frame-src"))
    origins = {"/".join(provider.player.split("/")[:3]) for provider in embeds.PROVIDERS}
    assert set(frames.split()[1:]) == {"'self'", *origins}


def test_pages_are_not_framed_by_others(answers):
    framed = [name for name, a in answers.items() if a["X-Frame-Options"] != "DENY"]

    assert framed == ["embed"]


def test_a_browser_preferring_english_gets_the_same_page(client, story):
    plain = client.get(story.get_absolute_url())
    other = client.get(story.get_absolute_url(), headers={"accept-language": "en"})

    assert other.content == plain.content


def test_an_editor_reads_the_same_page_as_everybody(client, story, ellen):
    plain = client.get(story.get_absolute_url())
    client.force_login(ellen)

    assert client.get(story.get_absolute_url()).content == plain.content


@pytest.mark.parametrize("name", [n for n in site.Newsroom.NAMES if n != "404"])
def test_a_reader_who_has_the_page_is_not_sent_it_again(client, name):
    address = site.grow(1).address(name)
    first = client.get(address)

    second = client.get(address, headers={"if-none-match": first["ETag"]})

    assert second.status_code == 304
