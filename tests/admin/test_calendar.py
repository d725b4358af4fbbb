"""The calendar: what stands in which day, who may move it, and what a refusal looks like."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from articles.desk import assigning, publishing, review, scheduling, writing
from articles.desk.outlet_time import moment_at, wall_time
from articles.models import Article
from tests import factories
from tests.timing import DAY, HOUR, ahead

CALENDAR = reverse("desk_calendar")
JSON = {"Accept": "application/json"}


def month_of(moment):
    day = wall_time(moment)
    return reverse("desk_calendar_month", args=[day.year, day.month])


def look(client, who, address, **question):
    client.force_login(who)
    return client.get(address, question)


def standing(response):
    """Every entry of the page: its day, its kind and its title."""
    return [
        (day.date, str(shown.entry.kind), shown.title)
        for week in response.context["weeks"]
        for day in week
        for shown in [*day.first, *day.more]
    ]


def titles(response):
    return [title for _day, _kind, title in standing(response)]


def move_address(story, kind):
    return reverse("desk_calendar_move", args=[story.pk, kind])


def a_scheduled(title="定时的稿件", at=None, **facts):
    story = review.approve(factories.draft(title=title, **facts), by=None)
    return scheduling.schedule(story, at=at or ahead(3 * DAY), by=None)


def day_of(moment):
    return wall_time(moment).date()


# --- What stands there ------------------------------------------------------------------------


def test_each_kind_stands_in_its_day(client, charlie, live):
    moment = ahead(3 * DAY)
    story = a_scheduled(at=moment)
    scheduling.plan_withdrawal(live, at=moment, reason="活动结束。", by=charlie)
    due = factories.draft(title="截止")
    assigning.assign(due, to=None, due_at=moment, by=charlie)

    found = standing(look(client, charlie, month_of(moment)))

    assert (day_of(moment), "scheduled", story.title) in found
    assert (day_of(moment), "withdrawal", live.title) in found
    assert (day_of(moment), "due", "截止") in found


def test_what_was_published_stands_in_its_day(client, ellen):
    story = factories.live(at=factories.A_MOMENT)

    found = standing(look(client, ellen, month_of(factories.A_MOMENT)))

    assert found == [(day_of(factories.A_MOMENT), "published", story.title)]


def test_a_story_late_in_the_evening_stands_in_the_outlets_day(client, ellen):
    moment = moment_at(datetime(2026, 3, 14, 23, 30))  # noqa: DTZ001 - the outlet's wall
    factories.live(at=moment)

    found = standing(look(client, ellen, month_of(moment)))

    assert found[0][0].isoformat() == "2026-03-14"


def test_what_is_withdrawn_or_finished_stands_there_no_longer(client, charlie, withdrawn):
    assert standing(look(client, charlie, CALENDAR)) == []


def test_a_week_begins_on_monday_and_shows_seven_days(client, ellen):
    response = look(client, ellen, reverse("desk_calendar_week", args=[2026, 11]))

    (week,) = response.context["weeks"]
    assert [day.date.isoformat() for day in week][::6] == ["2026-03-09", "2026-03-15"]
    assert response.text.index("星期一") < response.text.index("星期日")


def test_the_outlets_zone_is_named(client, ellen):
    assert "Asia/Shanghai UTC+8" in look(client, ellen, CALENDAR).text


def test_a_full_day_says_how_many_more_there_are(client, ellen):
    for number in range(9):
        factories.live(title=f"第 {number} 篇", at=factories.A_MOMENT + number * HOUR / 10)

    response = look(client, ellen, month_of(factories.A_MOMENT))

    assert "还有5篇" in response.text
    assert len(titles(response)) == 9


def test_what_is_to_come_is_never_hidden_behind_what_is_past(client, ellen):
    moment = ahead(HOUR)
    story = a_scheduled("还没发布", at=moment)
    for number in range(9):
        factories.live(title=f"第 {number} 篇")
    Article.objects.published().update(published_at=moment)

    response = look(client, ellen, month_of(moment))

    seen = [s.title for w in response.context["weeks"] for day in w for s in day.first]
    assert story.title in seen


@pytest.mark.parametrize(
    "path",
    ["2026/0/", "2026/13/", "0/1/", "9999/12/", "week/2026/54/", "week/2026/0/", "week/99999/1/"],
)
def test_what_no_calendar_has_is_not_found(client, ellen, path):
    assert look(client, ellen, f"{CALENDAR}{path}").status_code == 404


@pytest.mark.parametrize("path", ["1990/1/", "2199/12/", "week/2026/53/"])
def test_the_edges_are_there(client, ellen, path):
    assert look(client, ellen, f"{CALENDAR}{path}").status_code == 200


# --- For whom ---------------------------------------------------------------------------------


def test_reporters_see_their_own(client, wanda, draft):
    assigning.assign(draft, to=None, due_at=ahead(HOUR), by=None)
    a_scheduled("别人的", at=ahead(HOUR))

    assert titles(look(client, wanda, month_of(ahead(HOUR)))) == [draft.title]


def test_nobody_from_outside_sees_it(client, otto):
    assert look(client, otto, CALENDAR).status_code in (302, 403)


def test_a_category_shows_what_lies_below_it(client, ellen):
    channel = factories.category("新媒体")
    a_scheduled("在栏目里", category=factories.category("栏目", parent=channel))
    a_scheduled("在别处", category=factories.category("别处"))

    response = look(client, ellen, month_of(ahead(3 * DAY)), **{"in": channel.pk})

    assert titles(response) == ["在栏目里"]


def test_a_person_shows_what_they_write_sign_or_have_to_finish(client, ellen, wanda, snapshot):
    begun = writing.create(snapshot.changed(title="万达开头的"), by=wanda)
    given = writing.create(snapshot.changed(title="交给万达的"), by=ellen)
    assigning.assign(begun, to=None, due_at=ahead(3 * DAY), by=ellen)
    assigning.assign(given, to=wanda, due_at=ahead(3 * DAY), by=ellen)
    a_scheduled("万达署名的", authors=[factories.author("万达", user=wanda)])
    a_scheduled("与万达无关")

    response = look(client, ellen, month_of(ahead(3 * DAY)), person=wanda.pk)

    assert sorted(titles(response)) == ["万达开头的", "万达署名的", "交给万达的"]


@pytest.mark.parametrize("said", ["x", "-1", "9" * 30, "\x00", "0"])
def test_a_filter_that_makes_no_sense_is_no_error(client, ellen, said):
    response = look(client, ellen, CALENDAR, **{"in": said, "person": said})

    assert response.status_code == 200


def test_the_filters_go_along_from_month_to_month(client, ellen, category):
    response = look(client, ellen, CALENDAR, **{"in": category.pk})

    assert all(f"in={category.pk}" in a for a in response.context["addresses"].values())


@pytest.mark.parametrize("count", [0, 30])
def test_it_takes_few_queries_whatever_there_is(
    client, ellen, category, count, django_assert_max_num_queries
):
    for number in range(count):
        a_scheduled(f"第 {number} 篇", authors=[factories.author(f"作者 {number}")])
    client.force_login(ellen)

    with django_assert_max_num_queries(8):
        client.get(month_of(ahead(3 * DAY)), {"in": category.pk})


# --- Moving -----------------------------------------------------------------------------------


def test_a_day_moves_a_story_and_keeps_its_hour(client, ellen):
    story = a_scheduled()
    before = wall_time(story.scheduled_at)
    client.force_login(ellen)

    day = before.date() + timedelta(days=2)
    response = client.post(move_address(story, "scheduled"), {"day": day}, headers=JSON)

    story.refresh_from_db()
    assert response.status_code == 200
    assert wall_time(story.scheduled_at) == before + timedelta(days=2)
    assert response.json()["at"] == f"{wall_time(story.scheduled_at):%Y-%m-%dT%H:%M}"


def test_a_form_moves_a_story_to_a_time_and_leads_back(client, ellen):
    story = a_scheduled()
    client.force_login(ellen)

    response = client.post(
        move_address(story, "scheduled"),
        {"at": "2099-05-01T08:00", "next": "/admin/calendar/2099/5/"},
    )

    story.refresh_from_db()
    assert response.url == "/admin/calendar/2099/5/"
    assert wall_time(story.scheduled_at).isoformat() == "2099-05-01T08:00:00"


def test_a_day_is_refused_when_the_entry_was_moved_meanwhile(client, ellen, charlie):
    story = a_scheduled()
    page = look(client, ellen, month_of(story.scheduled_at)).text
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    scheduling.schedule(story, at=ahead(5 * DAY), by=charlie)

    said = {"day": day_of(ahead(4 * DAY)), "seen": seen}
    response = client.post(move_address(story, "scheduled"), said, headers=JSON)

    assert response.status_code == 409
    assert "别人刚把这一项改到了" in response.json()["sentence"]
    assert Article.objects.get(pk=story.pk).scheduled_at == story.scheduled_at


def test_an_entry_can_be_moved_twice_in_a_row(client, ellen):
    story = a_scheduled()
    client.force_login(ellen)
    address = move_address(story, "scheduled")
    first = client.post(address, {"day": day_of(ahead(4 * DAY))}, headers=JSON).json()

    said = {"day": day_of(ahead(5 * DAY)), "seen": first["moment"]}
    response = client.post(address, said, headers=JSON)

    assert response.status_code == 200


def test_a_due_time_is_moved_and_its_assignee_kept(client, ellen, wanda, draft):
    assigning.assign(draft, to=wanda, due_at=ahead(DAY), by=ellen)
    client.force_login(ellen)

    client.post(move_address(draft, "due"), {"at": "2099-05-01T08:00"})

    draft.refresh_from_db()
    assert draft.assignee == wanda
    assert wall_time(draft.due_at).year == 2099


def test_a_withdrawal_is_moved_by_the_chief_and_its_reason_kept(client, charlie, live):
    scheduling.plan_withdrawal(live, at=ahead(DAY), reason="活动结束。", by=charlie)
    client.force_login(charlie)

    client.post(move_address(live, "withdrawal"), {"at": "2099-05-01T08:00"})

    live.refresh_from_db()
    assert live.withdraw_at_reason == "活动结束。"
    assert wall_time(live.withdraw_at).year == 2099


@pytest.mark.parametrize(
    "said",
    [
        {"day": "2001-01-01"},
        {"day": "昨天"},
        {"day": "2026-02-31"},
        {"day": ""},
        {"day": "\x00"},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"at": "9999-12-31T23:00Z"},
        {"at": ""},
        {"at": "某时"},
        {},
    ],
    ids=str,
)
def test_a_refusal_is_a_sentence_and_moves_nothing(client, ellen, said):
    story = a_scheduled()
    before = story.scheduled_at
    client.force_login(ellen)

    response = client.post(move_address(story, "scheduled"), said, headers=JSON)

    story.refresh_from_db()
    assert response.status_code == 409
    assert response.json()["sentence"].endswith("。")
    assert story.scheduled_at == before


def test_a_refused_form_leads_back_with_the_sentence(client, ellen):
    story = a_scheduled()
    client.force_login(ellen)

    response = client.post(
        move_address(story, "scheduled"), {"at": "2001-01-01T00:00"}, follow=True
    )

    assert "已经过去" in response.text


def test_ellen_moves_no_withdrawal(client, ellen, charlie, live):
    at = ahead(DAY)
    scheduling.plan_withdrawal(live, at=at, reason="活动结束。", by=charlie)
    client.force_login(ellen)

    response = client.post(
        move_address(live, "withdrawal"), {"at": "2099-05-01T08:00"}, headers=JSON
    )

    live.refresh_from_db()
    assert response.status_code == 409
    assert live.withdraw_at == at


def test_what_somebody_may_not_move_offers_no_way_to(client, ellen, charlie, live):
    scheduling.plan_withdrawal(live, at=ahead(DAY), reason="活动结束。", by=charlie)

    assert move_address(live, "withdrawal") not in look(client, ellen, month_of(ahead(DAY))).text
    assert move_address(live, "withdrawal") in look(client, charlie, month_of(ahead(DAY))).text


def test_wanda_does_not_even_find_a_story_of_others(client, wanda):
    story = a_scheduled()
    client.force_login(wanda)

    response = client.post(move_address(story, "scheduled"), {"at": "2099-05-01T08:00"})

    assert response.status_code == 404


def test_what_is_published_meanwhile_is_not_moved(client, ellen):
    story = a_scheduled()
    publishing.publish(story, by=ellen)
    client.force_login(ellen)

    response = client.post(
        move_address(story, "scheduled"), {"at": "2099-05-01T08:00"}, headers=JSON
    )

    assert response.status_code == 409


@pytest.mark.parametrize("kind", ["published", "nonsense"])
def test_what_cannot_be_moved_has_no_address(client, ellen, live, kind):
    client.force_login(ellen)

    assert client.post(move_address(live, kind), {"day": "2099-05-01"}).status_code == 404


def test_the_way_back_leads_to_no_other_site(client, ellen):
    story = a_scheduled()
    client.force_login(ellen)

    response = client.post(
        move_address(story, "scheduled"), {"day": "2099-05-01", "next": "https://evil.example/"}
    )

    assert response.url == CALENDAR


def test_looking_moves_nothing(client, ellen):
    story = a_scheduled()
    client.force_login(ellen)

    assert client.get(move_address(story, "scheduled")).status_code == 405
