"""Chat groups told by real requests, signed as each service wants it."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.desk import chat_tasks, notifying, publishing, review
from articles.desk.chat import dingtalk, feishu, problems_in, webhooks_in, wecom
from articles.desk.chat.webhooks import Message, Verdict, Webhook
from articles.models import Article
from tests.desk.conftest import free_port

NOW = datetime(2026, 3, 14, 1, 30, tzinfo=UTC)
MESSAGE = Message("Wanda提交了“标题”，等待审核。", "https://news.example/admin/1/")


@pytest.fixture(autouse=True)
def _alone(settings):
    """No group is known, and nothing is remembered of another test's server."""
    settings.SITE_URL = "https://news.example"
    settings.CHAT_WEBHOOKS = []
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def group(settings, chat_server):
    """A group of a service, to be told."""

    def known(service="wecom", secret=""):
        line = f"{service}={chat_server.address}"
        settings.CHAT_WEBHOOKS = [f"{line};secret={secret}" if secret else line]

    return known


def enqueued() -> list:
    tasks = DBTaskResult.objects.filter(task_path__endswith="tell_group").order_by("enqueued_at")
    return [task.args_kwargs for task in tasks]


def tell() -> bool:
    """Do what the worker does for the newest message."""
    task = enqueued()[-1]
    return chat_tasks.tell_group.call(*task["args"], **task["kwargs"])


# What goes over the wire


def test_wecom_is_told_in_plain_words(group, chat_server, draft, wanda):
    group("wecom")
    review.submit(draft, by=wanda)

    assert tell() is True

    [(query, body)] = chat_server.posts
    address = f"https://news.example/admin/articles/article/{draft.pk}/change/"
    assert query == {"key": "k"}
    assert body == {
        "msgtype": "text",
        "text": {"content": f"Wanda提交了“芯片厂重启生产线”，等待审核。\n{address}"},
    }


def test_dingtalk_finds_its_signature_in_the_address(group, chat_server, draft, wanda):
    group("dingtalk", secret="SECret")
    review.submit(draft, by=wanda)

    assert tell() is True

    [(query, body)] = chat_server.posts
    signed = f"{query['timestamp']}\nSECret".encode()
    digest = hmac.new(b"SECret", signed, hashlib.sha256).digest()
    assert query["key"] == "k"
    assert query["sign"] == base64.b64encode(digest).decode()
    assert abs(timezone.now().timestamp() * 1000 - int(query["timestamp"])) < 60_000
    assert body["msgtype"] == "text"


def test_feishu_finds_its_signature_in_the_body(group, chat_server, draft, wanda):
    group("feishu", secret="geheim")
    review.submit(draft, by=wanda)

    assert tell() is True

    [(query, body)] = chat_server.posts
    digest = hmac.new(f"{body['timestamp']}\ngeheim".encode(), b"", hashlib.sha256).digest()
    assert query == {"key": "k"}
    assert body["sign"] == base64.b64encode(digest).decode()
    assert abs(timezone.now().timestamp() - int(body["timestamp"])) < 60
    assert body["msg_type"] == "post"


def test_dingtalk_and_feishu_without_a_secret_get_no_signature():
    for adapter in (dingtalk, feishu):
        request = adapter.request(Webhook("x", "https://x.example/?a=1"), MESSAGE, now=NOW)

        assert request.url == "https://x.example/?a=1"
        assert "sign" not in request.body


# Signatures computed with the services' own samples.
def test_dingtalk_signs_as_its_documentation_says():
    expected = hmac.new(b"this is secret", b"1577262236757\nthis is secret", hashlib.sha256)

    signature = dingtalk.signature("1577262236757", "this is secret")

    assert signature == base64.b64encode(expected.digest()).decode()


def test_a_title_calls_nobody_in_feishu():
    message = Message('<at user_id="all">所有人</at>', "https://news.example/")

    request = feishu.request(Webhook("feishu", "https://x.example"), message, now=NOW)

    [[text, _link]] = request.body["content"]["post"]["zh_cn"]["content"]
    assert text == {"tag": "text", "text": '<at user_id="all">所有人</at> '}


