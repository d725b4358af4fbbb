"""飞书自定义机器人 (Feishu, also Lark): with a secret, time and signature go into the body.

https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from articles.desk.chat.webhooks import Message, Request, Verdict, Webhook

_BUSY = frozenset({11232, 99991400})  # more than 5 messages a second, 100 a minute


def request(webhook: Webhook, message: Message, *, now: datetime) -> Request:
    """A paragraph of rich text: in a plain one, `<at …>` in a title would call everybody."""
    line = [
        {"tag": "text", "text": f"{message.text} "},
        {"tag": "a", "text": message.address, "href": message.address},
    ]
    body = {"msg_type": "post", "content": {"post": {"zh_cn": {"content": [line]}}}}
    if webhook.secret:
        timestamp = str(int(now.timestamp()))
        body |= {"timestamp": timestamp, "sign": signature(timestamp, webhook.secret)}
    return Request(webhook.url, body)


def signature(timestamp: str, secret: str) -> str:
    """HMAC-SHA256 of nothing, keyed with the time in seconds, a line feed and the secret.

    In base64.
    """
    key = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.digest(key, b"", hashlib.sha256)).decode()


def verdict(answer: Mapping[str, object]) -> Verdict:
    """What `code` means."""
    if answer.get("code") == 0:
        return Verdict.TAKEN
    return Verdict.BUSY if answer.get("code") in _BUSY else Verdict.REFUSED
