"""Where editors work: one module per model, nothing decided here, every write made by the desk."""

import django_tasks_db.admin  # noqa: F401 - so that it is registered, and can be taken away
import taggit.admin  # noqa: F401 - ditto
from django.contrib import admin
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag as TaggitTag

from articles.admin import (  # noqa: F401 - importing registers them
    article,
    author,
    category,
    event,
    image,
    imported_document,
    outlet,
    page,
    tag,
    user,
)

# Nothing for editors: the queue's rows, and the tags of a model we do not use.
admin.site.unregister([DBTaskResult, TaggitTag])
