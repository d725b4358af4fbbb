"""The Django application of pictures; articles, authors and categories all own some."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    name = "articles.images"
    label = "images"
    verbose_name = _("Pictures")
