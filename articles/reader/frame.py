"""What stands around every page: the outlet, its navigation, the page's own facts."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.utils.translation import get_language, to_locale

from articles.models import Outlet
from articles.reader import cards, pictures, scripts, structured_data
from articles.reader.addresses import absolute, accounts
from articles.reader.category_tree import CategoryTree

#: language of a page -> what social sites call it (https://ogp.me/#optional)
_LOCALES = {"zh-Hans": "zh_CN", "zh-Hant-TW": "zh_TW", "zh-Hant-HK": "zh_HK", "en": "en_US"}
_AN_ERROR = 400  # the first status of an answer that is no page


def language_tag():
    """The language of the page as BCP 47 writes it, for example `zh-Hans`."""
    if scripts.variant():
        return scripts.LANGUAGES[scripts.variant()]
    return to_locale(get_language() or settings.LANGUAGE_CODE).replace("_", "-")


def outlet_of(request):
    """The outlet, fetched once for a request."""
    if not hasattr(request, "outlet"):
        request.outlet = Outlet.objects.current()
    return request.outlet


def page(request, template, context=None, *, tree=None, status=200):
    """Render `template` inside the outlet's frame: two queries, one if the tree is given."""
    tree = tree or CategoryTree()
    outlet = outlet_of(request)
    frame = {
        "outlet": outlet,
        "social_accounts": accounts(outlet.social_accounts),
        "navigation": tree.navigation(),
        "language": language_tag(),
        "locale": _LOCALES.get(language_tag(), "zh_CN"),
        "canonical": absolute(request.path),
        "twin": scripts.twin_of(request.path, outlet) if status < _AN_ERROR else "",
        "web_app": settings.WEB_APP,
    }
    context = frame | (context or {})
    context.setdefault("structured_data", _page_facts(context))
    context["shared_picture"] = _to_share(context.get("shared_picture"), outlet)
    context.setdefault("alternates", _alternates(context, request.path))
    context["other_locale"] = _other_locale(outlet) if context["alternates"] else ""
    return TemplateResponse(request, template, context, status=status)


def _page_facts(context):
    """What a page says to machines that has nothing more special to say."""
    page = structured_data.web_page(
        address=context["canonical"],
        name=context.get("heading") or context["outlet"].name,
        description=context.get("description") or "",
        language=context["language"],
        purpose=getattr(context.get("page"), "purpose", ""),
    )
    return structured_data.block(page, *way_to(context))


def way_to(context):
    """The way to a page that has one, as its last description: `way` is names and paths."""
    if "way" not in context:
        return []
    return [structured_data.breadcrumb_list(context["outlet"], context["way"])]


def _to_share(picture, outlet):
    """What stands for a page where a link to it is shared: its own picture if it is large."""
    if picture and picture.is_large:
        return picture
    card = cards.card_of_outlet(outlet)
    return card or picture or pictures.file_of(outlet.logo, otherwise=outlet.name)


def _alternates(context, path):
    """The page in each script, unless search engines are not to find it at an address of ours."""
    is_hidden = context.get("is_empty") or context.get("newest") or not context["twin"]
    if is_hidden or context["canonical"] != absolute(path):
        return []
    return scripts.alternates(path, context["outlet"])


def _other_locale(outlet):
    """What social sites call the language of the page's twin."""
    return _LOCALES[
        scripts.SIMPLIFIED if scripts.variant() else scripts.LANGUAGES[outlet.traditional]
    ]
