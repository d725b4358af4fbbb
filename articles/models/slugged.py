"""Things with a readable address: the slug follows from the name when none is given."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.slugs import numbered, slugify


class SluggedModel(models.Model):
    """Gives a new row a free slug made from what `slug_source` returns."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("The last part of the address; made from the name if left empty."),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self.free_slug(self.slug_source())
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "slug"}
        super().save(*args, **kwargs)

    def clean(self):
        """A form's missing slug is made before the constraints look at it."""
        super().clean()
        if not self.slug:
            self.slug = self.free_slug(self.slug_source())

    def slug_source(self) -> str:
        """The text a missing slug is made of."""
        return self.name

    def free_slug(self, text: str) -> str:
        """The first of `name`, `name-2`, `name-3` … that no other row has."""
        wanted = slugify(text, fallback=self._meta.model_name)
        others = type(self)._default_manager.exclude(pk=self.pk)
        # A number shortens a long slug, so look at all that begin like the shortest of them.
        alike = others.filter(slug__startswith=wanted[: len(numbered(wanted, 99_999)) - 6])
        taken = set(alike.values_list("slug", flat=True))
        number = 1
        while numbered(wanted, number) in taken:
            number += 1
        return numbered(wanted, number)


class SluggedList(SluggedModel):
    """A row whose page lists stories.

    `left_at`: when a story that stays with readers left the list; what went from the site says so
    itself.
    """

    left_at = models.DateTimeField(_("last left by a story"), null=True, editable=False)

    class Meta:
        abstract = True
