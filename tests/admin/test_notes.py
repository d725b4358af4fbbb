"""Notes in the admin: the page that needs no script, and the door of the panel."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk import notes, writing
from articles.models import Note


@pytest.fixture
def note(draft, ellen):
    """What Ellen says about a passage of Wanda's draft."""
    return notes.add(draft, text="哪天？", by=ellen, passage=notes.quoted(draft, "今天"))


def page_of(story):
    return reverse("admin:articles_article_notes", args=[story.pk])


def ask(client, user, story, **said):
    """What the panel's script sends, and what it is answered."""
    client.force_login(user)
    address = reverse("admin:articles_article_notes_panel", args=[story.pk])
    sent = json.dumps({"user": user.pk, **said})
    return client.post(address, sent, content_type="application/json")


# The page


def test_a_note_is_written_without_a_script(client, draft, ellen):
    client.force_login(ellen)

    response = client.post(page_of(draft), {"act": "add", "text": "哪天？", "passage": "今天"})

    written = Note.objects.get()
    assert (written.text, written.quote, written.prefix) == ("哪天？", "今天", "工厂")
    assert response["Location"] == f"{page_of(draft)}#note-{written.pk}"


def test_the_page_answers_edits_settles_and_takes_back(client, draft, note, ellen):
    client.force_login(ellen)
    for said in (
        {"act": "reply", "note": note.pk, "text": "补充一句"},
        {"act": "edit", "note": note.pk, "text": "哪一天？"},
        {"act": "resolve", "note": note.pk},
        {"act": "reopen", "note": note.pk},
    ):
        client.post(page_of(draft), said)

    note.refresh_from_db()
    assert (note.text, note.resolved_at, note.replies.count()) == ("哪一天？", None, 1)

    client.post(page_of(draft), {"act": "delete", "note": note.pk})

    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"act": "add", "text": ""},
        {"act": "add", "text": "打好的字", "passage": "没有的话"},
        {"act": "add", "text": "长" * 5001},
        {"act": "reply", "note": "999", "text": "打好的字"},
        {"act": "reply", "note": "abc", "text": "打好的字"},
    ],
    ids=["nothing", "no such passage", "too long", "no such note", "no number"],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(client, draft, ellen, said):
    client.force_login(ellen)

    page = client.post(page_of(draft), said)

    assert page.status_code == 200
    assert not Note.objects.exists()
    assert page.context["written"]["text"] == said["text"]
    assert said["act"] != "add" or said["text"] in page.text


@pytest.mark.parametrize("act", ["", "look", "burn"])
def test_an_act_there_is_not_is_a_bad_request(client, draft, ellen, act):
    client.force_login(ellen)

    assert client.post(page_of(draft), {"act": act, "text": "字"}).status_code == 400


def test_a_passage_that_was_changed_is_said_to_be(client, draft, note, ellen, snapshot):
    client.force_login(ellen)
    assert "这段文字此后已修改" not in client.get(page_of(draft)).text
    writing.revise(draft, snapshot.changed(body="<p>工厂昨天恢复生产。</p>"), by=ellen)

    assert "这段文字此后已修改" in client.get(page_of(draft)).text


def test_threads_stand_in_the_order_of_the_text(client, draft, ellen):
    for quote in ("生产", "工厂"):
        notes.add(draft, text=quote, by=ellen, passage=notes.quoted(draft, quote))
    notes.add(draft, text="全文", by=ellen)
    client.force_login(ellen)

    threads = client.get(page_of(draft)).context["open"]

    assert [thread.note.text for thread in threads] == ["全文", "工厂", "生产"]


def test_markup_in_a_note_is_words(client, draft, ellen):
    notes.add(draft, text="<script>alert(1)</script>", by=ellen)
    client.force_login(ellen)

    for address in (page_of(draft), reverse("admin:articles_article_change", args=[draft.pk])):
        assert "<script>alert(1)" not in client.get(address).text


def test_a_story_that_is_not_theirs_is_not_there_for_others(client, snapshot, wanda, ellen):
    story = writing.create(snapshot, by=ellen)
    client.force_login(wanda)

    response = client.post(page_of(story), {"act": "add", "text": "我说一句"})

    assert response.status_code == 302
    assert not Note.objects.exists()


def test_a_note_of_another_story_is_not_reached_through_ones_own(
    client, draft, snapshot, wanda, ellen
):
    story = writing.create(snapshot, by=ellen)
    foreign = notes.add(story, text="内部", by=ellen)
    client.force_login(wanda)

    client.post(page_of(draft), {"act": "reply", "note": foreign.pk, "text": "我说一句"})

    assert foreign.replies.count() == 0


