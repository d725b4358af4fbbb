"""Words and rights for pictures: of one by script, of many at once by a page that asks."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from articles.admin.day_input import DayInput
from articles.admin.image_choosing import facts_of
from articles.admin.image_upload import refused
from articles.desk import pictures
from articles.images.models import Image
from articles.models.picture_use import is_used
from articles.workflow import NotAllowed

_WORDS = ("alt", "is_decorative", "caption", "credit")


class WordsForm(forms.ModelForm):
    """What a script may say of a picture; what it does not send stays."""

    class Meta:
        model = Image
        fields = _WORDS


class RightsForm(forms.Form):
    """Credit and licence for several pictures; an empty line leaves them as they are."""

    credit = forms.CharField(
        label=gettext_lazy("Credit"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("Licence"),
        choices=[("", gettext_lazy("Leave as it is")), *Image.Licence.choices],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    licence_expires_on = forms.DateField(
        label=gettext_lazy("Licence ends on"),
        required=False,
        widget=DayInput,
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.facts:
            raise ValidationError(_("Fill in at least one line."))
        return cleaned

    @property
    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if value}


class Describing:
    """For the admin of pictures: what is said of them, and throwing away what nothing shows."""

    actions = ["describe_several", "delete_unused"]

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.describe_view))
        return [path("<int:pk>/words/", view, name="images_image_words"), *super().get_urls()]

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        """Django's own way of deleting several would not ask the desk."""
        actions = super().get_actions(request, action_location)
        actions.pop("delete_selected", None)
        return actions

    def get_action_choices(
        self, request, default_choices=None, action_location=ActionLocation.CHANGE_LIST
    ):
        """As Django has it; the skin's own does not know the place of an action yet."""
        nothing = [("", "—")]
        return admin.ModelAdmin.get_action_choices(self, request, nothing, action_location)

    def has_describe_permission(self, request):
        return request.user.has_perm("images.add_image")

    def describe_view(self, request, pk):
        """Change the words that are sent; the answer is the picture as it is now."""
        image = get_object_or_404(self.get_queryset(request), pk=pk)
        stored = {name: getattr(image, name) for name in _WORDS}
        said = {name: request.POST[name] for name in _WORDS if name in request.POST}
        form = WordsForm(stored | said)
        if not form.is_valid():
            return refused(" ".join(next(iter(form.errors.values()))))
        try:
            image = pictures.describe(image, by=request.user, **form.cleaned_data)
        except NotAllowed as sentence:
            return JsonResponse({"error": str(sentence)}, status=403)
        return JsonResponse(facts_of(image))

    @admin.action(description=gettext_lazy("Credit and licence …"), permissions=["describe"])
    def describe_several(self, request, queryset):
        """Ask once, and say it of every picture that may be changed."""
        form = RightsForm(request.POST if "confirmed" in request.POST else None)
        mine = [image for image in queryset if pictures.may_change(request.user, image)]
        if form.is_valid():
            for image in mine:
                pictures.describe(image, by=request.user, **form.facts)
            sentence = ngettext("%d picture was changed.", "%d pictures were changed.", len(mine))
            messages.success(request, sentence % len(mine))
            return None
        return self._ask(request, "describe_several", form=form, going=mine, queryset=queryset)

    @admin.action(description=gettext_lazy("Delete unused"), permissions=["delete"])
    def delete_unused(self, request, queryset):
        """Throw away those that nothing shows; the others stay, and are named."""
        going = list(queryset.filter(~is_used()))
        if not going:
            messages.warning(request, _("All of these pictures are in use; none was deleted."))
            return None
        if "confirmed" not in request.POST:
            return self._ask(request, "delete_unused", going=going, queryset=queryset)
        deleted = sum(_is_deleted(request, image) for image in going)
        sentence = ngettext("%d picture was deleted.", "%d pictures were deleted.", deleted)
        messages.success(request, sentence % deleted)
        return None

    def _ask(self, request, action, *, going, queryset, form=None):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + form.media if form else self.media,
            "title": self.get_actions(request)[action].description,
            "action": action,
            "form": form,
            "going": going,
            "staying": [image for image in queryset if image not in going],
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/images/image/several.html", context)


def _is_deleted(request, image):
    try:
        pictures.delete(image, by=request.user)
    except (pictures.PictureInUse, NotAllowed) as sentence:
        messages.error(request, f"{image}: {sentence}")
        return False
    return True
