"""Previews for people without an account: an address with a secret, for a while, for nobody else.

They are the only reader pages that take a POST. No cookie stands behind it: whoever knows the
address may do what it allows, and nobody's browser can be made to send what it does not know. So
there is nothing a CSRF token would protect; what a comment has to show instead is a signed value
from a page that was opened, which matters where a link opens once.
"""

from functools import wraps

from django import forms
from django.core import signing
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from articles.desk import previewing, sharing
from articles.desk.sharing import CommentRefused, Lifetime, Standing
from articles.models import Note
from articles.reader import frame
from articles.reader.story_page import story_page
from articles.workflow import Visibility

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
_GONE = 410
_SALT = "articles.reader.previews.comment"
_LONGEST = max(Lifetime) * 3600  # seconds


class CommentForm(forms.Form):
    """A guest's comment. `homepage` is out of people's sight: what fills it in is a program."""

    name = forms.CharField(
        label=_("Your name"), max_length=Note._meta.get_field("guest_name").max_length
    )
    text = forms.CharField(
        label=_("Your comment"),
        max_length=Note._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    homepage = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput)


def _for_guests(view):
    """Find the link behind the address, and tell no cache, robot or other site of the answer."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def wrapped(request, token):
        link = sharing.find(token)
        if link is None:
            raise Http404("There is no such preview.")
        response = view(request, link, token)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@_for_guests
def preview(request, link, token):
    """The working copy; a link that opens once asks first, for programs look at links too."""
    if (standing := sharing.standing(link)) is not Standing.OPEN:
        return _closed(request, link, standing)
    if request.method == "HEAD":
        return HttpResponse()
    if link.single_use and request.method == "GET":
        return frame.page(request, "articles/preview_sealed.html", {"link": link})
    if not sharing.open_once(link):
        link.refresh_from_db()
        return _closed(request, link, sharing.standing(link))
    return _opened(request, link, token)


@require_POST
@_for_guests
def comment(request, link, token):
    """Take down a comment; what is refused stays in the form."""
    form = CommentForm(request.POST)
    if not _was_opened(link, request.POST.get("opened", "")):
        form.add_error(None, _("Open the preview again, and write there."))
    if form.is_valid() and (form.cleaned_data["homepage"] or _is_taken(link, form)):
        return _answer(request, "articles/preview_thanks.html", link, token)
    status = 400 if form.errors else 200
    return _answer(request, "articles/preview_comment.html", link, token, form, status=status)


def _is_taken(link, form):
    try:
        sharing.comment(link, name=form.cleaned_data["name"], text=form.cleaned_data["text"])
    except CommentRefused as sentence:
        form.add_error(None, str(sentence))
        return False
    return True


def _opened(request, link, token):
    article = link.article
    context = {
        "is_live": article.visibility is Visibility.LIVE,
        "link": link,
        "token": token,
        "comment_form": _comment_form(link) if link.may_comment else None,
    }
    story = previewing.as_readers_would_see(
        sharing.shown(link), of=article, tells_plans=sharing.shows_working_copy(link)
    )
    return story_page(request, story, "articles/preview.html", context)


def _answer(request, template, link, token, form=None, *, status=200):
    context = {"link": link, "token": token, "form": form}
    return frame.page(request, template, context, status=status)


def _closed(request, link, standing):
    """A sentence; where readers have the story by now, the way to it."""
    is_published = standing is Standing.PUBLISHED
    context = {"sentence": standing.label, "story": link.article if is_published else None}
    status = 200 if is_published else _GONE
    return frame.page(request, "articles/preview_closed.html", context, status=status)


def _comment_form(link):
    return CommentForm(initial={"opened": signing.dumps(link.pk, salt=_SALT)})


def _was_opened(link, signed):
    """Whether `signed` is from a page that showed the story of `link`."""
    try:
        return signing.loads(signed, salt=_SALT, max_age=_LONGEST) == link.pk
    except signing.BadSignature:
        return False
