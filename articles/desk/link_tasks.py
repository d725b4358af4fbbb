"""What the background worker does for links; nobody who saves a story waits for it."""

from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from articles.desk import links
from articles.models import Article, LinkCheck, User

# Below everything else: advice can wait.
_PATIENT = -20
# Between two questions to one site about one story.
_BETWEEN = timedelta(seconds=2)


def try_links(article: Article, body: str, *, by: User | None) -> None:
    """Have the links of a working copy tried, if its `body` has any.

    It is done for people, who read what became of them: the newsroom itself brings archives, and
    would ask whole sites.
    """
    if by is not None and "<a " in body:
        check_links.enqueue(article.pk)


@task(priority=_PATIENT)
@transaction.atomic
def check_links(article_id: int) -> int:
    """Have the links of a working copy asked for, each in a task of its own; how many."""
    article = Article.objects.select_related("working_revision").filter(pk=article_id).first()
    if article is None or article.working_revision is None:
        return 0
    now, asked = timezone.now(), Counter()
    due = links.take_due(article.working_revision)
    for link in due:
        site = _site_of(link.url)
        check_link.using(run_after=now + asked[site] * _BETWEEN).enqueue(link.pk)
        asked[site] += 1
    return len(due)


@task(priority=_PATIENT)
def check_link(link_id: int) -> bool:
    """Ask what is at one address; twice is as good as once."""
    link = LinkCheck.objects.filter(pk=link_id).first()
    if link is None:
        return False
    links.check(link)
    return True


def _site_of(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
