"""The secret address under which somebody's own calendar program reads the desk's calendar."""

import hashlib
import secrets

from django.db import transaction

from articles.models import User

_BYTES = 32  # of chance; nobody guesses that, so a plain hash of it is as good as a slow one


@transaction.atomic
def renew(*, by: User) -> str:
    """Make a secret for `by`, in place of any older one; it is told now and never again."""
    secret = secrets.token_urlsafe(_BYTES)
    _set(by, _hash(secret))
    return secret


@transaction.atomic
def revoke(*, by: User) -> None:
    """Let the address of `by` lead nowhere."""
    _set(by, None)


def owner_of(secret: str) -> User | None:
    """Whose secret it is, while they work here; None for any other text."""
    found = User.objects.filter(calendar_key_hash=_hash(secret), is_active=True, is_staff=True)
    person = found.first()
    return person if person is not None and person.has_perm("articles.view_article") else None


def _set(person: User, key_hash: str | None) -> None:
    person.calendar_key_hash = key_hash
    person.save(update_fields=["calendar_key_hash"])


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
