"""Describing: one true sentence on a page, for search results and shared links.

Pure. Facts that are on the page already go in; what nobody described is described by what it shows.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article

LENGTH = 150  # characters: what search engines show of a description, about
_MOST = 3  # headlines


def listed(name: str, stories: Sequence[Article], *, count: int = 0, is_older: bool = False) -> str:
    """What stands in a page of the list `name`: its first headlines; empty if there are none.

    `count`: how many stories are in the whole list, if somebody counted them.
    """
    if not stories:
        return ""
    if is_older:
        name = _("%(list)s, older stories") % {"list": name}
    elif count:
        name = counted(name, count)
    return _("%(list)s: %(headlines)s") % {"list": name, "headlines": _headlines(name, stories)}


def counted(name: str, count: int) -> str:
    """How many stories the list `name` has."""
    said = ngettext("%(list)s, %(count)d story", "%(list)s, %(count)d stories", count)
    return said % {"list": name, "count": count}


def _headlines(name: str, stories: Sequence[Article]) -> str:
    """As many of the first headlines as there is room for beside `name`, at least one."""
    found, room = [], LENGTH - len(name)
    for story in stories[:_MOST]:
        room -= len(story.title)
        if found and room < 0:
            break
        found.append(story.title)
    return _("; ").join(found)
