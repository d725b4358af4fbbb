"""What a story's form holds before anybody saves it: right or wrong, and what of it is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from articles.admin.article_fields import BylinesField
from articles.admin.article_form import StoryForm
from articles.characters import storable
from articles.desk import writing
from articles.models import Article, Snapshot

#: the fields of a form as a browser would send them
Content = Mapping[str, Sequence[str]]

#: fields of the page that say nothing of the story
_OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "based_on", "new_story"})


class Lenient:
    """For a form that reads what is right and lets the rest be; it never touches the row."""

    def clean(self):
        return self.cleaned_data

    def _post_clean(self):
        """The row is not filled in; the desk says what it can hold."""


class LenientForm(Lenient, StoryForm):
    """The form of a story that nobody saves."""


def lenient_snapshot(article: Article | None, content: Content) -> Snapshot:
    """What `content` says, in the form in which it would be stored, its HTML sanitised.

    A field that is missing or invalid says what the working copy of `article` says (`None`: a
    story that was never saved). Reads the database for names and categories; writes nothing.
    """
    return _snapshot(_read(article, content))


def says_the_same(article: Article | None, content: Content) -> bool:
    """Whether saving `content` would change nothing."""
    form = _read(article, content)
    return form.is_valid() and _snapshot(form) == form.stored


@dataclass(frozen=True)
class Wrong:
    """A field that cannot be saved as it stands: why, in sentences, and the words typed in it."""

    label: str
    why: str
    typed: str


def wrong_in(article: Article | None, content: Content) -> list[Wrong]:
    """What cannot be saved as it stands."""
    form = _read(article, content)
    return [
        Wrong(str(form[name].label), " ".join(why), _typed(form.fields[name], name, content))
        for name, why in form.errors.items()
    ]


def _typed(field: forms.Field, name: str, content: Content) -> str:
    """The words in a field; empty for one in which nobody types."""
    if isinstance(field, BylinesField):
        return "、".join(filter(None, content.get(f"{name}-author", ())))
    return "\n".join(content.get(name, ())) if isinstance(field, forms.CharField) else ""


def of_the_story(sent: Content) -> dict[str, list[str]]:
    """Those of the fields that a page or a script sends which say something of the story."""
    return {n: list(values) for n, values in _storable(sent).items() if _is_of_the_story(n)}


def as_sent(content: Content) -> QueryDict:
    """The fields as Django's forms read them; a script may send what no form can."""
    data = QueryDict(mutable=True)
    for name, values in _storable(content).items():
        data.setlist(name, values)
    return data


def _storable(sent: Content) -> dict[str, list[str]]:
    return {storable(name): [storable(v) for v in values] for name, values in sent.items()}


def _is_of_the_story(name: str) -> bool:
    return name not in _OF_THE_PAGE and not name.startswith(
        ("_", "autosave_", "restored_", "follows_")
    )


def _read(article: Article | None, content: Content) -> LenientForm:
    form = LenientForm(as_sent(content), instance=article)
    form.full_clean()
    for name, field in form.fields.items():
        if not content or field.widget.value_omitted_from_data(form.data, form.files, name):
            form.cleaned_data.pop(name, None)
    return form


def _snapshot(form: LenientForm) -> Snapshot:
    said = form.snapshot()
    try:
        return writing.acceptable(said)
    except writing.UnacceptableStory:
        return said
