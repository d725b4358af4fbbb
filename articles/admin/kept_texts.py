"""Kept texts as values: one on its way back into its form, and the window it was typed in."""

from dataclasses import dataclass
from uuid import UUID

from articles.admin.article_autosave import content_in, other_window_in, window_in
from articles.admin.article_content import as_sent
from articles.admin.base import row_id
from articles.admin.desk_door import Malformed, id_in, is_tab, object_in
from articles.desk import autosaving
from articles.desk.autosaving import Window


@dataclass(frozen=True)
class Restored:
    """A text on its way back into its form: `window` is where it was typed, `story` in what."""

    content: dict
    based_on: int | None
    window: Window
    new_story: UUID | None = None
    follows: Window | None = None
    story: int | None = None

    @property
    def data(self):
        based_on = [str(self.based_on)] if self.based_on else []
        return as_sent({**self.content, "based_on": based_on})


def sent_along(text):
    """A text that only the browser had kept."""
    try:
        said = object_in(text)
        return Restored(
            content_in(said),
            id_in(said, "basedOn"),
            window_in(said),
            uuid_in(said.get("newStory")),
            other_window_in(said, "follows"),
            id_in(said, "story"),
        )
    except Malformed:
        return None


def from_the_desk(user, article, number):
    """What the desk kept of `article`, or (None) of the new story with that number."""
    where = {"article": article} if article else {"new_story": uuid_in(number)}
    kept = autosaving.kept_of(user, **where) if any(where.values()) else None
    return kept and restored_of(kept)


def restored_of(kept):
    window = Window(kept.tab, kept.count)
    follows = Window(*kept.follows) if kept.follows else None
    return Restored(
        kept.content, kept.based_on_id, window, kept.new_story, follows, kept.article_id
    )


def window_of(sent, name):
    """The window that a form's hidden fields tell of, or None."""
    tab, count = sent.get(f"{name}_tab", ""), row_id(sent.get(f"{name}_count", ""))
    return Window(tab, count) if is_tab(tab) and count is not None else None


def uuid_in(text):
    """The UUID that a page or an address says, or None."""
    try:
        return UUID(text)
    except (ValueError, TypeError, AttributeError):
        return None
