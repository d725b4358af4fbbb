"""What readers must not see, wherever they look: one walk over the site for a planted phrase."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.desk import publishing, review, scheduling, writing
from articles.desk.writing import working_snapshot
from articles.models import Author, Category, Tag
from tests import factories

pytestmark = pytest.mark.django_db

PHRASE = "秘而不宣"
LINK = re.compile(r'(?:href|src)="(/[^"]*)"|<(?:loc|link|guid[^>]*)>http://127.0.0.1:8000(/[^<]*)<')


def planted(name):
    """Facts of a story that carry the phrase in every place a reader could find it."""
    return {
        "title": f"{PHRASE}{name}",
        "standfirst": PHRASE,
        "body": f"<p>{PHRASE}</p>",
        "category": factories.category(f"{PHRASE}频道{name}"),
        "authors": [factories.author(f"{PHRASE}作者{name}")],
        "tags": (f"{PHRASE}标签{name}",),
        "source_name": PHRASE,
    }


def hidden_stories():
    """A story in every state in which readers must not see it."""
    draft = factories.draft(**planted("草稿"))
    in_review = review.submit(factories.draft(**planted("送审")), by=None)
    approved = review.approve(factories.draft(**planted("通过")), by=None)
    scheduled = review.approve(factories.draft(**planted("定时")), by=None)
    scheduling.schedule(scheduled, at=timezone.now() + timedelta(days=1), by=None)
    withdrawn = factories.live(**planted("撤回"))
    publishing.withdraw(withdrawn, reason="事实有误。", by=None)
    return [draft, in_review, approved, scheduled, withdrawn]


def rework(story):
    """Change a live story at the desk without publishing the change."""
    facts = {"title": f"{PHRASE}改稿", "body": f"<p>{PHRASE}</p>", "tags": (f"{PHRASE}改稿",)}
    writing.revise(story, working_snapshot(story).changed(**facts), by=None)


def walk(client, addresses):
    """Every answer that can be reached from `addresses` by links, by address."""
    answers, waiting = {}, list(addresses)
    while waiting:
        address = waiting.pop()
        if address in answers or address.startswith(("/admin/", "/static/", "/media/")):
            continue
        answers[address] = response = client.get(address, follow=True)
        waiting += [one or other for one, other in LINK.findall(response.text)]
    return answers


def addresses_of(stories):
    """Where somebody who guesses would look."""
    things = [*stories, *Category.objects.all(), *Tag.objects.all(), *Author.objects.all()]
    own = [thing.get_absolute_url() for thing in things]
    lists = [f"{address}feed/" for address in own if not address.startswith("/articles/")]
    return [*own, *lists, *(story.get_short_url() for story in stories)]


def test_what_is_not_published_is_nowhere(client):
    stories = hidden_stories()
    rework(factories.live(title="公开的文章"))
    start = ["/", "/feed/", "/sitemap.xml", "/archive/"]

    answers = walk(client, start)

    assert "/sitemap/lists.xml" in answers
    assert any("公开的文章" in response.text for response in answers.values())
    assert [address for address, answer in answers.items() if PHRASE in answer.text] == []
    guessed = {a for a in addresses_of(stories) if not a.startswith("/category/")}
    found = {a: client.get(a, follow=True) for a in guessed}
    assert {a: r.status_code for a, r in found.items() if PHRASE in r.text} == {}


def test_a_withdrawal_empties_every_list(client):
    story = factories.live(**planted("撤回"))
    before = walk(client, ["/", "/sitemap.xml", "/feed/"])
    assert any(PHRASE in answer.text for answer in before.values())

    publishing.withdraw(story, reason="事实有误。", by=None)

    after = walk(client, ["/", "/sitemap.xml", "/feed/"])
    assert [address for address, answer in after.items() if PHRASE in answer.text] == []
