"""Simple pages: what the outlet says of itself, how it is reached, how it corrects."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.images.models import Image
from articles.models.fields import RenderedHTMLField, SanitisedHTMLField
from articles.models.outlet import Outlet
from articles.models.slugged import SluggedModel


class PageQuerySet(models.QuerySet):
    """Questions; nothing here changes a row."""

    def public(self):
        """Pages readers see, in the order of the footer."""
        return self.filter(is_public=True).order_by("position", "pk")

    def formerly_at(self, slug: str) -> "Page | None":
        """The page that had the address `slug` last; every version remembers its own."""
        return self.filter(versions__slug=slug).order_by("-versions__pk").first()


class PageContent(models.Model):
    """What an editor can change of a page besides its address; each of its versions has it too."""

    class Purpose(models.TextChoices):
        ABOUT = "about", _("About us")
        CONTACT = "contact", _("Contact")
        CORRECTIONS = "corrections", _("Corrections policy")
        PRINCIPLES = "principles", _("Editorial principles")
        OTHER = "", _("Another page")

    title = models.CharField(_("title"), max_length=100)
    purpose = models.CharField(
        _("purpose"),
        max_length=20,
        choices=Purpose,
        blank=True,
        default=Purpose.OTHER,
        help_text=_("Search engines are told where the outlet explains itself."),
    )
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("For search engines.")
    )
    body = SanitisedHTMLField(_("body"), blank=True)
    is_public = models.BooleanField(
        _("public"),
        default=True,
        help_text=_(
            "Whether readers see it, and the footer names it. No page is ever deleted: one that "
            "is not wanted any more is not public."
        ),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    @property
    def content(self) -> dict[str, str | bool | int]:
        """Everything an editor can change, as plain values by the names of the fields."""
        return {name: getattr(self, name) for name in EDITABLE}


#: the fields of a page that an editor can change, in the order in which one looks at them
EDITABLE = ("title", "body", "description", "purpose", "is_public", "position", "slug")


class Page(PageContent, SluggedModel):
    """A page that is no story: no byline, no date of publication, no stages.

    `rendered_body` is made of `body` whenever the page is saved at the desk. `outlet` is there so
    that one query brings the outlet and the names of its pages.
    """

    outlet = models.ForeignKey(
        Outlet,
        on_delete=models.PROTECT,
        default=Outlet.THE_ONE,
        editable=False,
        related_name="simple_pages",
    )
    rendered_body = RenderedHTMLField(editable=False, blank=True)
    pictures = models.ManyToManyField(
        Image, verbose_name=_("pictures"), editable=False, related_name="pages"
    )
    edited_at = models.DateTimeField(_("last edited"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_page_has_a_title"),
            models.UniqueConstraint(
                F("purpose"),
                condition=~Q(purpose=""),
                name="a_purpose_has_one_page",
                violation_error_message=_("There is a page for this purpose already."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("page", args=[self.slug])

    def slug_source(self):
        return self.title
