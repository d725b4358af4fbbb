"""Presence: who has which story open just now, and in which window."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article

#: how long after the last sign of life somebody counts as gone; a window out of sight gives one
#: every 20 seconds
ABSENT_AFTER = timedelta(seconds=30)


class PresenceQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def now(self):
        """Whoever gave a sign of life just now."""
        return self.filter(seen_at__gte=timezone.now() - ABSENT_AFTER)

    def gone(self):
        """Whoever has not."""
        return self.filter(seen_at__lt=timezone.now() - ABSENT_AFTER)


class Presence(models.Model):
    """One window of one person on one story."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presences"
    )
    tab = models.CharField(max_length=36)
    is_writing = models.BooleanField(
        default=False, help_text=_("Whether something is typed there and not saved.")
    )
    seen_at = models.DateTimeField(_("seen"))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        indexes = [models.Index(fields=["seen_at"], name="presence_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user", "tab"], name="a_window_is_present_once"
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.article}"
