"""Revisions: what the desk wrote at one moment, and never changes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.immutable import ImmutableModel
from articles.models.snapshot import Snapshot


class Revision(ImmutableModel):
    """A whole story as it stood when somebody saved it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"), help_text=_("A snapshot with its schema version."))
    note = models.CharField(_("note"), max_length=300, blank=True)
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("based on"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="followers",
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="a_story_numbers_its_revisions"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="revisions_count_from_one"),
        ]

    def __str__(self):
        return f"#{self.number}"

    @property
    def snapshot(self) -> Snapshot:
        """The content as values."""
        return Snapshot.from_json(self.content)
