"""企业微信群机器人 (WeCom): the key in the address is all it asks for.

https://developer.work.weixin.qq.com/document/path/91770
"""

from collections.abc import Mapping
from datetime import datetime

from articles.desk.chat.webhooks import Message, Request, Verdict, Webhook

_LONGEST = 2048  # bytes of a text
_BUSY = frozenset({-1, 45009})  # the system is busy; more than 20 messages a minute


def request(webhook: Webhook, message: Message, *, now: datetime) -> Request:
    """A plain text, in which nothing is markup."""
    room = _LONGEST - len(f"\n{message.address}".encode())
    text = message.text.encode()[:room].decode(errors="ignore")
    content = {"content": f"{text}\n{message.address}"}
    return Request(webhook.url, {"msgtype": "text", "text": content})


def verdict(answer: Mapping[str, object]) -> Verdict:
    """What `errcode` means."""
    if answer.get("errcode") == 0:
        return Verdict.TAKEN
    return Verdict.BUSY if answer.get("errcode") in _BUSY else Verdict.REFUSED
