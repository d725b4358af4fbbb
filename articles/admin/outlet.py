"""The outlet in the admin: one row, so its list is its form."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskAdmin
from articles.models import Outlet


@admin.register(Outlet)
class OutletAdmin(DeskAdmin):
    autocomplete_fields = ["logo"]
    fieldsets = [
        (None, {"fields": ["name", "tagline", "description", "logo"]}),
        (_("How to reach us"), {"fields": ["contact_email", "social_accounts"]}),
        (_("Publisher"), {"fields": ["legal_name", "founded_on", "icp_number"]}),
        (_("Traditional Chinese"), {"fields": ["traditional", "glossary"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        address = reverse("admin:articles_outlet_change", args=[Outlet.THE_ONE])
        return HttpResponseRedirect(address)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
