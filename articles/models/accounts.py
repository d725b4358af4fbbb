"""Accounts elsewhere: names and web addresses, of the outlet or of an author."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _


def validate_accounts(accounts: object) -> None:
    """Names and web addresses, nothing else; raises ValidationError with a sentence."""
    is_address = URLValidator(schemes=["http", "https"])
    sentence = _('Write names and addresses like {"微博": "https://…"}.')
    if not isinstance(accounts, dict):
        raise ValidationError(sentence)
    for address in accounts.values():
        try:
            is_address(address)
        except ValidationError as error:
            raise ValidationError(sentence) from error
