"""Empties a test's database after it and brings back what it held before the next, both soon."""

from collections import defaultdict

from django.core import serializers
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.transaction import atomic

_truncating = DatabaseOperations.sql_flush


def bring_back(creation, contents):
    """Insert serialised rows, all of one model at once; Django's own way asks twice for each.

    Takes the place of `deserialize_db_from_string` of a database's `creation`. In a database that
    nobody has emptied yet the rows are there already.
    """
    alias = creation.connection.alias
    rows = rows_of(contents, alias)
    with atomic(using=alias), creation.connection.constraint_checks_disabled():
        for model, objects in rows.items():
            model._base_manager.using(alias).bulk_create(objects, ignore_conflicts=True)
        tables = {model._meta.db_table for model in rows}
        creation.connection.check_constraints(table_names=tables)


def rows_of(contents, alias):
    """Return new rows by model, those of many-to-many relations too."""
    rows = defaultdict(list)
    for made in serializers.deserialize("json", contents, using=alias):
        rows[type(made.object)].append(made.object)
        for name, keys in made.m2m_data.items():
            relation = made.object._meta.get_field(name)
            here, there = relation.m2m_column_name(), relation.m2m_reverse_name()
            links = relation.remote_field.through
            rows[links] += [links(**{here: made.object.pk, there: key}) for key in keys]
    return rows


def emptying(ops, style, tables, **wishes):
    """Return the SQL that deletes the rows of those tables of PostgreSQL that have any.

    Takes the place of its `sql_flush`, which truncates them all: new files for every table and
    index, and most are empty. Foreign keys are checked when the transaction ends.
    """
    if any(wishes.values()):  # sequences reset, say
        return _truncating(ops, style, tables, **wishes)
    named = [ops.quote_name(table) for table in tables]
    filled = " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT FROM {name})"  # noqa: S608 -- names of our own
        for number, name in enumerate(named)
    )
    with ops.connection.cursor() as cursor:
        cursor.execute(filled)
        return [f"DELETE FROM {named[number]}" for (number,) in cursor.fetchall()]  # noqa: S608


def hasten(patch):
    """Let every database be emptied and brought back this way as long as `patch` lasts."""
    patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", bring_back)
    patch.setattr(DatabaseOperations, "sql_flush", emptying)
