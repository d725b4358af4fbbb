"""How long an address may be that we keep: an index has to hold it, in every database.

A row of a B-tree takes at most 2,704 bytes on PostgreSQL (its manual, section 64.1.4), and what
is not ASCII takes up to four bytes a character.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_CHARACTERS = 2000
MOST_BYTES = 2600


def fits(address: str) -> bool:
    """Whether `address` can be kept and found again."""
    return len(address) <= MOST_CHARACTERS and len(address.encode()) <= MOST_BYTES


def require_fitting(address: str) -> None:
    """Raise `ValidationError` for an address that cannot be kept; the validator of its columns."""
    if not fits(address):
        raise ValidationError(_("This address is too long."))