def test_a_long_message_keeps_its_address_in_wecom():
    message = Message("长" * 5000, "https://news.example/admin/1/")

    request = wecom.request(Webhook("wecom", "https://x.example"), message, now=NOW)

    content = request.body["text"]["content"]
    assert len(content.encode()) <= 2048
    assert content.endswith("长\nhttps://news.example/admin/1/")


@pytest.mark.parametrize(
    ("adapter", "answer", "verdict"),
    [
        (wecom, {"errcode": 0}, Verdict.TAKEN),
        (wecom, {"errcode": 45009}, Verdict.BUSY),
        (wecom, {"errcode": 93000}, Verdict.REFUSED),
        (dingtalk, {"errcode": 0}, Verdict.TAKEN),
        (dingtalk, {"errcode": 130101}, Verdict.BUSY),
        (dingtalk, {"errcode": 310000}, Verdict.REFUSED),
        (feishu, {"code": 0}, Verdict.TAKEN),
        (feishu, {"code": 11232}, Verdict.BUSY),
        (feishu, {"code": 19021}, Verdict.REFUSED),
        (feishu, {}, Verdict.REFUSED),
    ],
)
def test_an_answer_means_what_the_service_says(adapter, answer, verdict):
    assert adapter.verdict(answer) is verdict


# What is told


def test_groups_are_told_of_a_story_all_its_way(group, chat_server, draft, wanda, ellen, charlie):
    group()
    said = []
    for verb in (
        lambda: review.submit(draft, by=wanda),
        lambda: review.approve(draft, by=ellen),
        lambda: publishing.publish(draft, by=ellen),
        lambda: publishing.withdraw(draft, reason="事实有误。", by=charlie),
    ):
        verb()
        tell()
        said.append(chat_server.posts[-1][1]["text"]["content"])

    assert [line.splitlines()[0] for line in said] == [
        "Wanda提交了“芯片厂重启生产线”，等待审核。",
        "Ellen审核通过了“芯片厂重启生产线”。",
        "Ellen发布了“芯片厂重启生产线”。",
        "Charlie撤下了“芯片厂重启生产线”。 事实有误。",
    ]
    assert said[2].endswith(f"https://news.example/a/{draft.pk}/")


def test_groups_are_told_of_a_failed_schedule_once(group, approved):
    group()
    for is_first in (True, False, False):
        notifying.schedule_failed(approved, reason="头图不在了。", is_first=is_first)

    assert len(enqueued()) == 1


def test_groups_hear_only_of_what_they_are_to_hear(group, settings, draft, wanda, ellen):
    group()
    settings.CHAT_EVENTS = ["published"]

    review.submit(draft, by=wanda)
    review.approve(draft, by=ellen)

    assert enqueued() == []


def test_groups_do_not_hear_of_a_request_for_changes(group, in_review, ellen):
    group()

    review.request_changes(in_review, comment="补图。", by=ellen)

    assert enqueued() == []


def test_an_approval_of_what_is_out_by_now_is_no_news(group, chat_server, in_review, ellen):
    group()
    review.approve(in_review, by=ellen)
    publishing.publish(in_review, by=ellen)
    [approval, _publication] = enqueued()

    assert chat_tasks.tell_group.call(*approval["args"], **approval["kwargs"]) is False

    assert chat_server.posts == []


def test_a_title_of_several_lines_is_one_line(group, chat_server, draft, wanda):
    group()
    review.submit(draft, by=wanda)
    task = enqueued()[0]

    chat_tasks.tell_group.call(*task["args"], **{**task["kwargs"], "title": "一\n二\r\n三"})

    assert chat_server.posts[0][1]["text"]["content"].startswith("Wanda提交了“一 二 三”")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nothing_is_told_of_what_was_rolled_back(group, draft, wanda):
    group()

    with transaction.atomic():
        review.submit(draft, by=wanda)
        transaction.set_rollback(True)

    assert enqueued() == []


