"""Notes: what colleagues (and guests of a preview) say about a story, or about a passage of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.preview_link import PreviewLink
from articles.models.revision import Revision


class NoteQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def threads(self):
        """The notes that begin a conversation."""
        return self.filter(parent=None)

    def unresolved(self):
        """Conversations that somebody still has to do something about."""
        return self.threads().filter(resolved_at=None)

    def with_replies(self):
        """With everything that is read of a thread: two queries whatever the length."""
        replies = self.model.objects.select_related("author")
        shown = self.select_related("author", "resolved_by", "revision")
        return shown.defer("revision__content").prefetch_related(
            models.Prefetch("replies", queryset=replies)
        )


class Note(models.Model):
    """One thing said. A note on a passage quotes it, with what stands before and after it.

    That is a text quote selector of the Web Annotation Data Model (W3C, 4.2.4): it is found
    again when the text around it has moved.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("revision"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="notes",
    )
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="replies")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="notes",
    )
    guest_name = models.CharField(_("name of the guest"), max_length=80, blank=True)
    preview_link = models.ForeignKey(
        PreviewLink, on_delete=models.SET_NULL, null=True, related_name="notes"
    )
    text = models.TextField(_("note"), max_length=5000)
    quote = models.TextField(_("passage"), blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("mentioned"), related_name="mentioned_in"
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    edited_at = models.DateTimeField(_("changed"), null=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["article"],
                condition=Q(parent=None, resolved_at=None),
                name="note_unresolved",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something"),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | ~Q(guest_name=""),
                name="a_note_is_by_somebody",
            ),
        ]

    def __str__(self):
        return self.text[:40]
