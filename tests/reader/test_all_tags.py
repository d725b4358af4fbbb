"""All tags: those that readers can see, filed as they are read, with how many stories each has."""

import re

import pytest

from articles.models import Tag
from articles.reader import all_tags
from tests import factories

pytestmark = pytest.mark.django_db


def filed(client):
    """The tags under each letter, from top to bottom."""
    sections = client.get("/tags/").text.split('<h2 class="letter__name">')[1:]
    return {part[0]: re.findall(r'/tag/[^"]*">([^<]*)</a>', part) for part in sections}


def test_tags_are_filed_by_the_letter_with_which_they_are_read(client):
    factories.live(tags=("芯片", "开源", "重庆", "Apple", "éclair", "5G", "《三体》", "安全"))

    assert filed(client) == {
        "A": ["安全", "Apple"],
        "C": ["重庆"],
        "E": ["éclair"],
        "K": ["开源"],
        "X": ["芯片"],
        "#": ["5G", "《三体》"],
    }


def test_a_tag_says_how_many_stories_carry_it(client):
    factories.live(tags=("芯片",))
    factories.live(tags=("芯片", "工厂"))

    text = client.get("/tags/").text

    assert re.search(r'芯片</a> <span class="letter__count">2<', text)
    assert re.search(r'工厂</a> <span class="letter__count">1<', text)


def test_a_tag_without_published_stories_is_not_named(client, withdrawn):
    factories.draft(tags=("秘密",))
    Tag.objects.create(name="无人用")

    response = client.get("/tags/")

    assert response.status_code == 200
    assert filed(client) == {}


def test_the_most_used_are_shown_where_there_are_too_many(client, monkeypatch):
    monkeypatch.setattr(all_tags, "AT_MOST", 2)
    factories.live(tags=("芯片", "工厂"))
    factories.live(tags=("芯片", "工厂", "别的"))

    text = client.get("/tags/").text.partition("<main")[2]

    assert "芯片" in text
    assert "工厂" in text
    assert "别的" not in text
    assert "list-head__about" in text
