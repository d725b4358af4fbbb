"""Every address below `/admin/`, filled with rows of the stage; a new one is entered here."""

import re
from itertools import product
from uuid import UUID

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver

from articles.admin.article_verbs import CHOICES
from articles.desk import autosaving
from articles.images.models import Image
from articles.models import Article, Notification

#: the number of a story that the colleague types in and has never saved
NUMBER = UUID("00000000-0000-4000-8000-000000000001")

#: the names of all addresses that a model has of itself
OF_A_MODEL = {"changelist", "add", "history", "delete", "change"}

#: all others, each looked at by whoever built it: what somebody may do there, and to what
LISTED = {
    # everybody's own
    *("admin:index", "admin:login", "admin:logout", "admin:jsi18n", "admin:search"),
    *("admin:password_change", "admin:password_change_done", "admin:autocomplete"),
    *("admin:view_on_site", "admin:app_list", "admin:"),
    *("desk_notifications", "desk_notification", "desk_letters"),
    *(f"desk_front_page{page}" for page in ("", "_preview", "_fills", "_stories")),
    *("desk_front_page_undo", "desk_front_page_breaking", "desk_front_page_breaking_undo"),
    *(f"desk_calendar{page}" for page in ("", "_month", "_week", "_move", "_link")),
    # a story's
    *("desk_preview", "desk_preview_new"),
    *(
        f"admin:articles_article_{page}"
        for page in (
            *("verb", "previews", "revoke", "conflict", "presence"),
            *("compare_any", "compare", "revision", "restore", "name"),
            *("autosave", "autosave_new", "autosave_discard", "autosave_discard_new"),
            *("autosave_compare", "autosave_compare_new"),
            *("notes", "notes_panel", "checks", "checks_new", "tidy"),
        )
    ),
    # other things
    "admin:articles_event_export",
    "admin:articles_category_move",
    "admin:articles_importeddocument_again",
    *(f"admin:articles_page_{page}" for page in ("version", "compare", "restore")),
    "admin:auth_user_password_change",
    *(
        f"admin:images_image_{page}"
        for page in ("choose", "focus", "outside", "replace", "upload", "words")
    ),
}

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def admin_patterns(resolver=None, prefix="", namespace=""):
    """(name, route) of every address below `/admin/`."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from admin_patterns(entry, route, inner)
        elif route.startswith("admin/"):
            yield f"{namespace}{entry.name or ''}", route


def unlisted():
    """The names of addresses nobody has entered."""
    of_models = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in OF_A_MODEL
    }
    return {name for name, _route in admin_patterns()} - of_models - LISTED


def filled(stories, *, colleague):
    """(address, story) of every address: for each of `stories`, and for a row of all else."""
    for _name, route in admin_patterns():
        plain = _plain(route)
        for story in stories if _is_of_a_story(plain) else stories[-1:]:
            for address in _fill(plain, story, colleague):
                yield f"/{address}", story


def _is_of_a_story(route):
    return "/article/" in route or "/calendar/move/" in route


def _plain(route):
    """The two routes that are regular expressions, written as the others are."""
    app = r"^(?P<app_label>articles|images|auth)/$"
    return route.replace(app, "<app_label>/").replace(r"(?P<url>.*)$", "<url>")


def _fill(route, story, colleague):
    names = _PARAMETER.findall(route)
    known = _values(story, colleague) | _row_of(route, story)
    for values in product(*(known[name] for name in names)):
        address = route
        for name, value in zip(names, values, strict=True):
            address = re.sub(rf"<(?:\w+:)?{name}>", str(value), address, count=1)
        yield address


def _values(story, colleague):
    """What each part of an address can be; a new one has to be entered here."""
    return {
        "number": [1, _first(story.conflicts)],
        "year": [2026],
        "kind": ["scheduled", "withdrawal", "due", "x"],
        "old": [1],
        "new": [2],
        "new_story": [NUMBER],
        "name": [*CHOICES, "delete", "x"],
        "link": [_first(story.preview_links)],
        "direction": ["up", "down"],
        "content_type_id": [ContentType.objects.get_for_model(Article).pk],
        "app_label": ["articles"],
        "url": ["x"],
        "id": [colleague.pk],
    }


def _row_of(route, story):
    """The ids of the row an address is about, whatever it calls them."""
    if "/article/" in route or route.startswith(("admin/r/", "admin/calendar/move/")):
        pk = story.pk
    elif "notifications/" in route:
        pk = _first(Notification.objects)
    elif "/article/preview/" in route or "/front-page/" in route:
        pk = 0
    else:
        pk = _first(_model_of(route)._default_manager)
    rows = {"pk": [pk], "object_id": [pk]}
    return rows | ({"number": [NUMBER]} if "<uuid:number>" in route else {})


def _model_of(route):
    parts = route.split("/")
    for model in admin.site._registry:
        if parts[1:3] == [model._meta.app_label, model._meta.model_name]:
            return model
    return Image


def _first(rows):
    return rows.order_by("pk").values_list("pk", flat=True).first() or 0


def type_a_new_story(colleague):
    """What the colleague types and has never saved."""
    content = {"title": ["同事的新稿"]}
    autosaving.keep(colleague, content=content, new_story=NUMBER, tab="theirs", count=1)
