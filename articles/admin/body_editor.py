"""The body editor: Tiptap with the words a stored body knows, and the way back into them."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import prose_editor_base_media
from js_asset import ImportMap, Media, Script

from articles.admin import story_pictures
from articles.body.sanitising import sanitise
from articles.body.tidying import canonical
from articles.body.vocabulary import STORED

_MODULES = (
    *("cleaning", "schema", "tables", "opaque", "stored", "toolbar", "dialogs", "elements"),
    *("pictures", "picture_view", "picture_moves", "picture_choice", "incoming", "pasting"),
    *("tidying", "library", "picture_grid", "known_pictures", "upload", "sending"),
    *("header_picture", "focal_point"),
    *("story", "alone", "bylines", "counting", "elsewhere", "lines", "preview", "shortcuts"),
    *("side", "tags", "checks", "places"),
    *("answers", "autosave_terms", "keeping", "local_copies", "notices", "offers", "presence"),
    *("opening", "standing", "submitting", "token"),
    *("notes", "note_marks", "note_names", "note_reading", "passages"),
)

LABELS = {
    "paragraph": _("Paragraph"),
    "heading2": _("Heading"),
    "heading3": _("Subheading"),
    "heading4": _("Small heading"),
    "bold": _("Bold"),
    "italic": _("Emphasis"),
    "underline": _("Underline"),
    "strike": _("Strike through"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "code": _("Code in a line"),
    "bulletList": _("Bulleted list"),
    "orderedList": _("Numbered list"),
    "blockquote": _("Quotation"),
    "codeBlock": _("Code block"),
    "codeLanguage": _("Language of the code"),
    "codeLanguageHelp": _("For example: python, javascript, bash."),
    "horizontalRule": _("Dividing line"),
    "link": _("Link"),
    "unlink": _("Remove link"),
    "address": _("Address"),
    "linkTitle": _("Title of the link"),
    "picture": _("Picture"),
    "caption": _("Caption"),
    "credit": _("Credit"),
    "table": _("Table"),
    "rows": _("Rows"),
    "columns": _("Columns"),
    "headerRow": _("With a header row"),
    "tableCaption": _("Caption of the table"),
    "addRow": _("Add a row"),
    "deleteRow": _("Delete the row"),
    "addColumn": _("Add a column"),
    "deleteColumn": _("Delete the column"),
    "mergeCells": _("Merge or split cells"),
    "headerCell": _("Header cell"),
    "deleteTable": _("Delete the table"),
    "note": _("Note on this passage"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "html": _("Edit the HTML"),
    "kept": _("Kept as it is"),
    "keptHelp": _("This block is kept unchanged; it can be moved or deleted."),
    "apply": _("Apply"),
    "cancel": _("Cancel"),
    "blockType": _("Kind of paragraph"),
    "body": _("body"),
    "empty": _("The text begins here. Paste from anywhere, or drop pictures."),
    "more": _("More"),
}


class BodyEditor(forms.Textarea):
    """A textarea which the desk's JavaScript turns into an editor."""

    template_name = "admin/desk/_body_editor.html"

    @property
    def media(self):
        modules = {f"desk/{name}": f"articles/desk/{name}.js" for name in _MODULES}
        return prose_editor_base_media + Media(
            importmap=ImportMap(modules),
            css={"all": ["articles/desk/body_editor.css"]},
            js=[Script("articles/desk/body_editor.js", type="module")],
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["labels"] = {key: str(label) for key, label in LABELS.items()}
        context["vocabulary"] = {element: list(known) for element, known in STORED.items()}
        context["pictures"] = story_pictures.terms() | {
            "known": story_pictures.pictures_known_in(value or "")
        }
        return context

    def use_required_attribute(self, initial):
        return False


class BodyField(forms.CharField):
    """HTML of a body in the canonical form in which bodies are stored."""

    widget = BodyEditor

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)

    def to_python(self, value):
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def kept(self, value, *, stored):
        """`stored` if `value` says the same, otherwise `value` in canonical form."""
        if value == stored:
            return stored
        written = canonical(sanitise(value))
        return stored if written == canonical(stored) else written
