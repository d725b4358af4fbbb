"""What a snapshot or a page says, in words: the label of each field, and names instead of ids."""

from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.image_choosing import thumb
from articles.images.models import Image
from articles.models import Article, Author, Byline, Category, Page


class Form(Enum):
    """How a fact is shown."""

    TEXT = auto()  # compared to the character
    WORD = auto()  # one of few values
    SEVERAL = auto()  # a list of names
    PICTURE = auto()
    BODY = auto()


@dataclass(frozen=True)
class Fact:
    """A field of a snapshot, or of another `model`, as an editor knows it."""

    name: str
    form: Form
    model: type[Model] = Article

    @property
    def label(self):
        if self.name == "bylines":
            return capfirst(_("byline"))
        return capfirst(self.model._meta.get_field(self.name).verbose_name)


#: every field of a snapshot, in the order in which an editor looks at them
FACTS = (
    *(Fact(name, Form.TEXT) for name in ("title", "short_title", "standfirst")),
    Fact("header_image", Form.PICTURE),
    *(Fact(name, Form.TEXT) for name in ("header_caption", "header_credit")),
    Fact("body", Form.BODY),
    Fact("category", Form.WORD),
    *(Fact(name, Form.SEVERAL) for name in ("also_in", "bylines", "tags")),
    *(Fact(name, Form.WORD) for name in ("kind", "licence")),
    *(Fact(name, Form.TEXT) for name in ("source_name", "source_url", "canonical_url")),
    *(Fact(name, Form.WORD) for name in ("ai_disclosure", "sponsored", "comments_enabled")),
    *(Fact(name, Form.TEXT) for name in ("seo_title", "seo_description", "slug")),
)


#: every field of a simple page that an editor can change
FACTS_OF_A_PAGE = (
    Fact("title", Form.TEXT, Page),
    Fact("body", Form.BODY, Page),
    Fact("description", Form.TEXT, Page),
    *(Fact(name, Form.WORD, Page) for name in ("purpose", "is_public", "position")),
    Fact("slug", Form.TEXT, Page),
)


def labels_of(names):
    """The labels of the fields with these names."""
    return [str(fact.label) for fact in FACTS if fact.name in names]


_CHOICES = {
    "kind": Article.Kind,
    "licence": Article.Licence,
    "ai_disclosure": Article.AiDisclosure,
    "purpose": Page.Purpose,
}


@dataclass(frozen=True)
class Pictured:
    """A header picture: its name, a small file of it and its page; only words if it is gone."""

    name: str
    thumb: str = ""
    pk: int | None = None


_GONE = gettext_lazy("No longer there")


class Names:
    """What the ids of some snapshots are called now; four queries at most, whatever they hold."""

    def __init__(self, *snapshots):
        self.categories = _category_paths(
            {pk for s in snapshots for pk in (s.category, *s.also_in) if pk}
        )
        authors = {pk for s in snapshots for pk, _role in s.bylines}
        self.authors = Author.objects.in_bulk(authors) if authors else {}
        pictures = {s.header_image for s in snapshots if s.header_image}
        self.pictures = (
            Image.objects.select_related("same_as").in_bulk(pictures) if pictures else {}
        )

    def word(self, name, value):
        """One value as a word; empty if there is none."""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if name == "category":
            return self._category(value) if value else ""
        if name in _CHOICES:
            return str(dict(_CHOICES[name].choices).get(value, value))
        return str(value)

    def several(self, name, values):
        """The words of a list."""
        if name == "bylines":
            return tuple(self._byline(author, role) for author, role in values)
        if name == "also_in":
            return tuple(self._category(pk) for pk in values)
        return tuple(values)

    def picture(self, value):
        """The picture with this id, None if there is no id."""
        if value is None:
            return None
        image = self.pictures.get(value)
        if image is None:
            return Pictured(str(_GONE))
        image = image.same_as or image
        return Pictured(str(image), thumb(image), image.pk)

    def _category(self, pk):
        return self.categories.get(pk, str(_GONE))

    def _byline(self, pk, role):
        author = self.authors.get(pk)
        name = author.name if author else _GONE
        said = dict(Byline.Role.choices).get(role, role)
        return _("%(name)s (%(role)s)") % {"name": name, "role": said}


def _category_paths(ids):
    """The names of categories from the root down, by id."""
    if not ids:
        return {}
    found = list(Category.objects.with_tree_fields().filter(pk__in=ids))
    names = Category.objects.in_bulk({pk for one in found for pk in one.tree_path})
    return {one.pk: " › ".join(names[pk].name for pk in one.tree_path) for one in found}
