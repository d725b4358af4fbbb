"""What all pages of the admin share: the skin, the nonce of its import maps, and read-only."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import DateField, ForeignKey, ManyToManyField, OrderBy
from django.middleware.csp import get_nonce
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from js_asset import Media
from unfold.admin import ModelAdmin

from articles.admin.day_input import DayInput
from articles.body.sanitising import sanitise, sanitise_compared


def moment(when):
    """A time in a list: short, on one line, by the outlet's clock."""
    if when is None:
        return "—"
    shown = f"{timezone.localtime(when):%Y-%m-%d %H:%M}"
    return format_html('<span class="desk-nowrap">{}</span>', shown)


def shown_html(html, *, marked=False):
    """The text of a story as part of a page; whoever wrote it, it goes through the allow-list.

    `marked`: whether it holds the marks of a comparison.
    """
    clean = sanitise_compared if marked else sanitise
    return mark_safe(clean(html))  # noqa: S308 - the one place in the admin, just sanitised


def row_id(said):
    """The id that a form or an address says; None if no row can have it."""
    is_id = said.isascii() and said.isdecimal() and len(said) < 19  # digits a database can hold
    return int(said) if is_id else None


class NothingLast(OrderBy):
    """An order in which rows without a value come last, either way round, on any database."""

    def __init__(self, expression, descending=False):  # noqa: FBT002 - Django's signature
        super().__init__(expression, descending=descending, nulls_last=True)

    def reverse_ordering(self):
        self.descending = not self.descending
        return self


def _names_rows(model, name, value):
    """Whether `value`, from an address, can be an id where `name` is a relation."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return True
    if not isinstance(field, (ForeignKey, ManyToManyField)):
        return True
    try:
        for pk in value if isinstance(value, list) else [value]:
            field.target_field.to_python(pk)
    except ValidationError:
        return False
    return True


class DeskAdmin(ModelAdmin):
    """A model of the desk in the admin's skin."""

    list_per_page = 50
    list_filter_submit = True
    warn_unsaved_form = True
    show_full_result_count = False
    actions = None
    formfield_overrides = {DateField: {"widget": DayInput}}

    def get_changelist_instance(self, request):
        """The list under the parameters of its address, unless no database could hold them."""
        if any("\0" in value for name in request.GET for value in request.GET.getlist(name)):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def get_changeform_initial_data(self, request):
        """What the address of an empty form suggests, as far as it makes sense."""
        said = super().get_changeform_initial_data(request)
        return {name: v for name, v in said.items() if _names_rows(self.model, name, v)}

    def render_change_form(self, request, context, *args, **kwargs):
        media = Media.from_media(context["media"], nonce=get_nonce(request))
        return super().render_change_form(request, {**context, "media": media}, *args, **kwargs)


class ReadOnlyAdmin(DeskAdmin):
    """A model nobody edits by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
