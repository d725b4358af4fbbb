"""What a window sends is kept, and answered."""

import re

import pytest
from django.urls import reverse

from articles.desk import autosaving, writing
from articles.models import Autosave, Event, Revision
from tests.admin.autosave.windows import content_of


def test_what_is_sent_is_kept_and_answered_with_the_time(keep, wanda, draft):
    response = keep(wanda)

    assert response.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d:\d\d", response.json()["time"])
    assert autosaving.kept_of(wanda, article=draft).title == "打到一半"


def test_nothing_of_it_is_in_the_history_or_the_audit_trail(keep, look, wanda, draft):
    for count in range(1, 8):
        keep(wanda, f"第 {count} 稿", count=count)

    page = look(wanda, draft)
    assert (Revision.objects.count(), Event.objects.count()) == (1, 1)
    assert len(page.context["desk_revisions"]) == len(page.context["desk_events"]) == 1


def test_the_token_and_the_buttons_are_not_kept(keep, wanda, draft):
    keep(wanda, content={"title": ["题"], "csrfmiddlewaretoken": ["geheim"], "_save": ["1"]})

    assert Autosave.objects.get().content == {"title": ["题"]}


def test_another_window_hears_409_and_whose_text_stands_there(keep, wanda):
    keep(wanda, "第一个窗口")

    response = keep(wanda, "第二个窗口", tab="second", count=7)

    said = response.json()
    assert response.status_code == 409
    assert (said["reason"], said["isKept"]) == ("window", False)
    assert (said["other"]["tab"], said["other"]["count"]) == ("first", 1)
    assert Autosave.objects.get().title == "第一个窗口"


def test_another_window_takes_over_when_the_person_says_so(keep, wanda):
    keep(wanda, "第一个窗口")

    seen = {"tab": "first", "count": 1}
    response = keep(wanda, "第二个窗口", tab="second", count=7, insteadOf=seen)

    assert response.status_code == 200
    assert Autosave.objects.get().title == "第二个窗口"


def test_a_text_that_is_saved_stands_in_nobodys_way(keep, look, wanda, draft):
    keep(wanda, tab="first", content=content_of(look(wanda, draft)))

    response = keep(wanda, "第二个窗口", tab="second")

    assert response.status_code == 200
    assert Autosave.objects.get().title == "第二个窗口"


def test_a_newer_revision_is_told_and_the_text_is_kept_all_the_same(keep, wanda, ellen, draft):
    base = draft.working_revision_id
    writing.revise(draft, writing.working_snapshot(draft).changed(title="艾伦的"), by=ellen)

    response = keep(wanda, "旺达的", basedOn=base)

    said = response.json()
    assert response.status_code == 409
    assert (said["reason"], said["isKept"]) == ("revision", True)
    assert "Ellen" in said["error"]
    assert Autosave.objects.get().title == "旺达的"


def test_without_content_what_the_window_typed_is_forgotten(keep, wanda, draft):
    keep(wanda, count=3)

    keep(wanda, count=4, content=None)

    assert autosaving.kept_of(wanda, article=draft) is None


def test_a_window_may_ask_whether_the_desk_is_there_and_changes_nothing(keep, wanda, draft):
    response = keep(wanda, isCheck=True, content=None)

    assert response.status_code == 200
    assert not Autosave.objects.exists()


def test_whoever_is_logged_out_hears_it_as_json_and_is_not_led_away(client, keep, wanda, draft):
    address = reverse("admin:articles_article_autosave", args=[draft.pk])

    response = client.post(address, "{}", content_type="application/json")

    assert response.status_code == 403
    assert response.json()["reason"] == "session"
    assert response.json()["login"] == reverse("admin:login")


def test_a_page_of_somebody_else_is_refused(keep, wanda, ellen):
    response = keep(ellen, user=wanda.pk)

    assert (response.status_code, response.json()["reason"]) == (403, "person")
    assert not Autosave.objects.exists()


def test_who_has_no_access_is_refused(wanda, charlie, snapshot, send):
    story = writing.create(snapshot, by=charlie)
    address = reverse("admin:articles_article_autosave", args=[story.pk])

    response = send(wanda, address, content={"title": ["偷看"]}, basedOn=None)

    assert (response.status_code, response.json()["reason"]) == (403, "refused")
    assert not Autosave.objects.exists()


def test_a_story_that_is_gone_is_told(send, wanda):
    response = send(wanda, reverse("admin:articles_article_autosave", args=[999]), content={})

    assert (response.status_code, response.json()["reason"]) == (404, "gone")


def test_too_long_a_text_is_told(keep, wanda, settings):
    long = keep(wanda, "长" * (autosaving.MOST_CHARACTERS + 1))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    longer = keep(wanda, "长" * 101)

    assert [(one.status_code, one.json()["reason"]) for one in (long, longer)] == [
        (413, "large"),
        (413, "large"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"content": "text"},
        {"content": {"title": "text"}},
        {"content": {"title": [1]}},
        {"tab": ""},
        {"tab": 7},
        {"tab": "长" * 30},
        {"tab": "a" * 37},
        {"count": -1},
        {"count": True},
        {"count": 2**63},
        {"count": "7"},
        {"basedOn": "one"},
        {"basedOn": 2**70},
        {"insteadOf": "first"},
        {"follows": "first"},
        {"insteadOf": {"tab": "first"}},
    ],
    ids=str,
)
def test_what_no_window_sends_is_refused_and_changes_nothing(keep, wanda, said):
    response = keep(wanda, **said)

    assert (response.status_code, response.json()["reason"]) == (400, "malformed")
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("tab", ["a\0b", "a\nb"], ids=repr)
def test_a_window_with_a_name_no_database_holds_is_refused(keep, wanda, tab):
    assert keep(wanda, tab=tab).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("[]", id="a list"),
        pytest.param("no json", id="no JSON"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param("[" * 200_000, id="endlessly deep"),
    ],
)
def test_a_body_that_is_no_object_is_refused(client, wanda, draft, body):
    client.force_login(wanda)
    address = reverse("admin:articles_article_autosave", args=[draft.pk])

    response = client.post(address, body, content_type="application/json")

    assert response.status_code == 400


def test_a_revision_of_another_story_is_no_base(keep, wanda, draft, snapshot):
    other = writing.create(snapshot.changed(title="另一篇"), by=wanda)

    keep(wanda, basedOn=other.working_revision_id)

    assert Autosave.objects.get().based_on is None


def test_keeping_asks_the_database_few_questions(keep, wanda, draft, django_assert_max_num_queries):
    keep(wanda, count=1)

    with django_assert_max_num_queries(22):  # logging in included
        keep(wanda, count=2)