def test_a_click_changes_only_by_post(client, draft, note, ellen):
    client.force_login(ellen)

    client.get(page_of(draft), {"act": "delete", "note": note.pk})

    assert Note.objects.exists()


# The panel


def test_the_panel_writes_a_note_at_a_passage(client, draft, ellen):
    passage = {"quote": "今天", "prefix": "工厂", "suffix": "恢复"}

    answer = ask(client, ellen, draft, act="add", text="哪天？", passage=passage).json()

    written = Note.objects.get()
    assert answer["note"] == written.pk
    assert answer["passages"] == [{"id": written.pk, **passage}]
    assert answer["count"] == 1
    assert "哪天？" in answer["html"]


def test_the_panel_says_nothing_twice(client, draft, note, ellen):
    first = ask(client, ellen, draft, act="look").json()

    again = ask(client, ellen, draft, act="look", seen=first["seen"]).json()

    assert again == {"seen": first["seen"], "note": None}


def test_a_settled_thread_is_neither_counted_nor_marked(client, draft, note, ellen):
    answer = ask(client, ellen, draft, act="resolve", note=note.pk).json()

    assert (answer["count"], answer["passages"]) == (0, [])


def test_the_panel_says_what_is_refused(client, draft, note, wanda):
    answer = ask(client, wanda, draft, act="edit", note=note.pk, text="改掉").json()

    note.refresh_from_db()
    assert answer == {"error": "只能修改自己写的批注。"}
    assert note.text == "哪天？"


@pytest.mark.parametrize(
    "said",
    [
        {"act": "burn"},
        {"act": "add", "text": 5},
        {"act": "add", "text": "字", "passage": "今天"},
        {"act": "add", "text": "字", "passage": {"quote": 5}},
        {"act": "reply", "text": "字", "note": "1"},
        {"act": ["add"]},
        {},
    ],
    ids=str,
)
def test_what_no_script_sends_is_malformed(client, draft, ellen, said):
    response = ask(client, ellen, draft, **said)

    assert response.status_code == 400
    assert not Note.objects.exists()


def test_half_a_character_is_left_out(client, draft, ellen):
    passage = {"quote": "今天", "prefix": "\udc00工厂", "suffix": "恢复\ud83d"}

    ask(client, ellen, draft, act="add", text="字\ud83d", passage=passage)

    written = Note.objects.get()
    assert (written.text, written.prefix, written.suffix) == ("字", "工厂", "恢复")


def test_the_panel_of_anothers_story_is_not_there(client, snapshot, wanda, ellen):
    story = writing.create(snapshot, by=ellen)

    assert ask(client, wanda, story, act="look").status_code == 404


def test_whoever_is_logged_out_is_told_and_writes_nothing(client, draft, ellen):
    address = reverse("admin:articles_article_notes_panel", args=[draft.pk])
    sent = json.dumps({"user": ellen.pk, "act": "add", "text": "字"})

    response = client.post(address, sent, content_type="application/json")

    assert (response.status_code, response.json()["reason"]) == (403, "session")
    assert not Note.objects.exists()


# The page of the story


def test_the_story_shows_its_notes_and_whom_to_name(client, draft, note, wanda, ellen, otto):
    client.force_login(wanda)

    page = client.get(reverse("admin:articles_article_change", args=[draft.pk]))

    assert "哪天？" in page.text
    assert page.context["desk_notes"]["count"] == 1
    assert page.context["desk_notes_terms"]["people"] == [{"name": "Ellen", "login": "ellen"}]


def test_a_story_that_is_not_saved_yet_has_no_notes(client, wanda):
    client.force_login(wanda)

    assert "data-desk-notes" not in client.get(reverse("admin:articles_article_add")).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("请@Wanda看", '请<b class="desk-mention">@Wanda</b>看', id="a name"),
        pytest.param("＠WANDA", '<b class="desk-mention">＠WANDA</b>', id="wide sign, capitals"),
        pytest.param("@Wandas\n@谁", "@Wandas<br>@谁", id="nobody"),
        pytest.param("<i>@Wanda", '&lt;i&gt;<b class="desk-mention">@Wanda</b>', id="markup"),
    ],
)
def test_a_name_behind_an_at_sign_stands_out(client, draft, ellen, text, shown):
    notes.add(draft, text=text, by=ellen)
    client.force_login(ellen)

    page = client.get(page_of(draft)).text

    assert f'<div class="desk-note-text">{shown}</div>' in page


def test_more_notes_take_no_more_queries(client, draft, ellen, django_assert_num_queries):
    client.force_login(ellen)
    notes.add(draft, text="@Wanda 一", by=ellen)
    client.get(page_of(draft))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(draft))

    for number in range(5):
        notes.add(draft, text=f"@Wanda {number}", by=ellen)

    with django_assert_num_queries(len(few)):
        client.get(page_of(draft))
