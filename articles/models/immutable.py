"""Rows that are written once: the audit trail and the revisions."""

from django.db import models


class ImmutableRowError(TypeError):
    """Somebody tried to change what is never changed."""


class ImmutableQuerySet(models.QuerySet):
    """Refuses to change rows in bulk."""

    def update(self, **kwargs):
        raise ImmutableRowError(f"{self.model.__name__} rows are never changed.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise ImmutableRowError(f"{self.model.__name__} rows are never changed.")

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise ImmutableRowError(f"{self.model.__name__} rows are never changed.")
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self):
        raise ImmutableRowError(f"{self.model.__name__} rows are never deleted by themselves.")

    delete.queryset_only = True


class ImmutableModel(models.Model):
    """A row that can be inserted and read, and is never changed afterwards.

    Only with the story it belongs to does it go (a story that was never published).
    """

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ImmutableRowError(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise ImmutableRowError(f"{type(self).__name__} rows are never deleted by themselves.")
