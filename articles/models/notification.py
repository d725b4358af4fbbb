"""Notifications: what somebody should know of, in the admin and by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.note import Note


class NotificationQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def unread(self):
        """Those nobody has looked at."""
        return self.filter(read_at=None)

    def to_mail(self):
        """Those that were neither read nor mailed."""
        return self.filter(read_at=None, mailed_at=None)


class Notification(models.Model):
    """One thing that happened, told to one person. `title` is the story's at that moment."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted for review")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ASSIGNED = "assigned", _("Assigned")
        NOTED = "noted", _("New note")
        REPLIED = "replied", _("Reply to a note")
        MENTIONED = "mentioned", _("Mentioned")
        SCHEDULE_FAILED = "schedule_failed", _("Schedule failed")
        WITHDRAWAL_FAILED = "withdrawal_failed", _("Withdrawal failed")
        UNAPPROVED = "unapproved", _("Approval void")
        UNSCHEDULED = "unscheduled", _("Schedule void")
        CONFLICT = "conflict", _("Conflict")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="notifications"
    )
    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(read_at=None), name="notification_unread"
            ),
            models.Index(fields=["recipient", "-created_at"], name="notification_latest"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.title}"
