"""Make the three groups of staff with their rights, and the one outlet."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from articles.workflow import ROLE_PERMISSIONS


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    # Permissions are otherwise made after the last migration, too late for the groups.
    for label in ("articles", "images", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=alias)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, wanted in ROLE_PERMISSIONS.items():
        group, _ = Group.objects.using(alias).get_or_create(name=name)
        codes = {tuple(code.split(".")) for code in wanted}
        permissions = Permission.objects.using(alias).select_related("content_type")
        group.permissions.set(
            [p for p in permissions if (p.content_type.app_label, p.codename) in codes]
        )


def make_outlet(apps, schema_editor):
    Outlet = apps.get_model("articles", "Outlet")
    Outlet.objects.using(schema_editor.connection.alias).get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_initial"),
        ("images", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(make_outlet, migrations.RunPython.noop),
    ]
