"""Revisions: what the desk wrote at one moment, and never changes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article
from articles.models.immutable import ImmutableModel, ImmutableQuerySet
from articles.models.snapshot import Snapshot


class RevisionQuerySet(ImmutableQuerySet):
    """Questions; nothing here changes a row."""

    def for_history(self, *, with_content: bool = False):
        """With names, writers and what each began from; what they hold only `with_content`."""
        found = self.select_related("created_by", "naming", "based_on").defer("based_on__content")
        return found if with_content else found.defer("content", "based_on__content")

    def after(self, number: int):
        """Those that came after the one with this number, in their order."""
        return self.filter(number__gt=number).order_by("number")


class Revision(ImmutableModel):
    """A whole story as it stood when somebody saved it.

    One that is `set_aside` never was the working copy: it keeps the text of a save that collided
    with a newer one, or that was not chosen. `merged_from`: the other parent of a merged text.
    """

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
    merged_from = models.ForeignKey(
        "self",
        verbose_name=_("merged with"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    set_aside = models.BooleanField(_("set aside"), default=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    objects = RevisionQuerySet.as_manager()

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


class RevisionName(models.Model):
    """What the desk calls a revision it wants to find again; the revision itself never changes."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="naming")
    name = models.CharField(pgettext_lazy("of a revision", "name"), max_length=80)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("named by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    named_at = models.DateTimeField(_("named"), auto_now=True)

    class Meta:
        verbose_name = _("name of a revision")
        verbose_name_plural = _("names of revisions")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_named_revision_has_a_name"),
        ]

    def __str__(self):
        return self.name
