"""Autosaves: what somebody has typed and not yet saved; one row per story and person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.revision import Revision


class Autosave(models.Model):
    """Replaced while somebody types, removed when they save; never part of the history."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="autosaves")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves"
    )
    content = models.JSONField(help_text=_("A snapshot with its schema version."))
    based_on = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(_("kept"), auto_now=True)

    class Meta:
        verbose_name = _("autosave")
        verbose_name_plural = _("autosaves")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"], name="one_autosave_per_story_and_person"
            ),
        ]

    def __str__(self):
        return f"{self.article} ({self.user})"
