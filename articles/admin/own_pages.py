"""Pages of one's own, for everybody on staff: notifications, and the letters about them."""

from django import forms
from django.contrib import admin, messages
from django.core.mail import mailers
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminRadioSelectWidget

from articles.admin.base import row_id
from articles.desk import inbox
from articles.desk.sentences import sentence_of
from articles.models import Notification, User
from articles.workflow import TransitionRefused

_ROWS = 40
Kind = Notification.Kind

_ICONS = {
    Kind.SUBMITTED: "rate_review",
    Kind.CHANGES_REQUESTED: "edit_note",
    Kind.APPROVED: "check_circle",
    Kind.PUBLISHED: "public",
    Kind.WITHDRAWN: "block",
    Kind.ASSIGNED: "assignment_ind",
    Kind.NOTED: "comment",
    Kind.REPLIED: "forum",
    Kind.MENTIONED: "alternate_email",
    Kind.SCHEDULE_FAILED: "alarm_off",
    Kind.WITHDRAWAL_FAILED: "alarm_off",
    Kind.UNAPPROVED: "unpublished",
    Kind.UNSCHEDULED: "event_busy",
    Kind.CONFLICT: "call_split",
}


class LettersForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        required=False,
        max_length=User._meta.get_field("email").max_length,
        widget=UnfoldAdminEmailInputWidget(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("Without one no letters come."),
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Notifications by mail"),
        choices=User.MailRhythm.choices,
        widget=UnfoldAdminRadioSelectWidget,
    )


def notifications_view(request):
    """What was told to whoever looks, the newest first; a POST takes note of all of it."""
    if request.method == "POST":
        _read_all(request)
        return HttpResponseRedirect(request.get_full_path())
    own = Notification.objects.filter(recipient=request.user).select_related("actor", "note")
    only_unread = request.GET.get("show") != "all"
    shown = own.unread() if only_unread else own
    page = Paginator(shown, _ROWS).get_page(request.GET.get("page"))
    newest = own.order_by("-pk").values_list("pk", flat=True).first()
    context = {
        **admin.site.each_context(request),
        "title": _("Notifications"),
        "page": page,
        "rows": [(one, sentence_of(one), _ICONS[one.kind]) for one in page],
        "only_unread": only_unread,
        "newest": newest,
        "letters_address": reverse("desk_letters"),
    }
    return TemplateResponse(request, "admin/desk/notifications.html", context)


def _read_all(request):
    count = inbox.read_all(by=request.user, until=row_id(request.POST.get("until", "")) or 0)
    sentence = ngettext("%d notification is read.", "%d notifications are read.", count)
    messages.success(request, sentence % count)


def open_view(request, pk):
    """Take note of one notification, and go where it leads."""
    found = Notification.objects.filter(pk=pk, recipient=request.user).first()
    if found is None:
        messages.info(request, _("This notification is not there any more."))
        return HttpResponseRedirect(reverse("desk_notifications"))
    inbox.read(found, by=request.user)
    address = reverse("admin:articles_article_change", args=[found.article_id])
    return HttpResponseRedirect(f"{address}#note-{found.note_id}" if found.note_id else address)


def letters_view(request):
    """Where one's letters go, and how often they come."""
    person = request.user
    form = LettersForm(
        request.POST or None, initial={"email": person.email, "rhythm": person.mail_rhythm}
    )
    if request.method == "POST" and form.is_valid() and _are_set(request, form):
        return HttpResponseRedirect(request.get_full_path())
    context = {
        **admin.site.each_context(request),
        "title": _("Notifications by mail"),
        "form": form,
        "sends_mail": "default" in mailers,
    }
    return TemplateResponse(request, "admin/desk/letters.html", context)


def _are_set(request, form):
    try:
        inbox.want_letters(by=request.user, **form.cleaned_data)
    except TransitionRefused as sentence:
        form.add_error("email", str(sentence))
        return False
    messages.success(request, _("Saved."))
    return True


urlpatterns = [
    path("notifications/", admin.site.admin_view(notifications_view), name="desk_notifications"),
    path("notifications/<int:pk>/", admin.site.admin_view(open_view), name="desk_notification"),
    path("letters/", admin.site.admin_view(letters_view), name="desk_letters"),
]
