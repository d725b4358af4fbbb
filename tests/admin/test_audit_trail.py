"""The audit trail across the site: found by person, verb, day and story, and taken away as CSV."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from articles.desk import history, review, writing
from articles.models import Event
from articles.workflow import Verb
from tests import factories

LIST = "/admin/articles/event/"
EXPORT = f"{LIST}export/"


@pytest.fixture
def trail(client, ellen):
    """What the list shows to Ellen under some parameters: verb and title of each event."""

    def shown(**parameters):
        client.force_login(ellen)
        events = client.get(LIST, parameters).context["cl"].result_list
        return [(event.verb, event.title) for event in events]

    return shown


@pytest.fixture
def answer(client, charlie):
    """The file that Charlie gets under some parameters."""

    def answered(**parameters):
        client.force_login(charlie)
        return client.get(EXPORT, parameters)

    return answered


def rows(response):
    """The rows of a file, without its first line."""
    return list(csv.reader(StringIO(response.getvalue().decode("utf-8-sig"))))[1:]


def happened(*moment, title="稿件", **facts):
    """An event of another day."""
    event = Event.objects.create(**{"title": title, "verb": Verb.REVISE} | facts)
    QuerySet(Event).filter(pk=event.pk).update(happened_at=datetime(*moment, tzinfo=UTC))
    return event


# Finding


def test_events_are_found_by_their_verb(trail, in_review):
    assert trail(verb__exact=Verb.SUBMIT) == [("submit", "芯片厂重启生产线")]


def test_events_are_found_by_who_did_it(trail, in_review, ellen, wanda):
    review.request_changes(in_review, comment="请补充来源。", by=ellen)

    assert trail(actor__id__exact=ellen.pk) == [("request_changes", "芯片厂重启生产线")]


def test_events_are_found_by_their_story(trail, draft):
    other = factories.draft(title="另一篇")

    assert trail(story=other.pk) == [("create", "另一篇")]


def test_a_chosen_story_is_said_by_its_title(client, ellen, draft):
    client.force_login(ellen)

    page = client.get(LIST, {"story": draft.pk}).text

    assert f'value="{draft.pk}" selected' in page


def test_a_title_finds_also_what_happened_under_another(trail, draft, ellen):
    changed = writing.working_snapshot(draft).changed(title="后来的标题")
    writing.revise(draft, changed, by=ellen)

    assert trail(q="后来的标题") == [("revise", "后来的标题"), ("create", "芯片厂重启生产线")]


@pytest.mark.parametrize(
    ("days", "titles"),
    [
        pytest.param(
            {"happened_at_from": "2026-03-14"}, ["后一天", "那天夜里", "那天清晨"], id="from"
        ),
        pytest.param({"happened_at_to": "2026-03-14"}, ["那天夜里", "那天清晨", "前一天"], id="to"),
        pytest.param(
            {"happened_at_from": "2026-03-14", "happened_at_to": "2026-03-14"},
            ["那天夜里", "那天清晨"],
            id="one day, all of it",
        ),
    ],
)
def test_a_day_is_a_whole_day_of_the_outlet(trail, days, titles):
    happened(2026, 3, 13, 15, 59, title="前一天")  # 23:59 in Shanghai
    happened(2026, 3, 13, 16, 0, title="那天清晨")
    happened(2026, 3, 14, 15, 59, title="那天夜里")
    happened(2026, 3, 14, 16, 0, title="后一天")

    assert [title for _verb, title in trail(**days)] == titles


@pytest.mark.parametrize(
    "odd",
    [
        {"happened_at_from": "gestern"},
        {"happened_at_to": "9999-12-31"},
        {"happened_at_from": "0001-01-01"},
        {"story": "x"},
        {"story": "99999999999999999999"},
        {"actor__id__exact": "x"},
        {"verb__exact": "x\0"},
    ],
    ids=str,
)
@pytest.mark.parametrize("address", [LIST, EXPORT])
def test_odd_parameters_are_no_error(client, charlie, draft, address, odd):
    client.force_login(charlie)

    response = client.get(address, odd)

    assert response.status_code in {200, 302}


def test_an_edit_says_what_it_changed(client, draft, ellen, wanda):
    changed = writing.working_snapshot(draft).changed(title="新的标题", tags=("芯片",))
    writing.revise(draft, changed, by=ellen)
    history.name_revision(draft.revisions.get(number=1), name="首稿", by=ellen)
    history.restore(draft.revisions.get(number=1), by=ellen)
    client.force_login(ellen)

    page = client.get(LIST).text

    assert "标题、标签" in page
    assert "首稿" in page
    assert "取自版本1" in page


# Taking away


def test_the_file_holds_what_the_list_shows(answer, in_review, charlie):
    factories.draft(title="另一篇")

    found = rows(answer(story=in_review.pk, verb__exact=Verb.SUBMIT))

    assert [row[1:6] for row in found] == [
        ["Wanda", "提交审核", str(in_review.pk), "芯片厂重启生产线", "1"]
    ]


def test_the_file_is_one_that_excel_reads(answer, draft):
    response = answer()

    assert response.getvalue().startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment")
    assert response.streaming


def test_times_are_by_the_outlets_clock_and_say_so(answer, charlie):
    happened(2026, 3, 14, 15, 59, 30)

    lines = answer().getvalue().decode("utf-8-sig").splitlines()

    assert "Asia/Shanghai" in lines[0]
    assert lines[1].startswith("2026-03-14 23:59:30,")


def test_the_file_speaks_the_language_of_who_asks(client, charlie, draft):
    client.force_login(charlie)
    client.cookies["django_language"] = "en"

    response = client.get(EXPORT)

    assert rows(response)[0][1:3] == ["Wanda", "Create"]


@pytest.mark.parametrize(
    "title",
    ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1", "＠x"],
    ids=["equals", "plus", "minus", "at", "full-width", "tab", "full-width at"],
)
def test_no_cell_is_a_formula(answer, charlie, title):
    happened(2026, 3, 14, title=title)

    assert rows(answer())[0][4] == f"'{title}"


def test_commas_quotes_and_lines_stay_in_their_cell(answer, charlie):
    happened(2026, 3, 14, title='他说："好", 然后\n走了')

    assert rows(answer())[0][4] == '他说："好", 然后\n走了'


def test_a_long_trail_takes_no_more_queries(client, charlie, draft, django_assert_max_num_queries):
    Event.objects.bulk_create(
        Event(title=f"第{n}件", verb=Verb.REVISE, actor=charlie, article=draft) for n in range(300)
    )
    client.force_login(charlie)

    with django_assert_max_num_queries(12):
        found = rows(client.get(EXPORT))

    assert len(found) == 301


def test_the_list_leads_to_the_file_of_the_same_events(client, ellen, draft):
    client.force_login(ellen)

    page = client.get(LIST, {"verb__exact": "create"}).text

    assert f'href="{EXPORT}?verb__exact=create"' in page


# Who


def test_a_reporter_gets_no_file(client, wanda, draft):
    client.force_login(wanda)

    assert client.get(EXPORT).status_code == 403
    assert client.get(LIST).status_code == 403


def test_nobody_gets_it_without_a_login(client, draft):
    response = client.get(EXPORT)

    assert response.url.startswith(reverse("admin:login"))


def test_a_reporter_finds_no_way_to_the_trail_of_the_site(client, wanda, draft):
    client.force_login(wanda)

    page = client.get(reverse("admin:articles_article_history", args=[draft.pk])).text

    assert LIST not in page
