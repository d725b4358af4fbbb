"""The audit trail as a file for a spreadsheet: what the list shows, however long it is."""

import csv
from functools import partial

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from articles.admin.event_details import described
from articles.characters import storable
from articles.desk.outlet_time import wall_time, zone_name

_AT_ONCE = 1000  # events read from the database together
# A spreadsheet takes a cell that begins like this for a program (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Exporting:
    """For the admin of events: `export/` under the same parameters as the list."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="articles_event_export"), *super().get_urls()]

    def export_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            events = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:articles_event_changelist") + "?e=1")
        lines = _in_language(translation.get_language(), partial(_lines, events))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        name = f"{_('audit trail')}-{wall_time(timezone.now()):%Y-%m-%d}.csv"
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=name
        )
        return response


def _lines(events):
    """The lines of the file; a mark at its beginning tells Excel that it is UTF-8."""
    write = csv.writer(_Echo()).writerow
    yield "\ufeff" + write(
        [
            _("when (%(zone)s)") % {"zone": zone_name()},
            *(_("who"), _("what"), _("number of the story"), _("story"), _("revision")),
            _("details"),
        ]
    )
    for event in events.iterator(chunk_size=_AT_ONCE):
        yield write([_cell(value) for value in _row(event)])


def _row(event):
    return (
        f"{wall_time(event.happened_at):%Y-%m-%d %H:%M:%S}",
        event.actor or _("the newsroom"),
        event.get_verb_display(),
        event.article_id or "",
        event.title,
        event.revision.number if event.revision else "",
        described(event),
    )


def _cell(value):
    """A value that no spreadsheet computes."""
    text = storable(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _in_language(language, lines):
    """Lines that are made while the answer is sent, when nobody's language is active any more."""
    made = lines()
    while True:
        with translation.override(language):
            line = next(made, None)
        if line is None:
            return
        yield line


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text
