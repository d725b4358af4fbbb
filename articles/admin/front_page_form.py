"""The form of the front page: a row for each story, on the page or beside it as a candidate."""

import re
from dataclasses import asdict, dataclass

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from articles.admin.base import row_id
from articles.admin.outlet_time_field import OutletTimeField
from articles.characters import storable
from articles.desk.front_page import Place
from articles.desk.outlet_time import near
from articles.images.models import Image
from articles.models import Article, Category, FrontPageSlot
from articles.models.front_page import PLACES, Zone, shows_picture
from articles.workflow import SETTLED, Stage, Visibility

_ROW = re.compile(r"slot-(\d{1,18})-place")
_SOONEST = F("scheduled_at").asc(nulls_last=True)
_MOST_ROWS = 500
_MOST_CANDIDATES = 30


@dataclass(frozen=True)
class Area:
    """A part of the page, with the keys and the labels of its places, in order."""

    title: str
    keys: list[str]
    labels: list[str]
    pictured: frozenset[str]  # the keys of those that show a picture


def areas(channels):
    """The parts of the page from top to bottom; a strip for each of `channels`."""
    lead = Zone.LEAD.label
    parts = [(Zone.LEAD, None, lead), (Zone.BESIDE, None, Zone.BESIDE.label)]
    parts += [(Zone.STRIP, channel.pk, channel.name) for channel in channels]
    return [_area(zone, channel, title) for zone, channel, title in parts]


def _area(zone, channel, title):
    numbers = range(PLACES[zone])
    labels = [f"{title} {n + 1}" if len(numbers) > 1 else str(title) for n in numbers]
    pictured = frozenset(key_of(zone, channel, n) for n in numbers if shows_picture(zone, n))
    return Area(title, [key_of(zone, channel, n) for n in numbers], labels, pictured)


def key_of(zone, channel, position):
    """How a form names a place: `beside--2`, `strip-5-0`."""
    return f"{zone}-{channel or ''}-{position}"


def channels_of(places):
    """The channels of the navigation, and those in whose strips something stands anyway."""
    used = {place.channel for place in places}
    found = Category.objects.without_tree_fields().top().order_by("position", "pk")
    return [channel for channel in found if channel.in_navigation or channel.pk in used]


