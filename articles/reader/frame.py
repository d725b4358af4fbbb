"""What stands around every page: the outlet, its navigation, the page's own facts."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.utils.translation import get_language, to_locale

from articles.models import Outlet
from articles.reader import pictures
from articles.reader.addresses import absolute, accounts
from articles.reader.category_tree import CategoryTree


def language_tag():
    """The language of the page as BCP 47 writes it, for example `zh-Hans`."""
    return to_locale(get_language() or settings.LANGUAGE_CODE).replace("_", "-")


def page(request, template, context=None, *, tree=None, status=200):
    """Render `template` inside the outlet's frame: two queries, one if the tree is given."""
    tree = tree or CategoryTree()
    outlet = Outlet.objects.current()
    frame = {
        "outlet": outlet,
        "social_accounts": accounts(outlet.social_accounts),
        "navigation": tree.navigation(),
        "language": language_tag(),
        "canonical": absolute(request.path),
    }
    context = frame | (context or {})
    if not context.get("shared_picture"):
        context["shared_picture"] = pictures.file_of(outlet.logo, otherwise=outlet.name)
    return TemplateResponse(request, template, context, status=status)
