"""Imported documents: the original, verbatim, of everything that came from outside."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.revision import Revision


class ImportedDocumentQuerySet(models.QuerySet):
    def taken_in(self):
        """Documents that became, or changed, a story."""
        return self.exclude(outcome=ImportedDocument.Outcome.FAILED)

    def latest_for(self, import_ref: str) -> "ImportedDocument | None":
        """The newest document that came in under this reference, failed ones aside."""
        return self.taken_in().filter(import_ref=import_ref).order_by("-pk").first()


class ImportedDocument(models.Model):
    """A document as it came, and what became of it; kept verbatim, so that it can be run again."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("Created a story")
        UPDATED = "updated", _("Changed a story")
        UNCHANGED = "unchanged", _("Changed nothing")
        FAILED = "failed", _("Failed")

    import_ref = models.CharField(_("document"), max_length=200, db_index=True)
    file_name = models.CharField(_("file"), max_length=500)
    text = models.TextField(_("original"))
    raw = models.BinaryField(
        null=True, help_text=_("The bytes as they came, where they are not the text in UTF-8.")
    )
    category_as = models.CharField(_("categories kept as"), max_length=10, default="path")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    sentence = models.TextField(_("what went wrong"), blank=True)
    line = models.PositiveIntegerField(_("line"), null=True)
    remarks = models.JSONField(_("remarks"), default=list)
    facts = models.JSONField(_("source facts"), default=list)
    dropped = models.JSONField(_("left out"), default=list)
    pictures = models.JSONField(
        _("pictures that came with it"),
        default=dict,
        help_text=_("The relative address of each in the document, and the id it has here."),
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("story"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="documents",
    )
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("revision"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    objects = ImportedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported document")
        verbose_name_plural = _("imported documents")
        ordering = ["-imported_at", "-pk"]
        indexes = [
            models.Index(fields=["-imported_at", "-id"], name="document_latest"),
            models.Index(fields=["import_ref", "-id"], name="document_of_ref"),
        ]

    def __str__(self):
        return self.file_name