class RowForm(forms.Form):
    """Where a story stands, and how. An empty place: it does not stand on the page."""

    place = forms.ChoiceField(
        label=gettext_lazy("Place"), required=False, widget=UnfoldAdminSelectWidget
    )
    order = forms.IntegerField(required=False, widget=forms.HiddenInput)
    headline = forms.CharField(
        label=gettext_lazy("headline here"),
        required=False,
        max_length=FrontPageSlot._meta.get_field("headline").max_length,
        widget=UnfoldAdminTextInputWidget,
    )
    picture = forms.ModelChoiceField(
        Image.objects,
        label=gettext_lazy("picture here"),
        required=False,
        widget=AutocompleteSelect(FrontPageSlot._meta.get_field("picture"), admin.site),
        error_messages={"invalid_choice": gettext_lazy("This picture is not there any more.")},
    )
    starts_at = OutletTimeField(label=gettext_lazy("from"), required=False)
    ends_at = OutletTimeField(label=gettext_lazy("until"), required=False)
    follows_schedule = forms.BooleanField(
        label=gettext_lazy("with the story's schedule"), required=False, widget=UnfoldBooleanWidget
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Not on the front page")), *choices]

    @property
    def is_open(self):
        """Whether all of it has to be seen: it was sent, and says more than the place."""
        names = ("headline", "picture", "starts_at", "ends_at", "follows_schedule")
        return self.is_bound and (bool(self.errors) or any(self[name].value() for name in names))

    @property
    def facts(self):
        """What is stored beside the place, in a few words."""
        said = {} if self.is_bound else self.initial
        words = {
            "headline": "“%(value)s”",
            "picture": _("another picture"),
            "starts_at": _("from %(value)s"),
            "ends_at": _("until %(value)s"),
            "follows_schedule": _("with the story's schedule"),
        }
        return [
            sentence % {"value": near(said[name]) if name.endswith("_at") else said[name]}
            for name, sentence in words.items()
            if said.get(name)
        ]

    @property
    def is_placed(self):
        return bool(self.cleaned_data["place"])

    def as_place(self, story):
        """The row as plain values; only of a row that is valid and stands on the page."""
        said = self.cleaned_data
        zone, channel, position = said["place"].split("-")
        return Place(
            zone=zone,
            story=story,
            position=int(position),
            channel=int(channel) if channel else None,
            headline=said["headline"],
            picture=said["picture"].pk if said["picture"] else None,
            starts_at=said["starts_at"],
            ends_at=said["ends_at"],
            follows_schedule=said["follows_schedule"],
        )

    def clean(self):
        said = super().clean()
        begins, ends = said.get("starts_at"), said.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", ValidationError(_("It ends before it begins.")))
        return said


@dataclass(frozen=True)
class Card:
    """A story as the page shows it: its row of the form, and what is to be known of it."""

    story: Article
    row: RowForm

    @property
    def title(self):
        return self.story.title or _("Untitled story")

    @property
    def place(self):
        """The key of the place it stands in; empty for a candidate, and for one that is none."""
        return self.row["place"].value() or ""

    @property
    def is_waiting(self):
        """Whether readers do not see the story itself yet, or no more."""
        return self.story.visibility is not Visibility.LIVE

    @property
    def state(self):
        story = self.story
        if story.stage == Stage.SCHEDULED:
            sentence = _("Changes %(time)s") if not self.is_waiting else _("Waits for %(time)s")
            return sentence % {"time": near(story.scheduled_at)}
        if not self.is_waiting:
            return near(story.published_at)
        if story.visibility is Visibility.WITHDRAWN:
            return _("Withdrawn")
        return _("Not published yet") + f" · {story.get_stage_display()}"


@dataclass(frozen=True)
class Box:
    """A place of the page with the cards that stand in it; the first that can is shown."""

    key: str
    label: str
    cards: list[Card]
    is_pictured: bool


def stored_rows(places, choices):
    """The rows of what is arranged, by story."""
    orders = {place.story: number for number, place in enumerate(places)}
    return {
        place.story: RowForm(
            prefix=prefix_of(place.story),
            choices=choices,
            initial=asdict(place)
            | {
                "place": key_of(place.zone, place.channel, place.position),
                "order": orders[place.story],
            },
        )
        for place in places
    }


def said_rows(said, choices):
    """The rows somebody sent, by story, in the order in which they stand."""
    ids = [int(found[1]) for name in said if (found := _ROW.fullmatch(name))][:_MOST_ROWS]
    rows = {pk: RowForm(said, prefix=prefix_of(pk), choices=choices) for pk in ids}
    return dict(sorted(rows.items(), key=lambda item: _order(said.get(f"slot-{item[0]}-order"))))


def places_of(rows):
    """What stands on the page by `rows`, as far as it is valid."""
    return [row.as_place(pk) for pk, row in rows.items() if row.is_valid() and row.is_placed]


def candidates(rows, words=""):
    """The stories to choose from, without those of `rows`: to come, and the newest ones."""
    stories = _listed(Article.objects.live_or_settled().exclude(pk__in=list(rows)))
    if words := storable(words).split():
        return list(stories.titled(words).order_by("-edited_at", "-pk")[:_MOST_CANDIDATES])
    coming = stories.filter(stage__in=SETTLED).order_by(_SOONEST, "-edited_at", "-pk")
    newest = stories.published().exclude(stage__in=SETTLED).newest_first()
    return [*coming[: _MOST_CANDIDATES // 2], *newest[:_MOST_CANDIDATES]]


def cards_of(rows):
    """A card for each of `rows` whose story is there."""
    stories = _listed(Article.objects).in_bulk(list(rows))
    return [Card(stories[pk], row) for pk, row in rows.items() if pk in stories]


def candidate_cards(stories, choices):
    return [Card(one, RowForm(prefix=prefix_of(one.pk), choices=choices)) for one in stories]


def prefix_of(story):
    return f"slot-{story}"


def _listed(stories):
    return stories.select_related("header_image").defer("body", "rendered_body")


def _order(said):
    return row_id(said or "") or 0
