"""Form fields for what a story is made of: its place in the tree, its names and its tags."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags
from tree_queries.forms import TreeNodeIndentedLabels
from unfold.widgets import (
    INPUT_CLASSES,
    SELECT_CLASSES,
    UnfoldAdminSelect2MultipleWidget,
    UnfoldAdminSelect2Widget,
    UnfoldAdminTextInputWidget,
)

from articles.characters import storable
from articles.models import Author, Byline, Category, Tag

_SEPARATORS = str.maketrans(dict.fromkeys("，、；;", ","))
SUGGESTIONS = 500
BLANK_BYLINES = 1


class _Indented(TreeNodeIndentedLabels):
    def label_from_instance(self, obj):
        return "　" * getattr(obj, "tree_depth", 0) + obj.name


class CategoryField(_Indented, forms.ModelChoiceField):
    """One category, chosen from the tree."""

    def __init__(self, **kwargs):
        widget = UnfoldAdminSelect2Widget({"data-placeholder": "", "data-allow-clear": "true"})
        super().__init__(Category.objects.all(), widget=widget, **kwargs)


class CategoriesField(_Indented, forms.ModelMultipleChoiceField):
    """Several categories, chosen from the tree."""

    def __init__(self, **kwargs):
        widget = UnfoldAdminSelect2MultipleWidget()
        super().__init__(Category.objects.all(), widget=widget, **kwargs)


class TitleWidget(forms.Textarea):
    """One line that may be long: it wraps instead of running out of sight."""

    def __init__(self, attrs=None):
        facts = {"rows": 1, "class": "desk-headline", "placeholder": _("Title")}
        super().__init__(facts | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        said = super().value_from_datadict(data, files, name)
        return said if said is None else " ".join(said.splitlines())


class StandfirstWidget(forms.Textarea):
    """A few lines; however a browser ends them, they are kept in one way."""

    def __init__(self, attrs=None):
        grey = _("Standfirst: one or two sentences below the headline")
        facts = {"rows": 1, "class": "desk-standfirst", "placeholder": grey}
        super().__init__(facts | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        said = super().value_from_datadict(data, files, name)
        return said if said is None else said.replace("\r\n", "\n")


class ShortTitleWidget(forms.TextInput):
    """One quiet line below the title."""

    def __init__(self, attrs=None):
        super().__init__({"placeholder": _("for narrow places"), **(attrs or {})})


class TagsWidget(UnfoldAdminTextInputWidget):
    """A line of names with suggestions; works as a plain line without JavaScript."""

    template_name = "admin/desk/_tags_widget.html"

    def format_value(self, value):
        if isinstance(value, (list, tuple)):
            return "，".join(f'"{name}"' if "," in name else name for name in value) + (
                "，" if len(value) == 1 and " " in value[0] else ""
            )
        return value

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["suggestions"] = Tag.objects.values_list("name", flat=True)[:SUGGESTIONS]
        return context


class TagsField(forms.CharField):
    """Names of tags: with any comma in the line, commas part them; otherwise spaces do."""

    widget = TagsWidget

    def clean(self, value):
        names = parse_tags(super().clean(value).translate(_SEPARATORS))
        longest = Tag._meta.get_field("name").max_length
        if any(len(name) > longest for name in names):
            raise ValidationError(_("A tag has at most %(n)d characters.") % {"n": longest})
        return tuple(names)

    def has_changed(self, initial, data):
        names = parse_tags((data or "").translate(_SEPARATORS))
        return sorted(names) != sorted(initial or ())


class BylinesWidget(forms.Widget):
    """Rows of a name and a role, in the order in which they are read."""

    template_name = "admin/desk/_bylines_widget.html"
    use_fieldset = True

    def value_from_datadict(self, data, files, name):
        names = [storable(who) for who in data.getlist(f"{name}-author")]
        roles = data.getlist(f"{name}-role")
        return [(who.strip(), role) for who, role in zip(names, roles, strict=False) if who.strip()]

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-author" not in data

    def id_for_label(self, id_):
        return f"{id_}_0"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        blank = [("", Byline.Role.AUTHOR.value)] * BLANK_BYLINES
        return {
            **context,
            "rows": [*(value or []), *blank],
            "roles": Byline.Role.choices,
            "authors": Author.objects.values_list("name", flat=True)[:SUGGESTIONS],
            "input_classes": " ".join(INPUT_CLASSES),
            "select_classes": " ".join(SELECT_CLASSES),
        }


class BylinesField(forms.Field):
    """Pairs of an author's id and a role; people write and read the author's name."""

    widget = BylinesWidget

    def prepare_value(self, value):
        """Names for ids; what somebody typed stays as it is."""
        if isinstance(value, str):  # from an address: no list of names
            return []
        ids = [author for author, _role in value or () if isinstance(author, int)]
        names = Author.objects.in_bulk(ids) if ids else {}
        return [
            (names[author].name if author in names else author, role)
            for author, role in value or ()
            if not isinstance(author, int) or author in names
        ]

    def to_python(self, value):
        rows = value or []
        known = dict(
            Author.objects.filter(name__in={n for n, _r in rows}).values_list("name", "pk")
        )
        unknown = [name for name, _role in rows if name not in known]
        if unknown:
            raise ValidationError(
                _("There is no author of this name: %(names)s. Add the author first.")
                % {"names": "、".join(unknown)}
            )
        if any(role not in Byline.Role for _name, role in rows):
            raise ValidationError(_("Choose a role from the list."))
        return tuple(dict.fromkeys((known[name], role) for name, role in rows))

    def has_changed(self, initial, data):
        return [tuple(row) for row in self.prepare_value(initial)] != [tuple(r) for r in data or ()]
