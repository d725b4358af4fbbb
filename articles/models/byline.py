"""Bylines: who stands above a story, in which order and role."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.author import Author


class Byline(models.Model):
    """One name above a story, in its place and role."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        COMPILER = "compiler", _("Compiler")
        EDITOR = "editor", _("Editor")
        PHOTOGRAPHER = "photographer", _("Photographer")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="bylines"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"],
                name="nobody_has_a_role_twice_in_one_story",
                violation_error_message=_("This person has this role in this story already."),
            ),
        ]

    def __str__(self):
        return f"{self.author} ({self.get_role_display()})"
