"""钉钉自定义机器人 (DingTalk): with a secret, time and signature go into the address.

https://open.dingtalk.com/document/orgapp/custom-robot-access
https://open.dingtalk.com/document/robots/customize-robot-security-settings
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from articles.desk.chat.webhooks import Message, Request, Verdict, Webhook

_BUSY = frozenset({-1, 130101, 410100})  # the system is busy; more than 20 messages a minute


def request(webhook: Webhook, message: Message, *, now: datetime) -> Request:
    """A plain text, in which nothing is markup."""
    body = {"msgtype": "text", "text": {"content": f"{message.text}\n{message.address}"}}
    if not webhook.secret:
        return Request(webhook.url, body)
    timestamp = str(int(now.timestamp() * 1000))
    mark = {"timestamp": timestamp, "sign": signature(timestamp, webhook.secret)}
    separator = "&" if "?" in webhook.url else "?"
    return Request(f"{webhook.url}{separator}{urlencode(mark)}", body)


def signature(timestamp: str, secret: str) -> str:
    """HMAC-SHA256 of the time in milliseconds, a line feed and the secret, keyed with the secret.

    In base64; the address encodes it once more.
    """
    signed = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.digest(secret.encode(), signed, hashlib.sha256)).decode()


def verdict(answer: Mapping[str, object]) -> Verdict:
    """What `errcode` means."""
    if answer.get("errcode") == 0:
        return Verdict.TAKEN
    return Verdict.BUSY if answer.get("errcode") in _BUSY else Verdict.REFUSED
