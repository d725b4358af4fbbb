"""Preview links: a working copy shown to somebody without an account, for a while."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class PreviewLinkQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def valid(self):
        """Those that open something now."""
        unspent = Q(single_use=False) | Q(opened_at=None)
        return self.filter(unspent, revoked_at=None, expires_at__gt=timezone.now())

    def with_comments(self):
        """The newest first, with the number of comments that came through each as `comments`."""
        return self.annotate(comments=models.Count("notes")).order_by("-created_at", "-pk")


class PreviewLink(models.Model):
    """Only a hash of the secret is kept; the address itself is shown once, to whoever makes it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    label = models.CharField(
        _("for whom"), max_length=80, blank=True, help_text=_("So that you know it again.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    single_use = models.BooleanField(_("opens once"), default=False)
    may_comment = models.BooleanField(_("may leave comments"), default=False)
    opened_at = models.DateTimeField(_("first opened"), null=True)
    opened_count = models.PositiveIntegerField(_("times opened"), default=0)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.label or str(self.pk)
