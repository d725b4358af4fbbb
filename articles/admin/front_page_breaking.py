"""The form of the line of breaking news: which change it was opened with, and what was typed."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from articles.admin.outlet_time_field import OutletTimeField
from articles.desk import breaking
from articles.desk.breaking import Line
from articles.models import Outlet

_PREFIX = "breaking"


class BreakingForm(forms.Form):
    """The line above the front page."""

    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("breaking news"),
        max_length=Outlet._meta.get_field("breaking_text").max_length,
        widget=UnfoldAdminTextInputWidget,
    )
    link = forms.CharField(
        label=gettext_lazy("where it leads"),
        required=False,
        max_length=Outlet._meta.get_field("breaking_link").max_length,
        help_text=gettext_lazy("A path of this site, or a whole address; may be empty."),
        widget=UnfoldAdminTextInputWidget,
    )
    until = OutletTimeField(label=gettext_lazy("shown until"))

    @property
    def line(self):
        """What the form says; only of one that is valid."""
        said = self.cleaned_data
        return Line(said["text"], said["link"], said["until"])

    @property
    def known(self):
        """The id of the change that whoever sent it had seen; None if there was none."""
        return self.cleaned_data.get("based_on")

    def wrong(self, refusal):
        """Say beside its field what cannot stand like that (a `BadBreakingNews`)."""
        self.add_error(refusal.field, str(refusal))

    def overtaken(self, sentence):
        """Say who was faster; sent again, the form knows what it replaces."""
        self.data = self.data.copy()
        self.data[self.add_prefix("based_on")] = latest()
        self.errors.clear()
        said = _("%(sentence)s Nothing was done, yours stays here; do it again to replace theirs.")
        self.add_error(None, said % {"sentence": sentence})

    def begin_at_the_first_error(self):
        """Open the page at the first field that is wrong, so that its error is read out."""
        for name in [name for name in self.fields if name in self.errors][:1]:
            self.fields[name].widget.attrs["autofocus"] = True


def stored_form(line, *, based_on):
    """The form with `line`, the one there is; `based_on` was read before it (see `latest`)."""
    facts = {"text": line.text, "link": line.link, "until": line.until, "based_on": based_on}
    return BreakingForm(prefix=_PREFIX, initial=facts)


def said_form(said):
    """The form somebody sent, looked at."""
    form = BreakingForm(said, prefix=_PREFIX)
    form.full_clean()
    return form


def latest():
    """The id of the latest change, as the form sends it back."""
    found = breaking.latest_change()
    return found.pk if found else ""
