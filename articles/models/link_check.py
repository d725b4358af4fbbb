"""Link checks: what an address in a body answered when it was last asked."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.outside.lengths import MOST_CHARACTERS, require_fitting


class LinkCheckQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def dead(self):
        """Addresses that say there is nothing (any more)."""
        return self.filter(status__in=LinkCheck.GONE)

    def due(self):
        """Addresses that nobody asked yet, or not for long enough."""
        return self.filter(Q(check_after=None) | Q(check_after__lte=timezone.now()))


class LinkCheck(models.Model):
    """One address, however many stories link to it."""

    GONE = (404, 410)

    url = models.URLField(
        _("address"), max_length=MOST_CHARACTERS, unique=True, validators=[require_fitting]
    )
    status = models.PositiveSmallIntegerField(
        _("status"), null=True, help_text=_("The HTTP status; empty if nothing answered.")
    )
    checked_at = models.DateTimeField(_("asked"), null=True)
    check_after = models.DateTimeField(_("ask again"), null=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")

    def __str__(self):
        return self.url
