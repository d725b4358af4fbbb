"""Versions of the simple pages: what somebody saved at one moment, and never changes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.immutable import ImmutableModel, ImmutableQuerySet
from articles.models.page import Page, PageContent


class PageVersionQuerySet(ImmutableQuerySet):
    """Questions; nothing here changes a row."""

    def newest_first(self):
        """With who saved each of them, and what was brought back."""
        return self.select_related("created_by", "restores").order_by("-number")


class PageVersion(PageContent, ImmutableModel):
    """A whole page as somebody saved it. `restores`: the older one whose words it brought back.

    The newest one says what the page says.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(gettext_lazy("number"))
    slug = models.SlugField(gettext_lazy("address"), max_length=80)
    restores = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(gettext_lazy("written"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    objects = PageVersionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("version of a page")
        verbose_name_plural = gettext_lazy("versions of pages")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="a_page_numbers_its_versions"),
            models.CheckConstraint(condition=Q(number__gt=0), name="versions_count_from_one"),
        ]

    def __str__(self):
        return f"{self.title} #{self.number}"

    @property
    def note(self) -> str:
        """Why it was saved, as far as the newsroom knows."""
        if self.restores is None:
            return ""
        return _("Restored from version %(number)d") % {"number": self.restores.number}
