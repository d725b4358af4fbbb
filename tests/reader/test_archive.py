"""The archive: years, months and days, counted by the clock of the outlet."""

from datetime import date, datetime

import pytest

from tests import factories
from tests.reader import site

pytestmark = pytest.mark.django_db


def published(*moments):
    for number, moment in enumerate(moments):
        factories.live(title=f"第 {number} 篇", at=datetime.fromisoformat(f"{moment}+08:00"))


def test_the_archive_leads_to_its_years_and_months(client):
    published("2024-05-01T10:00", "2026-03-14T10:00")

    text = client.get("/archive/").text

    places = ["/archive/2026/", "/archive/2026/03/", "/archive/2024/", "/archive/2024/05/"]
    found = [text.index(f'href="{place}"') for place in places]
    assert found == sorted(found)


def test_a_story_from_centuries_ago_breaks_no_archive(client):
    published("1066-10-14T10:00", "2026-03-14T10:00")

    text = client.get("/archive/").text

    assert 'href="/archive/1066/10/"' in text
    assert 'href="/archive/2026/03/"' in text


def test_the_archive_draws_the_newest_year(client):
    published("2024-05-01T10:00", "2026-03-14T10:00")

    text = client.get("/archive/").text

    assert text.count("<svg") == 1
    assert 'role="img" aria-label="2026' in text


def test_a_year_counts_its_stories_and_lists_its_months(client):
    published("2025-01-01T00:00", "2025-12-31T23:59", "2024-12-31T23:59")

    text = client.get("/archive/2025/").text

    assert 'href="/archive/2025/01/"' in text
    assert 'href="/archive/2025/12/"' in text
    assert "/archive/2024/12/" not in text


def test_a_month_is_a_table_of_its_days(client):
    published("2026-03-14T10:00", "2026-03-14T11:00", "2026-03-01T00:00")

    table = client.get("/archive/2026/03/").text.partition("<table")[2].partition("</table>")[0]

    assert 'href="/archive/2026/03/14/"' in table
    assert 'href="/archive/2026/03/01/"' in table
    assert table.count("<a ") == 2
    assert '<abbr title="星期一">一</abbr>' in table
    assert table.count("<tr>") == 1 + 6  # March 2026 begins on a Sunday
    assert '<span class="month__count" aria-hidden="true">2</span>' in table


@pytest.mark.parametrize(
    ("moment", "address"),
    [
        pytest.param("2026-03-14T00:00", "/archive/2026/03/14/", id="first moment"),
        pytest.param("2026-03-14T23:59:59", "/archive/2026/03/14/", id="last moment"),
        pytest.param("2024-02-29T12:00", "/archive/2024/02/29/", id="leap day"),
    ],
)
def test_a_day_begins_and_ends_in_the_zone_of_the_outlet(client, moment, address):
    published(moment)

    response = client.get(address)

    assert site.headlines(response) == ["第 0 篇"]


def test_a_day_shows_nothing_of_its_neighbours(client):
    published("2026-03-13T23:59:59", "2026-03-14T00:00", "2026-03-15T00:00")

    response = client.get("/archive/2026/03/14/")

    assert site.headlines(response) == ["第 1 篇"]


def test_a_busy_day_goes_on_on_the_next_page(client):
    site.grow(45, same_time=True)

    first = client.get("/archive/2026/03/14/")
    second = client.get(site.older_page(first))

    assert (len(site.headlines(first)), len(site.headlines(second))) == (20, 20)


@pytest.mark.parametrize(
    "address",
    [
        "/archive/2027/",
        "/archive/2025/",
        "/archive/2026/03/15/",
        "/archive/2026/02/30/",
        "/archive/2025/02/29/",
        "/archive/2026/03/00/",
        "/archive/2026/03/32/",
        "/archive/2999/",
        "/archive/2999/12/31/",
        "/archive/0000/",
    ],
)
def test_a_time_without_stories_does_not_exist(client, address):
    published("2026-03-14T10:00")

    assert client.get(address).status_code == 404


def test_the_table_and_the_drawing_of_a_withdrawn_story_forget_it(client, withdrawn):
    today = date.today()  # noqa: DTZ011 - only its year is asked for

    assert client.get(f"/archive/{today:%Y}/").status_code == 404
