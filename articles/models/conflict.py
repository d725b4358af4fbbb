"""Conflicts: two people changed one story from the same beginning, and nobody has chosen yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article
from articles.models.revision import Revision


class ConflictQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def open(self):
        """Those that wait for somebody to choose."""
        return self.filter(resolved_at=None)


class Conflict(models.Model):
    """A save that came on top of a newer revision.

    `mine` is what was saved (kept aside), `theirs` what had become the working copy meanwhile,
    `ancestor` what both began from (empty if it is not known).
    """

    class Outcome(models.TextChoices):
        MINE = "mine", _("The colliding edit was taken")
        THEIRS = "theirs", _("The newer revision was kept")
        MERGED = "merged", _("Both were merged")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="conflicts")
    mine = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    theirs = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    ancestor = models.ForeignKey(Revision, on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose edit collided"),
        on_delete=models.PROTECT,
        null=True,
        related_name="conflicts",
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("resolved by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    outcome = models.CharField(
        pgettext_lazy("of a conflict", "outcome"), max_length=10, choices=Outcome, blank=True
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["article"], condition=Q(resolved_at=None), name="conflict_open")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, outcome="")
                | (Q(resolved_at__isnull=False) & ~Q(outcome="")),
                name="a_resolved_conflict_has_an_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.mine} / {self.theirs}"
