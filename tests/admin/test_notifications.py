"""What people are told, in the admin: the bell, the list, and the letters about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk import notes, review
from articles.models import Notification, User

LIST = reverse("desk_notifications")
LETTERS = reverse("desk_letters")
INDEX = reverse("admin:index")


@pytest.fixture
def told(draft, wanda, ellen, charlie):
    """Ellen and Charlie are told that Wanda submitted her story."""
    review.submit(draft, by=wanda)
    return Notification.objects.get(recipient=ellen)


def opened(notification):
    return reverse("desk_notification", args=[notification.pk])


# The bell


def test_the_bell_says_how_much_waits(client, told, ellen):
    client.force_login(ellen)

    page = client.get(INDEX)

    assert page.context["desk_unread"] == 1
    assert 'class="desk-bell" href="/admin/notifications/"' in page.text
    assert "1条未读通知" in page.text


def test_the_bell_is_silent_when_nothing_waits(client, told, wanda):
    client.force_login(wanda)

    page = client.get(INDEX)

    assert page.context["desk_unread"] == 0
    assert "条未读通知" not in page.text


def test_the_bell_does_not_count_beyond_a_hundred(client, told, ellen):
    Notification.objects.bulk_create(
        Notification(recipient=ellen, kind="noted", article=told.article) for _n in range(120)
    )
    client.force_login(ellen)

    assert "99+" in client.get(INDEX).text


def test_the_bell_costs_one_query(client, told, ellen):
    client.force_login(ellen)

    with CaptureQueriesContext(connection) as asked:
        client.get(LETTERS)

    assert sum("articles_notification" in query["sql"] for query in asked) == 1


def test_nobody_who_is_logged_out_sees_a_bell(client, db):
    assert "desk-bell" not in client.get(reverse("admin:login")).text


# The list


def test_the_list_says_what_happened(client, told, ellen):
    client.force_login(ellen)

    page = client.get(LIST)

    assert "Wanda提交了“芯片厂重启生产线”，等待审核。" in page.text
    assert opened(told) in page.text


def test_nobody_sees_what_others_were_told(client, told, wanda):
    client.force_login(wanda)

    page = client.get(LIST, {"show": "all"})

    assert page.context["rows"] == []


def test_what_was_read_is_under_all(client, told, ellen):
    client.force_login(ellen)
    client.get(opened(told))

    unread, everything = client.get(LIST), client.get(LIST, {"show": "all"})

    assert unread.context["rows"] == []
    assert [one for one, _sentence, _icon in everything.context["rows"]] == [told]


def test_opening_one_reads_it_and_leads_to_the_story(client, told, ellen):
    client.force_login(ellen)

    response = client.get(opened(told))

    told.refresh_from_db()
    assert told.read_at is not None
    assert response["Location"] == reverse("admin:articles_article_change", args=[told.article_id])


def test_one_about_a_note_leads_to_the_note(client, draft, wanda, ellen):
    note = notes.add(draft, text="哪天？", by=ellen)
    client.force_login(wanda)

    response = client.get(opened(Notification.objects.get()))

    assert response["Location"].endswith(f"/change/#note-{note.pk}")


def test_nobody_opens_what_others_were_told(client, told, charlie):
    client.force_login(charlie)

    response = client.get(opened(told))

    told.refresh_from_db()
    assert response["Location"] == LIST
    assert told.read_at is None


def test_one_that_is_gone_leads_to_the_list(client, told, ellen):
    client.force_login(ellen)
    address = opened(told)
    told.delete()

    assert client.get(address)["Location"] == LIST


def test_everything_is_read_with_one_click(client, told, ellen, charlie):
    client.force_login(ellen)

    client.post(LIST, {"until": told.pk})

    assert [n.recipient for n in Notification.objects.unread()] == [charlie]


def test_what_came_meanwhile_stays_unread(client, told, ellen, wanda):
    client.force_login(ellen)
    notes.add(told.article, text="@Ellen 请看。", by=wanda)

    client.post(LIST, {"until": told.pk})

    assert [n.kind for n in Notification.objects.unread().filter(recipient=ellen)] == ["mentioned"]


@pytest.mark.parametrize("until", ["", "abc", "-1", "9" * 40], ids=repr)
def test_a_crafted_click_reads_nothing_it_should_not(client, told, ellen, until):
    client.force_login(ellen)

    response = client.post(LIST, {"until": until})

    assert response.status_code == 302
    assert Notification.objects.unread().filter(recipient=ellen).exists()


def test_looking_at_the_list_reads_nothing(client, told, ellen):
    client.force_login(ellen)

    client.get(LIST)

    assert Notification.objects.unread().filter(recipient=ellen).exists()


def test_markup_in_a_note_is_words(client, draft, wanda, ellen):
    notes.add(draft, text="<script>alert(1)</script>", by=ellen)
    client.force_login(wanda)

    page = client.get(LIST)

    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


@pytest.mark.parametrize("address", [LIST, LETTERS, "/admin/notifications/1/"])
def test_otto_is_led_to_the_login(client, otto, address):
    client.force_login(otto)

    assert client.get(address)["Location"].startswith(reverse("admin:login"))


# Letters


def test_somebody_says_where_letters_go_and_how_often(client, wanda):
    client.force_login(wanda)

    client.post(LETTERS, {"email": "wanda@news.example", "rhythm": "daily"})

    wanda.refresh_from_db()
    assert (wanda.email, wanda.mail_rhythm) == ("wanda@news.example", User.MailRhythm.DAILY)


@pytest.mark.parametrize(
    "said",
    [
        {"email": "nobody", "rhythm": "daily"},
        {"email": "w@news.example", "rhythm": "hourly"},
        {"email": "w@news.example\r\nBcc: o@x.example", "rhythm": "daily"},
        {},
    ],
    ids=["no address", "no rhythm", "two lines", "nothing"],
)
def test_what_makes_no_sense_is_refused_and_stays_to_be_read(client, wanda, said):
    client.force_login(wanda)

    page = client.post(LETTERS, said)

    wanda.refresh_from_db()
    assert page.status_code == 200
    assert (wanda.email, wanda.mail_rhythm) == ("", User.MailRhythm.AT_ONCE)
    assert not said or page.context["form"].errors


def test_it_is_said_where_no_mail_is_sent(client, wanda, settings):
    client.force_login(wanda)
    settings.MAILERS = {}

    assert "尚未设置发送邮件" in client.get(LETTERS).text
