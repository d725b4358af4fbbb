"""People who log in: one name field, as Chinese names want it."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class User(AbstractUser):
    """A member of staff. What somebody may do follows from the groups (see `workflow`)."""

    first_name = None
    last_name = None
    name = models.CharField(
        pgettext_lazy("of a person", "name"),
        max_length=80,
        blank=True,
        help_text=_("As colleagues know the person."),
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
