"""Autosaves: what somebody has typed and not yet saved; one row per story and person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.revision import Revision


class AutosaveQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def of(self, user):
        """What `user` typed and has not saved, the newest first."""
        return self.filter(user=user).order_by("-saved_at", "-pk")

    def unsaved(self):
        """What is still to be saved or thrown away."""
        return self.exclude(content={})

    def spent(self):
        """What is saved or thrown away; the row only remembers up to where."""
        return self.filter(content={})


class Autosave(models.Model):
    """Replaced while somebody types, removed when they save; never part of the history.

    A story that was never saved has no row yet: `new_story` is then the number its form was
    opened with. `content` is what the form holds, right or wrong: a JSON object of its fields,
    each a list of strings, as a browser would send them.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="autosaves"
    )
    new_story = models.UUIDField(null=True, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves"
    )
    content = models.JSONField(help_text=_("The fields of the form, as they would be sent."))
    based_on = models.ForeignKey(Revision, on_delete=models.SET_NULL, null=True, related_name="+")
    tab = models.CharField(
        max_length=36, blank=True, help_text=_("Which of a person's windows it was typed in.")
    )
    count = models.PositiveBigIntegerField(
        default=0, help_text=_("Grows with every change in that window; an older one never wins.")
    )
    settled = models.JSONField(
        default=list,
        help_text=_(
            "Up to where each window's text was saved or thrown away: [tab, count, the revision "
            "its save made] each."
        ),
    )
    follows = models.JSONField(
        null=True,
        help_text=_("The text of another window that this one goes on from: [tab, count]."),
    )
    saved_at = models.DateTimeField(_("kept"), auto_now=True)

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("autosave")
        verbose_name_plural = _("autosaves")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "user"], name="one_autosave_per_story_and_person"
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=False, new_story=None)
                | Q(article=None, new_story__isnull=False),
                name="an_autosave_is_of_a_story_or_of_a_new_one",
            ),
        ]

    def __str__(self):
        return f"{self.article or self.new_story} ({self.user})"

    @property
    def title(self) -> str:
        """The title as it is typed."""
        return (self.content.get("title") or [""])[0].strip()

    @property
    def is_outdated(self) -> bool:
        """Whether somebody has saved a newer revision than it was based on."""
        return self.based_on_id is not None and (
            self.based_on_id != self.article.working_revision_id
        )
