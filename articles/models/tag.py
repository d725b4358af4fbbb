"""Tags: what a story is about, beside its category."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.models.slugged import SluggedList


class Tag(SluggedList, TagBase):
    """A tag with a pinyin address; its name is unique whatever the case."""

    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="a_tag_has_one_spelling",
                violation_error_message=_("There is this tag already, spelt otherwise."),
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="a_tag_has_an_address"),
        ]

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])


class TaggedArticle(ItemBase):
    """A tag on an article."""

    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="taggings"
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")

    class Meta:
        verbose_name = _("tag on a story")
        verbose_name_plural = _("tags on stories")
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="a_story_has_a_tag_once"
            ),
        ]
