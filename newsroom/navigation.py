"""The admin's sidebar, in the order in which an editor works."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.desk import front_page
from articles.workflow import Stage


def sidebar(request):
    """The groups of links, each shown to those who may follow it."""
    return [
        {"title": _("Stories"), "items": _of_stories(request)},
        {"title": _("Filing"), "separator": True, "items": _of_filing(request)},
        {"title": _("Newsroom"), "separator": True, "items": _of_the_newsroom(request)},
    ]


def _of_stories(request):
    seen = "articles.view_article"
    return [
        _item(request, _("Overview"), "dashboard", "admin:index"),
        _stories(request),
        _in_review(request),
        _item(request, _("Calendar"), "calendar_month", "desk_calendar", seen),
        _item(request, _("Front page"), "newspaper", "desk_front_page", front_page.PERMISSION),
        _item(request, _("Notifications"), "notifications", "desk_notifications"),
        _model(request, _("Pictures"), "image", "images.image"),
    ]


def _of_filing(request):
    return [
        _model(request, _("Categories"), "account_tree", "articles.category"),
        _model(request, _("Authors"), "badge", "articles.author"),
        _model(request, _("Tags"), "sell", "articles.tag"),
    ]


def _of_the_newsroom(request):
    return [
        _model(request, _("Simple pages"), "description", "articles.page"),
        _model(request, _("Imported documents"), "move_to_inbox", "articles.importeddocument"),
        _model(request, _("Audit trail"), "history", "articles.event"),
        _model(request, _("Staff"), "group", "articles.user"),
        _model(request, _("Roles"), "shield_person", "auth.group"),
        _model(request, _("Outlet"), "settings", "articles.outlet"),
    ]


def _item(request, title, icon, address, permission=None):
    allowed = permission is None or request.user.has_perm(permission)
    return {
        "title": title,
        "icon": icon,
        "link": reverse(address),
        "permission": lambda request: allowed,
    }


def _model(request, title, icon, label):
    app, model = label.split(".")
    return _item(request, title, icon, f"admin:{app}_{model}_changelist", f"{app}.view_{model}")


def _stories(request):
    item = _model(request, _("All stories"), "article", "articles.article")
    waiting = _asks_for_review(request)
    return {**item, "active": lambda request: request.path.startswith(item["link"]) and not waiting}


def _in_review(request):
    item = _model(request, _("In review"), "rate_review", "articles.article")
    waiting = _asks_for_review(request)
    return {
        **item,
        "link": f"{item['link']}?stage__exact={Stage.IN_REVIEW}",
        "active": lambda request: waiting,
    }


def _asks_for_review(request):
    return request.GET.get("stage__exact") == Stage.IN_REVIEW
