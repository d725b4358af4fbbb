"""What must be true of the database after everything: each function yields what is not."""

from collections import Counter
from collections.abc import Iterator

from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles.models import Article, Autosave, Event, Revision
from articles.workflow import Stage, Verb
from tests.crashes.tokens import MARK

_WRITING = (Verb.CREATE, Verb.REVISE)
#: what nobody in this run does twice with one revision
_ONCE = (Verb.APPROVE, Verb.SCHEDULE, Verb.PUBLISH, Verb.WITHDRAW)


def _token(text: str) -> str:
    found = MARK.search(text)
    return found[0] if found else ""


def lost_saves(saved: set[str]) -> Iterator[str]:
    """Saves that were answered and are no revision."""
    titles = Revision.objects.values_list("content__title", flat=True)
    kept = {_token(title) for title in titles}
    yield from (f"answered, but no revision: {token}" for token in sorted(saved - kept))


def lost_typing(kept: set[str]) -> Iterator[str]:
    """What was typed, answered, and is not there to be restored: nobody has saved it since."""
    there = {_token(autosave.title) for autosave in Autosave.objects.unsaved()}
    yield from (f"answered, but not kept: {token}" for token in sorted(kept - there))


def broken_numbers() -> Iterator[str]:
    """Stories whose revisions are not numbered from one without a gap."""
    for article in Article.objects.prefetch_related("revisions"):
        numbers = sorted(revision.number for revision in article.revisions.all())
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"story {article.pk}: revisions {numbers}"


def half_published() -> Iterator[str]:
    """Published stories whose row is not their live revision, whole."""
    stories = Article.objects.filter(first_published_at__isnull=False)
    for article in stories.select_related("live_revision"):
        parts = (article.title, article.standfirst, article.body, article.rendered_body)
        tokens = {_token(part) for part in parts} | {_token(article.live_revision.snapshot.title)}
        if len(tokens) != 1:
            yield f"story {article.pk}: {sorted(tokens)}"


def odd_events() -> Iterator[str]:
    """Changes without their event, events without their change, and events that stand twice."""
    written = Counter(Revision.objects.filter(set_aside=False).values_list("pk", flat=True))
    events = Counter(Event.objects.filter(verb__in=_WRITING).values_list("revision", flat=True))
    if written != events:
        yield f"revisions and events differ: {written - events} {events - written}"
    # A story may be scheduled again, for another time.
    once = Event.objects.filter(verb__in=_ONCE).values_list("verb", "revision", "details__at")
    for (verb, revision, _at), times in Counter(once).items():
        if times > 1:
            yield f"{verb} {times} times: revision {revision}"
    for article in Article.objects.all():
        yield from _odd_ending(article)


def _odd_ending(article: Article) -> Iterator[str]:
    last = article.events.filter(verb__in=[Verb.PUBLISH, Verb.WITHDRAW]).first()
    if article.first_published_at is None:
        if last is not None:
            yield f"story {article.pk}: {last.verb} without its change"
        return
    if last is None:
        yield f"story {article.pk}: published without an event"
    elif (last.verb == Verb.WITHDRAW) != (article.withdrawn_at is not None):
        yield f"story {article.pk}: last {last.verb}, withdrawn {article.withdrawn_at}"
    elif last.verb == Verb.PUBLISH and last.revision_id != article.live_revision_id:
        yield f"story {article.pk}: live is not what was published last"


def unpublished_seen(seen: set[str]) -> Iterator[str]:
    """What readers saw although nobody published it."""
    events = Event.objects.filter(verb=Verb.PUBLISH).select_related("revision")
    published = {_token(event.revision.snapshot.title) for event in events}
    yield from (f"seen, but never published: {token}" for token in sorted(seen - published))


def left_behind() -> Iterator[str]:
    """Schedules that were not kept, and tasks nobody does."""
    for article in Article.objects.filter(stage=Stage.SCHEDULED):
        yield f"story {article.pk} is still scheduled for {article.scheduled_at}"
    for task in DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL):
        if task.status != TaskResultStatus.READY or task.run_after is None:
            yield f"task {task.task_path}: {task.status}"
