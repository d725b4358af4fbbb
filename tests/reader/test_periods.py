"""The periods beside one of the archive: those that have stories, and no others."""

import re

import pytest

from tests import factories
from tests.reader import site
from tests.reader.test_archive import published
from tests.reader.test_structured_data import said_at

pytestmark = pytest.mark.django_db

DAYS = ("2024-05-01T10:00", "2026-03-14T23:59:59", "2026-03-16T00:00", "2026-06-30T10:00")


def beside(client, address):
    """Where the links at the foot lead, and what the head says of a sequence."""
    text = client.get(address).text
    foot = re.findall(r'class="pager__(earlier|later)" href="([^"]*)"', text)
    head = re.findall(r'<link rel="(prev|next)" href="([^"]*)"', text)
    return foot, head


@pytest.mark.parametrize(
    ("address", "earlier", "later"),
    [
        ("/archive/2026/03/16/", "/archive/2026/03/14/", "/archive/2026/06/30/"),
        ("/archive/2026/03/14/", "/archive/2024/05/01/", "/archive/2026/03/16/"),
        ("/archive/2026/03/", "/archive/2024/05/", "/archive/2026/06/"),
        ("/archive/2026/06/", "/archive/2026/03/", None),
        ("/archive/2024/05/", None, "/archive/2026/03/"),
        ("/archive/2024/", None, "/archive/2026/"),
        ("/archive/2026/", "/archive/2024/", None),
    ],
)
def test_a_period_leads_to_those_beside_it_that_have_stories(client, address, earlier, later):
    published(*DAYS)
    factories.draft()

    foot, head = beside(client, address)

    assert foot == [pair for pair in (("earlier", earlier), ("later", later)) if pair[1]]
    assert head == [pair for pair in (("prev", earlier), ("next", later)) if pair[1]]


def test_a_list_of_several_pages_is_the_sequence_itself(client):
    published("2024-05-01T10:00")
    site.grow(45)

    first = client.get("/archive/2026/03/")
    second = site.older_page(first)

    assert beside(client, "/archive/2026/03/")[1] == [("next", second)]
    assert beside(client, second)[1] == [("next", site.older_page(client.get(second)))]
    assert beside(client, "/")[1] == [("next", site.older_page(client.get("/")))]
    assert beside(client, second)[0] == [("earlier", "/archive/2024/05/")]


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("day", ["往期文章", "2026年", "2026年3月", "2026年3月14日"]),
        ("month", ["往期文章", "2026年", "2026年3月"]),
        ("year", ["往期文章", "2026年"]),
        ("archive", ["往期文章"]),
        ("tag", ["全部标签", "芯片"]),
        ("tags", ["全部标签"]),
        ("author", ["沈砚"]),
        ("category", ["开源", "发布"]),
        ("page", ["关于我们"]),
    ],
)
def test_the_way_to_a_page_is_said_to_machines(client, name, way):
    newsroom = site.grow(1)

    said = said_at(client, newsroom.address(name))["BreadcrumbList"]["itemListElement"]

    assert [step["name"].replace(" ", "") for step in said][1:] == way
    assert said[-1]["item"].endswith(newsroom.address(name))
