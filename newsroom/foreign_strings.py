"""Lists strings of libraries that lack Chinese, so that our own catalogue translates them.

Extraction reads our files only; without this list it would drop these entries. Nothing imports
the module. Strings that Django itself translates well do not belong here.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

DJANGO = (
    _("- Select an option -"),
    _("Filter by %(field_name)s"),
    _("Logout"),
    _('The app "%s" could not be found.'),
    _("“%(value)s” is not a valid binary value."),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", 1),
)

# Django has Chinese for these, but not the newsroom's: its groups are roles here.
DJANGO_REWORDED = (
    _("Authentication and Authorization"),
    _("Designates that this user has all permissions without explicitly assigning them."),
    _("Designates whether the user can log into this admin site."),
    _(
        "Designates whether this user should be treated as active. Unselect this instead of "
        "deleting accounts."
    ),
    _("active"),
    _("group"),
    _("groups"),
    _("staff status"),
    _("superuser status"),
)

# Names of permissions are rows of the database, written in English by migrations.
PERMISSIONS = (
    _("Can add author"),
    _("Can add category"),
    _("Can add imported document"),
    _("Can add member of staff"),
    _("Can add page"),
    _("Can add picture"),
    _("Can add story"),
    _("Can add tag"),
    _("Can change author"),
    _("Can change category"),
    _("Can change member of staff"),
    _("Can change outlet"),
    _("Can change page"),
    _("Can change picture"),
    _("Can change story"),
    _("Can change tag"),
    _("Can delete author"),
    _("Can delete category"),
    _("Can delete page"),
    _("Can delete picture"),
    _("Can delete story"),
    _("Can delete tag"),
    _("Can view author"),
    _("Can view category"),
    _("Can view event"),
    _("Can view group"),
    _("Can view imported document"),
    _("Can view member of staff"),
    _("Can view outlet"),
    _("Can view page"),
    _("Can view picture"),
    _("Can view story"),
    _("Can view tag"),
)

UNFOLD_LISTS = (
    _("Apply Filters"),
    _("Dataset not found. No action performed."),
    _("Date"),
    _("Date from"),
    _("Date to"),
    _("Filters"),
    _("From"),
    _("Next"),
    _("No data"),
    _("No results found"),
    _("Not enough data."),
    _("Previous"),
    _("Record picture"),
    _("Reset filters"),
    _("Run the selected action"),
    _("Select action"),
    _("Select action to run"),
    _("Select record"),
    _("This page yielded into no results."),
    _("To"),
    _("Value"),
)

UNFOLD_FORMS = (
    _("%(class_name)s %(instance)s"),
    _("Add new item"),
    _("Add row"),
    _("After you've created a user, you’ll be able to edit more user options."),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? '
        "All of the following related items will be deleted:"
    ),
    _("Cancel"),
    _("Choose file to upload"),
    _("Click to cancel"),
    _("Click to download"),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would result in deleting related "
        "objects, but your account doesn't have permission to delete the following types of "
        "objects:"
    ),
    _(
        "Deleting the %(object_name)s '%(escaped_object)s' would require deleting the following "
        "protected related objects:"
    ),
    _("False"),
    _(
        'Field <strong class="font-semibold">{field_name}</strong> is not an autocomplete field. '
        "Please add it to the `autocomplete_fields` list."
    ),
    _("General"),
    _("Image preview"),
    _(
        "Raw passwords are not stored, so there is no way to see this user’s password, but you can "
        'change the password using <a href="{}" class="text-primary-600 '
        'dark:text-primary-500">this form</a>.'
    ),
    _("Select currency"),
    _("Select value"),
    _("Submit"),
    _("This item will be deleted."),
    _("Toggle password visibility"),
    _("True"),
    _("You can not create nested object without parent"),
)

UNFOLD_TEXT_EDITOR = (
    _("Bold"),
    _("Code"),
    _("Enter an URL"),
    _("Heading"),
    _("Indent decrease"),
    _("Indent increase"),
    _("Italic"),
    _("Link"),
    _("Ordered list"),
    _("Paragraph"),
    _("Quote"),
    _("Redo"),
    _("Strike"),
    _("Underlined"),
    _("Undo"),
    _("Unlink"),
    _("Unordered list"),
)

UNFOLD_FRAME = (
    _("All applications"),
    _("Available shortcuts"),
    _("Changelist shortcuts"),
    _("Command tool shortcuts"),
    _("Create new record"),
    _("Dark"),
    _("Forgotten your password or username?"),
    _("Global shortcuts"),
    _("Go back"),
    _("Light"),
    _("Navigate"),
    _("Nothing matched your search"),
    _("Open command tool"),
    _("Open selection"),
    _("Open selection in new tab"),
    _("Open shortcuts list"),
    _("Recent searches"),
    _("Return to site"),
    _("Search apps and models..."),
    _("Select"),
    _("System"),
    _("Toggle dark/light mode"),
    _("Toggle filter"),
    _("Toggle sidebar"),
    _("Type to search"),
    _("Welcome"),
    _("Welcome back to"),
    _("You have been successfully logged out from the administration"),
    ngettext_lazy(
        '\n            Found <span class="font-medium text-important">%(counter)s</span> '
        "result in %(time)s seconds\n        ",
        '\n            Found <span class="font-medium text-important">%(counter)s</span> '
        "results in %(time)s seconds\n        ",
        1,
    ),
)

IMAGEFIELD = (
    _(
        "Error while handling image, maybe the file is corrupt or the image format is "
        'unsupported. (Exception: "%s")'
    ),
)

TREE_QUERIES = (
    _("'{}' cannot be moved to this location."),
    _("A node cannot be made a descendant of itself."),
    _("A target node is required for this move position."),
    _("Choose new location"),
    _("Error while validating the new position of '{}'."),
    _("Invalid node move request."),
    _("Move '{}' to a new location"),
    _("Move '{}' to root level"),
    _("Node '{}' has been moved to its new position."),
    _("after"),
    _("as child"),
    _("as first child"),
    _("as last child"),
    _("before"),
    _("move"),
    _("parent"),
    _("subtree"),
    _("title"),
    _("to root"),
)

TASKS = (
    _("Task Result"),
    _("Task Results"),
    _("args kwargs"),
    _("backend name"),
    _("enqueued at"),
    _("exception class path"),
    _("finished at"),
    _("priority"),
    _("queue name"),
    _("return value"),
    _("run after"),
    _("started at"),
    _("status"),
    _("task path"),
    _("traceback"),
    _("worker id"),
)
