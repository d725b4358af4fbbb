"""Where a picture is used: which story shows it, in which place, to whom."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from articles.images.models import Image
from articles.models.article import Article
from articles.models.author import Author
from articles.models.category import Category
from articles.models.front_page import FrontPageSlot
from articles.models.outlet import Outlet
from articles.models.page import Page


class PictureUse(models.Model):
    """One story shows one picture in one place; the desk writes it down with every revision.

    Only the live text and the working copy count: what an old revision showed is no reason to
    keep a picture for ever.
    """

    class Place(models.TextChoices):
        HEADER = "header", _("Header picture")
        BODY = "body", _("In the text")

    class Text(models.TextChoices):
        LIVE = "live", _("What readers see")
        WORKING = "working", _("Working copy")

    image = models.ForeignKey(
        Image, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="uses"
    )
    article = models.ForeignKey(
        Article, verbose_name=_("story"), on_delete=models.CASCADE, related_name="picture_uses"
    )
    place = models.CharField(_("place"), max_length=10, choices=Place)
    text = models.CharField(_("text"), max_length=10, choices=Text)

    class Meta:
        verbose_name = _("use of a picture")
        verbose_name_plural = _("uses of pictures")
        ordering = ["article", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "image", "place", "text"],
                name="a_use_of_a_picture_is_noted_once",
            ),
        ]

    def __str__(self):
        return f"{self.image} – {self.article}"


# Everything but a story that can own a picture, and the name of the column.
OWNERS = (
    (Author, "portrait"),
    (Category, "cover"),
    (Outlet, "logo"),
    (Page, "pictures"),
    (FrontPageSlot, "picture"),
)


def is_used() -> Exists:
    """The condition that something shows the picture; for `Image.objects.filter(is_used())`."""
    condition = Exists(PictureUse.objects.filter(image=OuterRef("pk")))
    for model, column in OWNERS:
        condition |= Exists(model.objects.filter(**{column: OuterRef("pk")}))
    return condition


def is_shown_live() -> Exists:
    """The condition that a story which readers can see shows the picture."""
    uses = PictureUse.objects.filter(image=OuterRef("pk"), text=PictureUse.Text.LIVE)
    return Exists(uses)
