"""Events: the audit trail, one row per thing done."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.immutable import ImmutableModel, ImmutableQuerySet
from articles.models.revision import Revision
from articles.workflow import Verb


class EventQuerySet(ImmutableQuerySet):
    """Questions; nothing here changes a row."""

    def for_trail(self):
        """With who did it and to which revision, without any text; the latest first."""
        return (
            self.select_related("actor", "revision")
            .defer("revision__content")
            .order_by("-happened_at", "-pk")
        )


class Event(ImmutableModel):
    """Who did what to which story, when, and with which revision.

    `actor` is empty where the newsroom itself acted (the importer, the scheduler); `title` keeps
    the story's name when the story is gone.
    """

    article = models.ForeignKey(
        Article,
        verbose_name=_("story"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="events",
    )
    title = models.CharField(_("title"), max_length=200)
    verb = models.CharField(_("what"), max_length=20, choices=Verb)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        related_name="events",
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("revision"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    details = models.JSONField(_("details"), default=dict)
    happened_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("audit trail")
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="event_latest"),
            models.Index(fields=["article", "-happened_at"], name="event_of_story"),
        ]

    def __str__(self):
        return f"{self.get_verb_display()}: {self.title}"
