"""People who log in: one name field, as Chinese names want it."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class User(AbstractUser):
    """A member of staff. What somebody may do follows from the groups (see `workflow`)."""

    class MailRhythm(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day")
        NEVER = "never", _("Never")

    first_name = None
    last_name = None
    name = models.CharField(
        pgettext_lazy("of a person", "name"),
        max_length=80,
        blank=True,
        help_text=_("As colleagues know the person."),
    )

    mail_rhythm = models.CharField(
        _("notifications by mail"),
        max_length=10,
        choices=MailRhythm,
        default=MailRhythm.AT_ONCE,
    )
    digested_at = models.DateTimeField(_("last digest"), null=True, editable=False)
    calendar_key_hash = models.CharField(  # noqa: DJ001 - NULL means no link; it is unique
        max_length=64, null=True, unique=True, editable=False
    )

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
