"""Authors: persons and organisations whose names stand in bylines, with or without a login."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.images.models import Image
from articles.models.accounts import validate_accounts
from articles.models.slugged import SluggedList


class Author(SluggedList):
    """Whoever a story is by: a person, or an organisation such as a partner outlet."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PERSON)
    in_house = models.BooleanField(
        _("one of ours"),
        default=True,
        help_text=_("Texts by our own people are originals; documents by others are reprints."),
    )
    position = models.CharField(
        _("position"), max_length=100, blank=True, help_text=_("For example: science editor.")
    )
    bio = models.TextField(_("about"), blank=True, help_text=_("A few sentences, without markup."))
    website = models.URLField(_("website"), blank=True)
    links = models.JSONField(
        _("elsewhere"),
        default=dict,
        blank=True,
        validators=[validate_accounts],
        help_text=_('Name and address of each, for example {"微博": "https://…"}.'),
    )
    portrait = models.ForeignKey(
        Image,
        verbose_name=_("portrait"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="portrait_of",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("login"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="an_author_has_a_name"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.links is None:  # what a form makes of `null` or an empty field
            self.links = {}

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])