def test_the_queue_does_not_hold_the_address(group, draft, wanda):
    group("dingtalk", secret="SECret")

    review.submit(draft, by=wanda)

    held = json.dumps(enqueued())
    assert "127.0.0.1" not in held
    assert "SECret" not in held


def test_a_group_that_was_taken_out_is_not_told(group, chat_server, settings, draft, wanda):
    group()
    review.submit(draft, by=wanda)
    settings.CHAT_WEBHOOKS = []

    assert tell() is False

    assert chat_server.posts == []


def test_a_story_that_was_thrown_away_is_not_told(group, chat_server, draft, wanda):
    group()
    review.submit(draft, by=wanda)
    Article.objects.filter(pk=draft.pk).delete()

    assert tell() is False


# A group that does not take it


@pytest.mark.parametrize(
    ("status", "answer", "is_asked_again"),
    [
        (500, b"", True),
        (429, b"", True),
        (200, b'{"errcode": 45009}', True),
        (404, b"", False),
        (302, b"", False),
        (200, b'{"errcode": 93000}', False),
        (200, b"<html>", False),
        (200, b"[]", False),
        (200, b"\xff\xfe", False),
    ],
)
def test_a_group_is_asked_again_only_if_that_can_help(
    group, chat_server, draft, wanda, status, answer, is_asked_again
):
    group()
    review.submit(draft, by=wanda)
    chat_server.status, chat_server.answer = status, answer

    assert tell() is False

    assert len(enqueued()) == 1 + is_asked_again


def test_a_server_that_is_away_is_asked_again_later(settings, draft, wanda):
    settings.CHAT_WEBHOOKS = [f"wecom=http://127.0.0.1:{free_port()}/?key=k"]
    review.submit(draft, by=wanda)

    assert tell() is False

    again = DBTaskResult.objects.filter(task_path__endswith="tell_group").latest("enqueued_at")
    assert again.args_kwargs["kwargs"]["attempt"] == 2
    assert again.run_after > timezone.now() + timedelta(seconds=30)


def test_a_group_is_not_asked_for_ever(settings, draft, wanda):
    settings.CHAT_WEBHOOKS = [f"wecom=http://127.0.0.1:{free_port()}/?key=k"]
    review.submit(draft, by=wanda)
    task = enqueued()[0]

    chat_tasks.tell_group.call(*task["args"], **task["kwargs"], attempt=6)

    assert len(enqueued()) == 1


def test_the_log_does_not_show_the_address(settings, draft, wanda, caplog):
    settings.CHAT_WEBHOOKS = [f"wecom=http://127.0.0.1:{free_port()}/?key=hush"]
    review.submit(draft, by=wanda)
    task = enqueued()[0]

    chat_tasks.tell_group.call(*task["args"], **task["kwargs"], attempt=6)

    assert "is given up" in caplog.text
    assert "hush" not in caplog.text


@pytest.mark.parametrize("line", ["wecom=", "nonsense", "wecom=https://[::1/?key=k"])
def test_a_malformed_setting_disturbs_no_verb(settings, draft, wanda, line):
    settings.CHAT_WEBHOOKS = [line]

    review.submit(draft, by=wanda)

    assert enqueued() == []


# What an operator writes down


def test_a_line_names_a_service_an_address_and_a_secret():
    lines = ["dingtalk=https://oapi.dingtalk.com/robot/send?access_token=a=b;secret=SEC1 ", ""]

    assert webhooks_in(lines) == [
        Webhook("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=a=b", "SEC1")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "https://x.example/?key=hush",
        "slack=https://x.example/?key=hush",
        "wecom=x.example/?key=hush",
        "wecom=ftp://x.example/?key=hush",
        "wecom=https:///?key=hush",
        "wecom=https://x.example:port/?key=hush",
        "wecom=https://x.example/?key=hush secret=1",
        "wecom=https://[::1/?key=hush",
    ],
)
def test_what_is_malformed_is_named_without_giving_it_away(line):
    [problem] = problems_in([line])

    assert "hush" not in problem
    assert webhooks_in([line]) == []
