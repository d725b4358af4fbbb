"""A database that was emptied is empty, and holds again what it held when it was made."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

TWICE = pytest.mark.parametrize("number", [1, 2], ids=["first", "again"])


def models_with_rows():
    everything = apps.get_models(include_auto_created=True)
    return {model.__name__ for model in everything if model._base_manager.exists()}


@TWICE
def test_a_test_finds_what_the_database_held_when_it_was_made(number):
    held = connection.creation.serialize_db_to_string()

    assert held == connection._test_serialized_contents
    assert "Group_permissions" in models_with_rows()


@TWICE
def test_nothing_stays_of_what_a_test_made(number):
    factories.live(title=f"第 {number} 篇", tags=("芯片",))
    assert {"Article", "Revision", "Tag"} <= models_with_rows()

    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)

    assert models_with_rows() == set()
