"""The page that adds a picture by file or by address, for whoever has no script or no file."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.image_forms import FACTS
from articles.admin.image_upload import storage_away
from articles.desk import pictures
from articles.images import intake
from articles.images.inspection import PictureRefused
from articles.images.models import Image


class Adding:
    """For the admin of pictures: a new one is taken in by the desk, which may refuse it."""

    def add_view(self, request, form_url="", extra_context=None):
        """A form in order goes to the desk, before Django opens its transaction around the page.

        Whatever is wrong with it, Django's own page says, with the desk's sentence.
        """
        if request.method == "POST":
            if not self.has_add_permission(request):
                raise PermissionDenied
            form = self.get_form(request)(request.POST, request.FILES)
            if form.is_valid():
                try:
                    return self._added(request, form)
                except PictureRefused as sentence:
                    request.desk_refusal = str(sentence)
                except OSError as error:
                    request.desk_refusal = storage_away(error)
        return super().add_view(request, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            form.refusal = getattr(request, "desk_refusal", "")
        return form

    def _added(self, request, form):
        facts = {name: form.cleaned_data[name] for name in FACTS}
        picture, was_known = _taken_in(form, facts, by=request.user)
        if not was_known:
            self.log_addition(request, picture, [{"added": {}}])
            return self.response_add(request, picture)
        messages.info(request, _("This picture was in the library already; here it is."))
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, picture)
        return HttpResponseRedirect(reverse("admin:images_image_change", args=[picture.pk]))


def _taken_in(form, facts, *, by):
    """The picture, and whether the library had it before."""
    upload = form.cleaned_data["upload"]
    if not upload:
        address = facts.pop("source_url")
        known = Image.objects.filter(source_url=address).exists()
        return pictures.refer_to(address, by=by, **facts), known
    known = intake.known(form.content) is not None
    return pictures.take_in(form.content, by=by, name=upload.name, **facts), known
