"""Notifications by mail, handed to a real mail server: at once, once a day, or never."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.desk import assigning, digests, inbox, mail_tasks, notes, notifying, review
from articles.desk.retrying import note_away
from articles.models import Notification, User
from articles.workflow import Verb
from newsroom.mailers import mailers
from tests import factories

Rhythm = User.MailRhythm


@pytest.fixture(autouse=True)
def _addresses(settings, ellen, wanda):
    """Ellen and Wanda have mail; nothing is remembered of another test's server."""
    cache.clear()
    settings.SITE_URL = "https://news.example"
    settings.DEFAULT_FROM_EMAIL = "desk@news.example"
    for person in (ellen, wanda):
        person.email = f"{person.username}@news.example"
        person.save(update_fields=["email"])
    yield
    cache.clear()


def wants(person, rhythm):
    person.mail_rhythm = rhythm
    person.save(update_fields=["mail_rhythm"])


def mail(kind="submitted") -> bool:
    """Do what the worker does for the newest notification of a kind."""
    return mail_tasks.mail_notification.call(Notification.objects.filter(kind=kind).first().pk)


def enqueued(name) -> list:
    tasks = DBTaskResult.objects.filter(task_path__endswith=name)
    return [task.args_kwargs for task in tasks.order_by("enqueued_at")]


# At once


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_mails_what_happened(mail_server, draft, wanda):
    review.submit(draft, by=wanda)

    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)

    assert [letter["To"] for letter in mail_server.letters] == ["ellen@news.example"]
    assert Notification.objects.get().mailed_at is not None


def test_a_letter_says_who_did_what_to_which_story_and_leads_there(mail_server, draft, wanda):
    review.submit(draft, by=wanda)

    mail()

    letter = mail_server.letters[0]
    address = f"https://news.example/admin/notifications/{Notification.objects.get().pk}/"
    plain = letter.get_body("plain").get_content()
    assert letter["Subject"] == "已提交审核：芯片厂重启生产线"
    assert letter["From"] == "desk@news.example"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Wanda提交了“芯片厂重启生产线”，等待审核。" in plain
    assert address in plain
    assert f'<a href="{address}">' in letter.get_body("html").get_content()


def test_a_letter_about_a_note_shows_the_passage_and_the_words(mail_server, draft, ellen):
    passage = notes.quoted(draft, "今天恢复")
    notes.add(draft, text="<b>哪天？</b>", by=ellen, passage=passage)

    mail("noted")

    letter = mail_server.letters[0]
    plain = letter.get_body("plain").get_content()
    assert "今天恢复" in plain
    assert "<b>哪天？</b>" in plain
    assert "&lt;b&gt;哪天？&lt;/b&gt;" in letter.get_body("html").get_content()


def test_a_letter_is_sent_once(mail_server, draft, wanda):
    review.submit(draft, by=wanda)

    assert mail() is True
    assert mail() is False

    assert len(mail_server.letters) == 1


def test_what_was_read_meanwhile_is_not_mailed(mail_server, draft, wanda, ellen):
    review.submit(draft, by=wanda)
    inbox.read(Notification.objects.get(), by=ellen)

    assert mail() is False

    assert mail_server.letters == []


def test_a_letter_that_is_sent_again_is_the_same_letter(mail_server, draft, wanda):
    review.submit(draft, by=wanda)
    mail()
    Notification.objects.update(mailed_at=None)  # the worker was killed before it was noted

    mail()

    first, second = (letter["Message-ID"] for letter in mail_server.letters)
    assert first == second


def test_letters_about_one_story_are_one_conversation(mail_server, draft, wanda, ellen):
    review.submit(draft, by=wanda)
    mail()
    review.request_changes(draft, comment="补图。", by=ellen)
    mail("changes_requested")

    first, second = (letter["References"] for letter in mail_server.letters)
    assert first == second


@pytest.mark.parametrize("rhythm", [Rhythm.DAILY, Rhythm.NEVER], ids=str)
def test_who_does_not_want_letters_at_once_gets_none(mail_server, draft, wanda, ellen, rhythm):
    wants(ellen, rhythm)

    review.submit(draft, by=wanda)

    assert enqueued("mail_notification") == []


def test_who_changed_their_mind_gets_no_letter(mail_server, draft, wanda, ellen):
    review.submit(draft, by=wanda)
    wants(ellen, Rhythm.NEVER)

    assert mail() is False

    assert mail_server.letters == []


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}], ids=str)
def test_who_has_no_mail_or_left_gets_no_letter(mail_server, draft, wanda, ellen, change):
    review.submit(draft, by=wanda)
    User.objects.filter(pk=ellen.pk).update(**change)

    assert mail() is False


