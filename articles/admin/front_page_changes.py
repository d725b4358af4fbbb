"""The changes of the front page in words: who, when, what came and what went."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.desk import front_page as desk
from articles.models import Article, FrontPageChange

_SHOWN = 15
_MOST_TITLES = 3


@dataclass(frozen=True)
class Told:
    """A change, the sentences about it, and whether it can be undone."""

    change: FrontPageChange
    sentences: list[str]
    can_undo: bool


def recent():
    """The latest changes, the newest first."""
    found = list(FrontPageChange.objects.select_related("actor", "undone_by", "undoes")[:_SHOWN])
    stories = {one["story"] for change in found for one in [*change.before, *change.after]}
    titles = dict(Article.objects.filter(pk__in=stories).values_list("pk", "title"))
    standing = desk.standing_among(one for one in found if not hasattr(one, "undone_by"))
    return [Told(one, _sentences(one, titles), one.pk in standing) for one in found]


def _sentences(change, titles):
    before = {one["story"]: one for one in change.before}
    after = {one["story"]: one for one in change.after}
    kinds = {
        _("In: %(titles)s"): [pk for pk in after if pk not in before],
        _("Out: %(titles)s"): [pk for pk in before if pk not in after],
        _("Changed: %(titles)s"): [pk for pk in after if pk in before and after[pk] != before[pk]],
    }
    return [sentence % {"titles": _named(ids, titles)} for sentence, ids in kinds.items() if ids]


def _named(ids, titles):
    names = [_("“%(title)s”") % {"title": titles.get(pk) or _("Untitled story")} for pk in ids]
    more = len(names) - _MOST_TITLES
    if more <= 0:
        return "".join(names)
    return "".join(names[:_MOST_TITLES]) + " " + _("and %(n)s more") % {"n": more}
