"""The form of a story: it shows the working copy and hands back a snapshot."""

from dataclasses import asdict

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from js_asset import Script
from unfold.widgets import UnfoldAdminTextInputWidget

from articles.admin.article_fields import (
    BylinesField,
    CategoriesField,
    CategoryField,
    ShortTitleWidget,
    StandfirstWidget,
    TagsField,
    TitleWidget,
)
from articles.admin.base import row_id
from articles.admin.body_editor import BodyField
from articles.admin.story_pictures import HeaderPictureField
from articles.desk import writing
from articles.models import Article, Revision, Snapshot

_IDS = ("category", "header_image")
_SHEETS = ("writing", "panels", "previewing", "autosave", "checks")


class StoryForm(forms.ModelForm):
    """Validates like the model, and never touches the row: the desk writes.

    `stored` is what it was opened with: the revision `base`, or else the working copy.
    """

    based_on = forms.IntegerField(label=_("based on"), required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note on this edit"),
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("For colleagues; it stands in the history."),
    )
    body = BodyField(label=_("body"), required=False)
    category = CategoryField(label=_("category"), required=False)
    also_in = CategoriesField(label=_("also in"), required=False)
    bylines = BylinesField(label=_("byline"), required=False)
    header_image = HeaderPictureField(label=_("header picture"), required=False)
    tags = TagsField(
        label=_("tags"),
        required=False,
        help_text=_("Parted by commas; by spaces where there is no comma."),
    )

    refusal = ""  # a sentence of the desk's that arrived after the form was found valid

    class Media:
        css = {
            "all": [f"articles/desk/{name}.css" for name in _SHEETS],
        }
        js = [Script(f"articles/desk/{n}.js", type="module") for n in ("story_form", "autosave")]

    class Meta:
        model = Article
        exclude = ("authors",)  # noqa: DJ006 - the admin names the fields
        widgets = {
            "title": TitleWidget,
            "short_title": ShortTitleWidget,
            "standfirst": StandfirstWidget,
        }

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        if instance is not None and instance.pk:
            self.stored = writing.working_snapshot(instance)
            initial = {
                **asdict(self.stored),
                "based_on": instance.working_revision_id,
                **(initial or {}),
            }
        else:
            self.stored = Snapshot()
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.base = self._base()
        if self.base is not None:
            self.stored = writing.as_known_now(self.base.snapshot)

    def _base(self):
        """The revision a form that was sent began from; None if nobody knows."""
        number = row_id(str(self.data.get("based_on", ""))) if self.is_bound else None
        return (
            Revision.objects.filter(pk=number, article=self.instance.pk).first() if number else None
        )

    def clean_standfirst(self):
        """Line ends of another kind are no change."""
        said, stored = self.cleaned_data["standfirst"], self.stored.standfirst
        return stored if said == stored.replace("\r\n", "\n") else said

    def clean_body(self):
        return self.fields["body"].kept(self.cleaned_data["body"], stored=self.stored.body)

    def clean(self):
        if self.refusal:
            raise ValidationError(self.refusal)
        return super().clean()

    def snapshot(self):
        """What the form says, as the desk wants it."""
        said = {n: v for n, v in self.cleaned_data.items() if n in asdict(self.stored)}
        for name in _IDS:
            if name in said:
                said[name] = said[name].pk if said[name] else None
        if "also_in" in said:
            said["also_in"] = tuple(sorted(c.pk for c in said["also_in"]))
        return self.stored.changed(**said)

    def save(self, commit=True):  # noqa: FBT002 - Django's signature
        """Nothing is saved here; `ArticleAdmin.save_model` asks the desk."""
        self.save_m2m = lambda: None
        return self.instance