def test_who_lost_the_story_meanwhile_gets_no_letter_about_it(mail_server, ellen, wanda, walter):
    story = factories.draft()
    assigning.assign(story, to=wanda, due_at=None, by=ellen)
    told = Notification.objects.get(recipient=wanda)
    assigning.assign(story, to=walter, due_at=None, by=ellen)

    assert mail_tasks.mail_notification.call(told.pk) is False

    assert mail_server.letters == []


def test_without_a_mail_server_nothing_is_enqueued(settings, draft, wanda):
    settings.MAILERS = {}

    review.submit(draft, by=wanda)

    assert Notification.objects.count() == 1
    assert enqueued("mail_notification") == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nothing_is_sent_of_what_was_rolled_back(mail_server, draft, wanda):
    with transaction.atomic():
        review.submit(draft, by=wanda)
        transaction.set_rollback(True)

    assert enqueued("mail_notification") == []


# Hostile


@pytest.mark.parametrize(
    "title",
    [
        "标题\r\nBcc: otto@elsewhere.example",
        "标题\nSubject: 别的",
        "标题\u2028下一行\x0b",
        "长" * 200,
    ],
    ids=["crlf", "newline", "other line ends", "long"],
)
def test_a_title_is_one_line_of_a_letter_whatever_stands_in_it(mail_server, draft, wanda, title):
    review.submit(draft, by=wanda)
    Notification.objects.update(title=title)

    mail()

    letter = mail_server.letters[0]
    assert letter["Bcc"] is None
    assert letter.get_all("Subject") == [letter["Subject"]]
    assert letter["Subject"].isprintable()
    assert len(letter["Subject"]) <= 150


