"""A form field for a time by the outlet's clock, and the zone in words beside it."""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from unfold.widgets import INPUT_CLASSES

from articles.desk.outlet_time import (
    UnclearTime,
    moment_at,
    require_in_calendar,
    wall_time,
    zone_name,
)

_FORMAT = "%Y-%m-%dT%H:%M"  # what browsers write for `datetime-local`


class OutletTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__({"class": " ".join(INPUT_CLASSES), **(attrs or {})}, format=_FORMAT)


class OutletTimeField(forms.DateTimeField):
    """A moment (aware), written as the outlet's clock will show it."""

    widget = OutletTimeInput

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", lazy(_by_the_outlets_clock, str)())
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return wall_time(value) if isinstance(value, datetime) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            moment = _read(str(value).strip())
        except UnclearTime as sentence:
            raise ValidationError(str(sentence)) from sentence
        except ValueError:  # the 31st of February
            moment = None
        if moment is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


def _by_the_outlets_clock():
    return _("By the clock of the outlet, %(zone)s.") % {"zone": zone_name()}


def _read(written):
    """The moment; None for what is no time. One that names its own zone is believed."""
    found = parse_datetime(written)
    if found is None:
        return None
    moment = found if timezone.is_aware(found) else moment_at(found)
    require_in_calendar(moment)
    return moment.astimezone(UTC)
