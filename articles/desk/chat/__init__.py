"""Chat groups: what the bots of WeCom, DingTalk and Feishu want to be told, one adapter each.

Pure: a webhook, a message and the time go in, a request comes out; an answer goes in, a verdict
comes out. `chat_tasks` does the asking.
"""

from collections.abc import Iterator
from types import ModuleType

from django.utils.translation import gettext as _

from articles.desk.chat import dingtalk, feishu, wecom
from articles.desk.chat.webhooks import MalformedWebhook, Webhook, parse

# What a group can be told of: kinds of `Notification`.
EVENTS = (
    *("submitted", "approved", "published", "withdrawn"),
    *("schedule_failed", "withdrawal_failed"),
)
SERVICES: dict[str, ModuleType] = {"dingtalk": dingtalk, "feishu": feishu, "wecom": wecom}


def webhooks_in(lines: list[str]) -> list[Webhook]:
    """The chat groups an operator wrote down, without malformed ones; `problems_in` names those."""
    return [found for found in _parsed(lines) if isinstance(found, Webhook)]


def problems_in(lines: list[str]) -> list[str]:
    """What is wrong with each malformed line, as a sentence without its address."""
    found = enumerate(_parsed(lines), start=1)
    return [
        _("CHAT_WEBHOOKS, number %(number)d: %(problem)s") % {"number": number, "problem": what}
        for number, what in found
        if isinstance(what, MalformedWebhook)
    ]


def _parsed(lines: list[str]) -> Iterator[Webhook | MalformedWebhook]:
    for line in filter(str.strip, lines):
        try:
            yield parse(line, services=SERVICES)
        except MalformedWebhook as problem:
            yield problem
