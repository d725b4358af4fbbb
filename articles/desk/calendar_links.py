"""The secret address under which somebody's own calendar program reads the desk's calendar."""

from django.db import transaction

from articles.desk import tokens
from articles.models import User


@transaction.atomic
def renew(*, by: User) -> str:
    """Make a secret for `by`, in place of any older one; it is told now and never again."""
    secret = tokens.make()
    _set(by, tokens.hash_of(secret))
    return secret


@transaction.atomic
def revoke(*, by: User) -> None:
    """Let the address of `by` lead nowhere."""
    _set(by, None)


def owner_of(secret: str) -> User | None:
    """Whose secret it is, while they work here; None for any other text."""
    key_hash = tokens.hash_of(secret)
    found = User.objects.filter(calendar_key_hash=key_hash, is_active=True, is_staff=True)
    person = found.first()
    return person if person is not None and person.has_perm("articles.view_article") else None


def _set(person: User, key_hash: str | None) -> None:
    person.calendar_key_hash = key_hash
    person.save(update_fields=["calendar_key_hash"])
