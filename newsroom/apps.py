"""The site's own Django application, and the admin site it installs."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register

from newsroom import checks


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self):
        register(checks.bucket_is_whole, Tags.files)
        register(checks.gate_is_known)
        register(checks.chat_groups_can_be_told)
        register(checks.search_engines_can_be_told)


class NewsroomAdminConfig(AdminConfig):
    default_site = "newsroom.admin_site.NewsroomAdminSite"
