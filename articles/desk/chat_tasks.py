"""What the background worker does for chat groups; a group that does not answer disturbs nobody."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils import timezone, translation
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError

from articles.desk.chat import SERVICES, webhooks_in
from articles.desk.chat.webhooks import Message, Request, Verdict, Webhook
from articles.desk.retrying import again_later, is_away, minutes, note_away
from articles.desk.sentences import sentence
from articles.models import Article, Notification, User
from articles.workflow import SETTLED, Stage

Kind = Notification.Kind

_PATIENT = -1  # a publication that is due goes first
_PAUSES = minutes(1, 2, 5, 10, 30)  # later it is no news any more
_TIMEOUT = Timeout(connect=3, read=5, total=8)  # seconds
_LONGEST_ANSWER = 64 * 1024  # bytes
# News that is none any more if the story has moved on before a group could be told.
_ONLY_IN = {
    Kind.SUBMITTED: {Stage.IN_REVIEW},
    Kind.APPROVED: SETTLED,
}

logger = logging.getLogger("newsroom.chat")


class _Later(Exception):
    """The service does not take the message now; `str()` says why."""


class _Never(Exception):
    """The service will not take it; `str()` says why."""


def announce(kind: str, article: Article, *, title: str, by: User | None, text: str = "") -> None:
    """Have every chat group told, after commit, if it is to hear of this `kind`."""
    if kind not in settings.CHAT_EVENTS:
        return
    facts = {"who": str(by or ""), "title": title, "text": text}
    for webhook in webhooks_in(settings.CHAT_WEBHOOKS):
        tell_group.enqueue(webhook.key, str(kind), article.pk, **facts)


@task(priority=_PATIENT)
def tell_group(
    key: str, kind: str, article_id: int, *, who: str, title: str, text: str, attempt: int = 1
) -> bool:
    """Tell one chat group; whether it was told. `key`: that of its webhook."""
    webhook = next((w for w in webhooks_in(settings.CHAT_WEBHOOKS) if w.key == key), None)
    article = Article.objects.filter(pk=article_id).defer("body", "rendered_body").first()
    if webhook is None or article is None or article.stage not in _ONLY_IN.get(kind, Stage):
        return False
    facts = {"who": who, "title": title, "text": text}
    try:
        _post(webhook, _message(kind, article, **facts))
    except _Never as why:
        logger.error("%s does not take a message: %s", key, why)
        return False
    except _Later as why:
        again = (key, kind, article_id)
        if not again_later(tell_group, *again, attempt=attempt, pauses=_PAUSES, **facts):
            logger.error("A message to %s is given up: %s", key, why)
        return False
    return True


def _message(kind: str, article: Article, *, who: str, title: str, text: str) -> Message:
    with translation.override(settings.LANGUAGE_CODE):
        said = " ".join(f"{sentence(kind, who=who, title=title)} {text}".split())
    if kind == Kind.PUBLISHED:
        path = article.get_short_url()
    else:
        path = reverse("admin:articles_article_change", args=[article.pk])
    return Message(said, settings.SITE_URL + path)


def _post(webhook: Webhook, message: Message) -> None:
    if is_away(webhook.key):
        raise _Later("it did not answer a moment ago")
    adapter = SERVICES[webhook.service]
    answer = _ask(webhook, adapter.request(webhook, message, now=timezone.now()))
    match adapter.verdict(answer):
        case Verdict.BUSY:
            raise _Later(_shown(answer))
        case Verdict.REFUSED:
            raise _Never(_shown(answer))


def _ask(webhook: Webhook, request: Request) -> Mapping[str, object]:
    """Post, and read the JSON object that comes back; the log never shows the address."""
    with PoolManager(timeout=_TIMEOUT, retries=False) as pool:
        try:
            response = pool.request(
                "POST", request.url, json=request.body, redirect=False, preload_content=False
            )
            status, content = response.status, response.read(_LONGEST_ANSWER)
            response.close()
        except (HTTPError, OSError, ValueError) as error:
            note_away(webhook.key)
            raise _Later(type(error).__name__) from error
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _Later(f"HTTP {status}")
    if status != HTTPStatus.OK:
        raise _Never(f"HTTP {status}")
    return _object(content)


def _object(content: bytes) -> Mapping[str, object]:
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise _Never("the answer is no JSON") from error
    if not isinstance(answer, dict):
        raise _Never("the answer is no object")
    return answer


def _shown(answer: Mapping[str, object]) -> str:
    return json.dumps(answer, ensure_ascii=False)[:300]
