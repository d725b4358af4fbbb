"""The layout of the writing screen: the story itself, and the panels in the column beside it."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

_STORY = ("title", "short_title", "standfirst", "body", "based_on")
_STORY_READ = ("title_read", "standfirst_read", "body_read")


@dataclass(frozen=True)
class Panel:
    """A part of the side column: `fields` stand in it, and people find it open or closed.

    The title is label enough for the field `says`; `more` is a template below the fields.
    """

    name: str
    title: object
    fields: tuple[str, ...]
    is_open: bool = True
    says: str = ""
    more: str = ""


PANELS = (
    Panel(
        "picture",
        _("Header picture"),
        ("header_image", "header_caption", "header_credit"),
        says="header_image",
    ),
    Panel("filing", _("Filing"), ("category", "also_in", "kind")),
    Panel("bylines", _("byline"), ("bylines",), says="bylines"),
    Panel("tags", _("tags"), ("tags",), says="tags"),
    Panel(
        "source",
        _("Source and licence"),
        ("licence", "source_name", "source_url", "canonical_url"),
        is_open=False,
    ),
    Panel(
        "disclosures",
        _("Disclosures"),
        ("ai_disclosure", "sponsored", "comments_enabled"),
        is_open=False,
    ),
    Panel(
        "search",
        _("Search and sharing"),
        ("seo_title", "seo_description"),
        is_open=False,
        more="admin/articles/article/_elsewhere.html",
    ),
    Panel("address", _("address"), ("slug",), is_open=False, says="slug"),
    Panel("edit", _("This edit"), ("note",), says="note"),
)


def _to_read(panel):
    """The same panel for those who may not write."""
    fields = tuple(f"{name}_read" for name in panel.fields)
    says = f"{panel.says}_read" if panel.says else ""
    return replace(panel, fields=fields, says=says, more="")


_PANELS_READ = (
    *(_to_read(panel) for panel in PANELS if panel.name != "edit"),
    Panel("short", _("short title"), ("short_title_read",), says="short_title_read"),
)


def _fieldsets(story, panels):
    beside = ((panel.title, {"fields": panel.fields}) for panel in panels)
    return ((None, {"fields": story}), *beside)


WRITING = _fieldsets(_STORY, PANELS)
READING = _fieldsets(_STORY_READ, _PANELS_READ)


@dataclass(frozen=True)
class _Shown:
    """A panel with its fields, as the template wants it."""

    panel: Panel
    fields: list

    @property
    def labelled(self):
        """Each field, and whether its label is to be seen."""
        return [(one, _name(one) != self.panel.says) for one in self.fields]

    @property
    def is_wrong(self):
        """Whether a field has to be looked at."""
        return any(not one.is_readonly and one.field.errors for one in self.fields)


def layout(adminform, *, is_writing):
    """The fields of a form: those of the story by name, and the panels with theirs."""
    story, *others = [[one for line in fieldset for one in line] for fieldset in adminform]
    panels = PANELS if is_writing else _PANELS_READ
    return {
        "is_writing": is_writing,
        "story": {_name(one): one for one in story},
        "panels": [_Shown(panel, fields) for panel, fields in zip(panels, others, strict=True)],
    }


def _name(one):
    return one.field["name"] if one.is_readonly else one.field.name