@pytest.mark.parametrize(
    "email",
    ["a@@b.example", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example"],
    ids=repr,
)
def test_a_malformed_address_is_given_up(mail_server, draft, wanda, ellen, email):
    review.submit(draft, by=wanda)
    DBTaskResult.objects.all().delete()
    User.objects.filter(pk=ellen.pk).update(email=email)

    assert mail() is False

    assert mail_server.letters == []
    assert enqueued("mail_notification") == []


# A mail server that does not take it


def test_a_server_that_is_away_is_asked_again_later(no_mail_server, draft, wanda):
    review.submit(draft, by=wanda)
    DBTaskResult.objects.all().delete()

    assert mail() is False

    notification = Notification.objects.get()
    assert notification.mailed_at is None
    assert enqueued("mail_notification") == [{"args": [notification.pk], "kwargs": {"attempt": 2}}]
    assert DBTaskResult.objects.get().run_after > timezone.now() + timedelta(seconds=30)


def test_while_a_server_is_away_the_other_letters_wait_without_a_try(mail_server, draft, wanda):
    review.submit(draft, by=wanda)
    DBTaskResult.objects.all().delete()
    note_away("mail")

    assert mail() is False

    assert mail_server.letters == []
    assert enqueued("mail_notification")[0]["kwargs"] == {"attempt": 2}


@pytest.mark.parametrize(
    ("answer", "is_asked_again"),
    [("451 try again later", True), ("554 we do not want this", False)],
    ids=["for now", "for good"],
)
def test_a_server_that_refuses_is_asked_again_only_if_that_can_change(
    mail_server, draft, wanda, answer, is_asked_again
):
    review.submit(draft, by=wanda)
    DBTaskResult.objects.all().delete()
    mail_server.answer = answer

    assert mail() is False

    assert bool(enqueued("mail_notification")) is is_asked_again
    assert Notification.objects.get().mailed_at is None


def test_a_letter_is_not_offered_for_ever(no_mail_server, draft, wanda):
    review.submit(draft, by=wanda)
    DBTaskResult.objects.all().delete()

    mail_tasks.mail_notification.call(Notification.objects.get().pk, attempt=8)

    assert enqueued("mail_notification") == []


# Once a day


@pytest.fixture
def daily(settings, ellen, mail_server):
    """Ellen wants one letter a day, and the hour has come."""
    wants(ellen, Rhythm.DAILY)
    settings.MAIL_DIGEST_HOUR = timezone.now().astimezone(settings.OUTLET_TIME_ZONE).hour
    return ellen


@pytest.mark.parametrize(("rhythm", "letters"), [(Rhythm.DAILY, 1), (Rhythm.NEVER, 0)], ids=str)
def test_a_schedule_that_failed_does_not_wait_for_the_digest(
    daily, mail_server, approved, rhythm, letters
):
    wants(daily, rhythm)
    approved.events.create(title="", verb=Verb.SCHEDULE, actor=daily)

    notifying.schedule_failed(approved, reason="头图不在了。", is_first=True)
    for task in enqueued("mail_notification"):
        mail_tasks.mail_notification.call(*task["args"])

    to_ellen = [letter for letter in mail_server.letters if letter["To"] == daily.email]
    assert len(to_ellen) == letters


def digest(person) -> bool:
    return mail_tasks.mail_digest.call(person.pk)


def test_a_digest_holds_everything_that_waits(mail_server, daily, draft, wanda):
    review.submit(draft, by=wanda)
    notes.add(draft, text="@Ellen 请看。", by=wanda)

    assert digests.send_due() == 1
    digest(daily)

    [letter] = mail_server.letters
    plain = letter.get_body("plain").get_content()
    assert letter["Subject"] == "2条通知：芯片厂重启生产线"
    assert plain.index("等待审核") < plain.index("提到了您")
    assert not Notification.objects.to_mail().filter(recipient=daily).exists()


def test_a_digest_leaves_out_stories_somebody_lost(daily, mail_server, ellen, wanda, walter):
    wants(wanda, Rhythm.DAILY)
    kept, lost = factories.draft(title="留下的稿件"), factories.draft(title="交出的稿件")
    for story in (kept, lost):
        assigning.assign(story, to=wanda, due_at=None, by=ellen)
    assigning.assign(lost, to=walter, due_at=None, by=ellen)

    digest(wanda)

    [letter] = mail_server.letters
    plain = letter.get_body("plain").get_content()
    assert "留下的稿件" in plain
    assert "交出的稿件" not in plain


def test_a_digest_is_sent_once_a_day(mail_server, daily, draft, wanda):
    review.submit(draft, by=wanda)

    assert [digests.send_due(), digests.send_due()] == [1, 0]

    assert len(enqueued("mail_digest")) == 1


def test_the_next_day_brings_the_next_digest(daily, draft, wanda):
    User.objects.update(digested_at=timezone.now() - timedelta(days=1))
    review.submit(draft, by=wanda)

    assert digests.send_due() == 1


def test_before_its_hour_no_digest_is_sent(settings, daily, draft, wanda):
    now = timezone.now().astimezone(settings.OUTLET_TIME_ZONE)
    hour_ago = now.replace(minute=0, second=0, microsecond=0) - timedelta(minutes=1)
    settings.MAIL_DIGEST_HOUR = (now.hour + 1) % 24
    User.objects.update(digested_at=hour_ago)
    review.submit(draft, by=wanda)

    assert digests.send_due() == 0


@pytest.mark.parametrize("rhythm", [Rhythm.AT_ONCE, Rhythm.NEVER], ids=str)
def test_who_wants_no_digest_gets_none(daily, draft, wanda, rhythm):
    review.submit(draft, by=wanda)
    wants(daily, rhythm)

    assert digests.send_due() == 0


def test_nobody_gets_an_empty_digest(daily, draft, wanda):
    review.submit(draft, by=wanda)
    inbox.read(Notification.objects.get(), by=daily)

    assert digests.send_due() == 0
    assert digest(daily) is False


def test_what_a_digest_could_not_bring_is_in_the_next(daily, draft, wanda, no_mail_server):
    review.submit(draft, by=wanda)

    assert digest(daily) is False

    assert Notification.objects.to_mail().filter(recipient=daily).exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_sends_the_digests(mail_server, daily, draft, wanda):
    review.submit(draft, by=wanda)

    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)

    assert [letter["To"] for letter in mail_server.letters] == ["ellen@news.example"]


def test_an_operator_sends_the_digests_from_a_cron(daily, draft, wanda, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    review.submit(draft, by=wanda)
    said = StringIO()

    call_command("send_digests", stdout=said)

    assert said.getvalue() == "1 digest is on its way.\n"


# Whether and where to


def test_somebody_says_where_their_letters_go(ellen):
    inbox.want_letters(email=" e@news.example ", rhythm=Rhythm.DAILY, by=ellen)

    ellen.refresh_from_db()
    assert (ellen.email, ellen.mail_rhythm) == ("e@news.example", Rhythm.DAILY)


def test_an_address_nothing_can_be_sent_to_is_refused(ellen):
    with pytest.raises(inbox.UnsuitableAddress):
        inbox.want_letters(email="nobody", rhythm=Rhythm.DAILY, by=ellen)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example:2525", {"host": "mail.example", "port": 2525, "use_tls": False}),
        ("smtp+tls://u:p@mail.example", {"username": "u", "password": "p", "use_tls": True}),
        ("smtps://u%40x.example:p%2F@mail.example", {"username": "u@x.example", "use_ssl": True}),
        ("filemail:///srv/mail", {"file_path": "/srv/mail"}),
    ],
    ids=["plain", "starttls", "tls", "files"],
)
def test_an_address_says_how_mail_goes_out(address, expected):
    options = mailers(address)["default"]["OPTIONS"]

    assert expected.items() <= options.items()


def test_without_an_address_no_mail_goes_out():
    assert mailers("") == {}
