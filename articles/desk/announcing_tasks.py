"""What the background worker tells search engines, so that they look at a story at once."""

import logging
from datetime import timedelta

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from articles.body.traditional import PREFIX
from articles.desk import announcing
from articles.desk.announcing import Verdict
from articles.desk.retrying import again_later, is_away, minutes, note_away
from articles.models import Article, Outlet
from articles.outside.posting import NotAnswered, post

_PATIENT = -15  # nobody at the desk waits for it
_PAUSES = minutes(2, 10, 30, 120)
_NEWS = timedelta(hours=48)  # what is older when it comes in was told of elsewhere
_LONGEST_REASON = 300  # characters of an answer in the log

logger = logging.getLogger("newsroom.search_engines")


def is_news(article: Article) -> bool:
    """Whether a document that comes in was published just now, and not years ago."""
    return article.published_at > timezone.now() - _NEWS


def announce(article: Article) -> None:
    """Have search engines told, after commit, that a story appeared, changed or went."""
    if not article.canonical_url:
        for engine in announcing.engines():
            tell.enqueue(engine, article.pk)


@task(priority=_PATIENT)
def tell(engine: str, article_id: int, *, attempt: int = 1) -> bool:
    """Tell one search engine to look at a story again; whether it took that."""
    seen = Article.objects.published() | Article.objects.withdrawn()
    article = seen.filter(pk=article_id).only("pk", "slug").first()
    request = announcing.request(engine, _addresses(article)) if article else None
    if request is None:
        return False
    try:
        status, said = _posted(engine, request)
    except NotAnswered as why:
        return _later(engine, article_id, attempt, str(why))
    verdict = announcing.judge(engine, status, said)
    if verdict is Verdict.BUSY:
        return _later(engine, article_id, attempt, f"HTTP {status}")
    if verdict is Verdict.REFUSED:
        why = " ".join(said.split())[:_LONGEST_REASON]
        logger.error("%s does not take an address: HTTP %s %s", engine, status, why)
    return verdict is Verdict.TAKEN


def _addresses(article: Article) -> list[str]:
    path = article.get_absolute_url()
    is_chinese = settings.LANGUAGE_CODE.startswith("zh")
    has_twin = is_chinese and Outlet.objects.exclude(traditional="").exists()
    paths = [path, PREFIX.rstrip("/") + path] if has_twin else [path]
    return [settings.SITE_URL + each for each in paths]


def _posted(engine: str, request: announcing.Request) -> tuple[int, str]:
    """Status and answer; raises `NotAnswered`."""
    if is_away(engine):
        raise NotAnswered("it did not answer a moment ago")
    try:
        return post(request.url, request.body, media_type=request.media_type)
    except NotAnswered:
        note_away(engine)
        raise


def _later(engine: str, article_id: int, attempt: int, why: str) -> bool:
    if not again_later(tell, engine, article_id, attempt=attempt, pauses=_PAUSES):
        logger.error("%s is not told of story %s: %s", engine, article_id, why)
    return False
