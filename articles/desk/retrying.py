"""Retrying: what goes to a server of somebody else's, again after a pause, and not for ever."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.cache import cache
from django.tasks import Task
from django.utils import timezone

_AWAY = timedelta(minutes=1)


def minutes(*counts: int) -> tuple[timedelta, ...]:
    """Pauses of so many minutes."""
    return tuple(timedelta(minutes=count) for count in counts)


def again_later(
    work: Task,
    *arguments: int | str,
    attempt: int,
    pauses: Sequence[timedelta],
    **facts: str,
) -> bool:
    """Do `work` again after the pause that follows this `attempt` (from 1); False if it was the
    last. `work` takes the number of the next attempt as `attempt`."""
    if attempt > len(pauses):
        return False
    later = timezone.now() + pauses[attempt - 1]
    work.using(run_after=later).enqueue(*arguments, attempt=attempt + 1, **facts)
    return True


def note_away(name: str) -> None:
    """Remember that a server does not answer, so that not every task waits for it in turn."""
    cache.set(f"away:{name}", True, _AWAY.total_seconds())  # noqa: FBT003 - a mark


def is_away(name: str) -> bool:
    """Whether a server did not answer just now."""
    return cache.get(f"away:{name}", default=False)
