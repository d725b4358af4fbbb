"""Categories: the tree of channels, sources and sections in which stories are filed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from tree_queries.models import OrderableTreeNode
from tree_queries.query import TreeQuerySet

from articles.images.models import Image
from articles.models.slugged import SluggedList


class CategoryQuerySet(TreeQuerySet):
    def top(self):
        """The channels: categories that lie in no other."""
        return self.filter(parent=None)

    def at_path(self, names: tuple[str, ...]) -> "Category | None":
        """The category whose names from the root down are `names`, if there is one."""
        found = None
        for name in names:
            found = self.filter(parent=found, name=name).first()
            if found is None:
                return None
        return found


class Category(SluggedList, OrderableTreeNode):
    """A place in the tree. A reader who opens a category sees its descendants' stories too."""

    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), blank=True)
    cover = models.ForeignKey(
        Image,
        verbose_name=_("cover"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cover_of",
    )
    in_navigation = models.BooleanField(
        _("in the navigation"),
        default=True,
        help_text=_("Whether readers see it in the bar at the top (channels only)."),
    )

    objects = CategoryQuerySet.as_manager()

    class Meta(OrderableTreeNode.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_category_has_a_name"),
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="siblings_have_different_names",
                violation_error_message=_("There is a category of this name here already."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(parent=None),
                name="channels_have_different_names",
                violation_error_message=_("There is a category of this name here already."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("category", args=[self.slug])
