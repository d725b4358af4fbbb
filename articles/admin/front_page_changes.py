"""The changes of the front page in words: who, when, what came and what went."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.desk import breaking
from articles.desk import front_page as desk
from articles.desk.breaking import Line
from articles.desk.outlet_time import near
from articles.models import Article, BreakingChange, FrontPageChange

_SHOWN = 15
_MOST_TITLES = 3
_WITH = ("actor", "undone_by", "undoes")


@dataclass(frozen=True)
class Told:
    """A change, the sentences about it, and where it can be undone (empty: it cannot).

    `based_on`: the latest change of its kind.
    """

    change: FrontPageChange | BreakingChange
    sentences: list[str]
    undo: str
    based_on: int


def recent():
    """The latest changes, of the arrangement and of the breaking news, the newest first."""
    told = [*_of_the_arrangement(), *_of_the_breaking_news()]
    return sorted(told, key=lambda one: one.change.happened_at, reverse=True)[:_SHOWN]


def _of_the_arrangement():
    found = list(FrontPageChange.objects.select_related(*_WITH)[:_SHOWN])
    stories = {one["story"] for change in found for one in [*change.before, *change.after]}
    titles = dict(Article.objects.filter(pk__in=stories).values_list("pk", "title"))
    standing = desk.standing_among(one for one in found if not hasattr(one, "undone_by"))
    for change in found:
        can_undo = change.pk in standing
        sentences = _sentences(change, titles) or [_("Only the order.")]
        yield _told("desk_front_page_undo", change, sentences, found, can_undo=can_undo)


def _of_the_breaking_news():
    found = list(BreakingChange.objects.select_related(*_WITH)[:_SHOWN])
    for change in found:
        sentence = _about_lines(Line.from_json(change.before), Line.from_json(change.after))
        can_undo = change == found[0] and breaking.can_undo(change)
        yield _told("desk_front_page_breaking_undo", change, [sentence], found, can_undo=can_undo)


def _told(name, change, sentences, found, *, can_undo):
    undo = reverse(name, args=[change.pk]) if can_undo else ""
    return Told(change, sentences, undo, found[0].pk)


def _about_lines(before, after):
    facts = {"before": _line(before), "after": _line(after)}
    if not before.text:
        return _("Breaking news up: %(after)s") % facts
    if not after.text:
        return _("Breaking news down: %(before)s") % facts
    return _("Breaking news: %(before)s became %(after)s") % facts


def _line(line):
    words = [f"“{line.text}”"]
    if line.link:
        words.append(f"→ {line.link}")
    if line.until:
        words.append(_("until %(value)s") % {"value": near(line.until)})
    return " ".join(words)


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
