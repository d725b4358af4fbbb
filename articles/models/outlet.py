"""The outlet itself: one row with what pages, feeds and structured data say about it."""

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.body.traditional import glossary
from articles.images.models import Image
from articles.models.accounts import validate_accounts

_UNCLEAR = _(
    "Line %(number)s says nothing clear: “%(line)s”. Write a term alone, or a term, the sign = "
    "and what it becomes, each of at most 60 characters."
)


class NamedPage(NamedTuple):
    """One of the simple pages readers see, as every page's footer names it."""

    title: str
    slug: str
    purpose: str
    edited_at: datetime

    @property
    def address(self) -> str:
        """Where it stands in the script of the page that is being made."""
        return reverse("page", args=[self.slug])


class OutletQuerySet(models.QuerySet):
    def current(self) -> "Outlet":
        """The one outlet, with its logo and `pages`; made by the first migration.

        One query for all: a row for each public page, or one without.
        """
        public = FilteredRelation("simple_pages", condition=Q(simple_pages__is_public=True))
        rows = self.select_related("logo").annotate(
            public=public,
            page_title=F("public__title"),
            page_slug=F("public__slug"),
            page_purpose=F("public__purpose"),
            page_edited_at=F("public__edited_at"),
        )
        found = list(rows.order_by("public__position", "public__pk"))
        if not found:
            raise self.model.DoesNotExist("The outlet is missing.")
        outlet = found[0]
        outlet.pages = [
            NamedPage(
                title=row.page_title,
                slug=row.page_slug,
                purpose=row.page_purpose,
                edited_at=row.page_edited_at,
            )
            for row in found
            if row.page_slug
        ]
        return outlet


class Outlet(models.Model):
    """Facts about the publication."""

    class Traditional(models.TextChoices):
        OFF = "", _("None")
        TAIWAN = "s2twp", _("Taiwan, with its words")
        HONG_KONG = "s2hk", _("Hong Kong")

    THE_ONE = 1

    name = models.CharField(_("name"), max_length=80, default="Newsroom")
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("For search engines and feed readers.")
    )
    logo = models.ForeignKey(
        Image,
        verbose_name=_("logo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    contact_email = models.EmailField(_("contact address"), blank=True)
    icp_number = models.CharField(
        _("ICP number"), max_length=60, blank=True, help_text=_("Shown at the foot of each page.")
    )
    social_accounts = models.JSONField(
        _("social accounts"),
        default=dict,
        blank=True,
        validators=[validate_accounts],
        help_text=_('Name and address of each, for example {"微博": "https://…"}.'),
    )
    legal_name = models.CharField(_("publisher's legal name"), max_length=160, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    breaking_text = models.CharField(
        _("breaking news"),
        max_length=120,
        blank=True,
        help_text=_("One line above the front page."),
    )
    breaking_link = models.CharField(
        _("where it leads"),
        max_length=500,
        blank=True,
        help_text=_("A path of this site, or a whole address; may be empty."),
    )
    breaking_until = models.DateTimeField(
        _("shown until"), null=True, blank=True, help_text=_("Without it, it is not shown.")
    )
    traditional = models.CharField(
        _("Traditional Chinese"),
        max_length=10,
        choices=Traditional,
        default=Traditional.TAIWAN,
        blank=True,
        help_text=_("Which usage the pages in Traditional Chinese follow."),
    )
    glossary = models.TextField(
        _("glossary"),
        blank=True,
        help_text=_(
            "Names and terms for Traditional Chinese, one a line: alone it stays as it is; "
            "as in 软件=軟體 it becomes what stands behind the sign."
        ),
    )

    objects = OutletQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlet")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="there_is_one_outlet"),
            models.CheckConstraint(condition=~Q(name=""), name="the_outlet_has_a_name"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.social_accounts is None:  # what a form makes of `null` or an empty field
            self.social_accounts = {}
        try:
            glossary.read(self.glossary)
        except glossary.MalformedGlossary as error:
            facts = {"number": error.number, "line": error.line[: glossary.LONGEST]}
            raise ValidationError({"glossary": ValidationError(_UNCLEAR, params=facts)}) from error
