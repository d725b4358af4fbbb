"""Staff and the three groups in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from articles.admin.base import DeskAdmin
from articles.models import User
from articles.workflow import ROLE_NAMES

admin.site.unregister(Group)


def role_name(group):
    """What a group is called in the newsroom."""
    return ROLE_NAMES.get(group.name, group.name)


class RoleFilter(admin.RelatedFieldListFilter):
    """Offers the roles by the names the newsroom gives them."""

    def field_choices(self, field, request, model_admin):
        return [(group.pk, role_name(group)) for group in Group.objects.order_by("pk")]


@admin.register(User)
class StaffAdmin(DeskAdmin, BaseUserAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["username", "name", "roles", "is_active", "last_login"]
    list_filter = [("groups", RoleFilter), "is_active"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["name", "email"]}),
        (_("Role"), {"fields": ["groups", "is_active", "is_staff", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "usable_password", "password1", "password2"]}),
        (_("Role"), {"fields": ["groups", "is_staff"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_changeform_initial_data(self, request):
        """Somebody new is to work here, so they may log in."""
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser makes superusers, or touches one."""
        fields = list(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else [*fields, "is_superuser"]

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget()
        formfield = db_field.formfield(**kwargs)
        formfield.label_from_instance = role_name
        formfield.help_text = ""
        return formfield

    @display(description=_("role"))
    def roles(self, user):
        return "、".join(str(role_name(group)) for group in user.groups.all()) or "—"


@admin.register(Group)
class RoleAdmin(DeskAdmin, BaseGroupAdmin):
    """The roles follow from `articles.workflow`; here they are only shown."""

    list_display = ["role", "members"]
    ordering = ["pk"]
    fields = ["role", "members", "rights"]
    readonly_fields = fields
    search_fields = []

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set", "permissions")

    def get_object(self, request, object_id, from_field=None):
        """The role under the name the newsroom gives it; nothing here ever saves it."""
        group = super().get_object(request, object_id, from_field)
        if group is not None:
            group.name = str(role_name(group))
        return group

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description=_("role"))
    def role(self, group):
        return role_name(group)

    @display(description=_("staff"))
    def members(self, group):
        return "、".join(str(user) for user in group.user_set.all()) or "—"

    @display(description=_("rights"))
    def rights(self, group):
        return "、".join(sorted(str(_(p.name)) for p in group.permissions.all()))
