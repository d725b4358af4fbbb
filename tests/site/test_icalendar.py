"""One's own calendar link: what a calendar program reads, and that nobody else can."""

import icalendar
import pytest
from django.urls import reverse

from articles.desk import assigning, calendar_links, review, scheduling, writing
from articles.models import Article, User
from tests import factories
from tests.timing import DAY, HOUR, ago, ahead

LINK = reverse("desk_calendar_link")


@pytest.fixture
def link(ellen):
    return reverse("calendar_feed", args=[calendar_links.renew(by=ellen)])


def a_scheduled(title="定时的稿件"):
    story = review.approve(factories.draft(title=title), by=None)
    return scheduling.schedule(story, at=ahead(DAY), by=None)


def events(client, link):
    calendar = icalendar.Calendar.from_ical(client.get(link).content)
    return {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


def test_it_holds_what_is_scheduled_due_and_to_be_withdrawn(client, link, live):
    story = a_scheduled()
    scheduling.plan_withdrawal(live, at=ahead(DAY), reason="活动结束。", by=None)
    due = factories.draft()
    assigning.assign(due, to=None, due_at=ahead(DAY), by=None)

    assert set(events(client, link)) == {
        f"story-{story.pk}-scheduled",
        f"story-{live.pk}-withdrawal",
        f"story-{due.pk}-due",
    }


def test_an_entry_has_all_that_the_standard_wants(client, link, settings):
    story = a_scheduled("定时，含“标点”；与逗号")

    (event,) = events(client, link).values()

    assert event.decoded("DTSTART") == story.scheduled_at.replace(microsecond=0)
    assert event.decoded("DTSTAMP").utcoffset().total_seconds() == 0
    assert event["SUMMARY"] == "定时发布：定时，含“标点”；与逗号"
    assert "定时待发" in event["DESCRIPTION"]
    assert f"{settings.SITE_URL}/admin/articles/article/{story.pk}/change/" in event["DESCRIPTION"]
    assert not event.subcomponents  # no alarm


def test_a_moved_entry_keeps_its_name_and_counts_on(client, link):
    story = a_scheduled()
    ((name, before),) = events(client, link).items()

    scheduling.schedule(story, at=ahead(2 * DAY), by=None)

    ((same, after),) = events(client, link).items()
    assert same == name
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") > before.decoded("DTSTART")


def test_a_scheduled_change_has_the_title_of_the_change(client, link, live):
    changed = writing.working_snapshot(live).changed(title="新的标题")
    review.approve(writing.revise(live, changed, by=None), by=None)
    scheduling.schedule(live, at=ahead(DAY), by=None)

    (event,) = events(client, link).values()

    assert event["SUMMARY"].endswith("新的标题")


@pytest.mark.parametrize(("days", "count"), [(29, 1), (31, 0)])
def test_it_goes_thirty_days_back(client, link, days, count):
    a_scheduled()
    Article.objects.update(scheduled_at=ago(days * DAY))

    assert len(events(client, link)) == count


def test_a_reporter_reads_only_their_own(client, wanda, draft):
    link = reverse("calendar_feed", args=[calendar_links.renew(by=wanda)])
    a_scheduled("别人的机密")
    assigning.assign(draft, to=None, due_at=ahead(HOUR), by=None)

    response = client.get(link)

    assert list(events(client, link)) == [f"story-{draft.pk}-due"]
    assert "机密" not in response.text


def test_it_is_kept_and_indexed_nowhere(client, link):
    response = client.get(link)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("secret", ["x", "None", "a" * 300, "%00", "ä"])
def test_any_other_secret_is_not_found(client, link, secret):
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_a_person_without_a_link_has_none(client, ellen):
    assert ellen.calendar_key_hash is None
    assert client.get(f"/calendar/{ellen.calendar_key_hash}.ics").status_code == 404


@pytest.mark.parametrize("gone", [{"is_active": False}, {"is_staff": False}])
def test_whoever_left_reads_nothing_more(client, link, gone):
    User.objects.update(**gone)

    assert client.get(link).status_code == 404


def test_whoever_lost_the_right_reads_nothing_more(client, link, ellen):
    ellen.groups.clear()

    assert client.get(link).status_code == 404


def test_a_new_link_ends_the_old_one(client, link, ellen):
    new = reverse("calendar_feed", args=[calendar_links.renew(by=ellen)])

    assert client.get(link).status_code == 404
    assert client.get(new).status_code == 200


def test_a_revoked_link_leads_nowhere(client, link, ellen):
    client.force_login(ellen)
    client.post(LINK, {"revoke": ""})

    assert client.get(link).status_code == 404


def test_a_link_is_shown_once_and_stored_only_as_a_hash(client, ellen):
    client.force_login(ellen)

    address = client.post(LINK, {"renew": ""}).context["address"]

    ellen.refresh_from_db()
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert client.get(address).status_code == 200
    assert secret not in ellen.calendar_key_hash
    assert secret not in client.get(reverse("desk_calendar")).text


def test_nobody_from_outside_makes_a_link(client, otto):
    client.force_login(otto)

    client.post(LINK, {"renew": ""})

    otto.refresh_from_db()
    assert otto.calendar_key_hash is None


def test_looking_makes_no_link(client, ellen):
    client.force_login(ellen)

    assert client.get(LINK).status_code == 405


@pytest.mark.parametrize("count", [0, 20])
def test_it_takes_few_queries_whatever_there_is(client, link, count, django_assert_max_num_queries):
    for number in range(count):
        a_scheduled(f"第 {number} 篇")

    with django_assert_max_num_queries(6):
        client.get(link)
