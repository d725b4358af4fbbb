"""What the desk kept of somebody's typing, as it is offered when they come back."""

from dataclasses import dataclass

from django.urls import reverse

from articles.admin.article_content import says_the_same
from articles.admin.article_presence import clock, saved_sentence
from articles.desk import autosaving, presence, rights
from articles.models import Autosave


@dataclass(frozen=True)
class Offer:
    """A kept text as a page offers it: what it is, and where a click leads."""

    kept: Autosave
    meanwhile: str = ""
    is_lost: bool = False  # the story is not at the person's desk any more, only the text is theirs

    @property
    def title(self):
        story = None if self.is_lost else self.kept.article
        return self.kept.title or (story and story.title)

    @property
    def time(self):
        return clock(self.kept.saved_at)

    @property
    def revision(self):
        """The number of the revision it is based on, or None."""
        return self.kept.based_on and self.kept.based_on.number

    @property
    def form_address(self):
        if self.kept.article_id:
            return reverse("admin:articles_article_change", args=[self.kept.article_id])
        return reverse("admin:articles_article_add")

    @property
    def is_outdated(self):
        """Whether there is a newer revision than it is based on."""
        return not self.is_lost and self.kept.article is not None and self.kept.is_outdated

    @property
    def address(self):
        """Where one goes on with it, or first looks at what changed meanwhile."""
        return self.compare_address if self.is_outdated or self.is_lost else self.restore_address

    @property
    def restore_address(self):
        return f"{self.form_address}?kept={self.kept.new_story or 1}"

    @property
    def compare_address(self):
        return self._address("compare")

    @property
    def discard_address(self):
        return self._address("discard")

    def _address(self, page):
        name = f"admin:articles_article_autosave_{page}"
        if self.kept.article_id:
            return reverse(name, args=[self.kept.article_id])
        return reverse(f"{name}_new", args=[self.kept.new_story])


def offers_to(user):
    """All that `user` typed and has not saved, for the first page; the newest first.

    Whether a newer revision says the same is left to the page that compares: here it would take a
    form, with its queries, for each.
    """
    return [offer_of(kept, to=user) for kept in autosaving.unsaved_of(user)]


def offer_of(kept, *, to):
    """A kept text as it is offered to whoever typed it, wherever its story is by now."""
    story = kept.article
    is_lost = story is not None and not rights.has_access(to, story)
    return Offer(kept, is_lost=is_lost)


def offers_on_page(user, article, restored):
    """Those for the form of `article`, or (None) of a new story, but for the one it shows."""
    if article is None:
        number = restored and restored.new_story
        mine = [kept for kept in autosaving.unsaved_of(user) if kept.new_story]
        return [Offer(kept) for kept in mine if kept.new_story != number]
    kept = autosaving.kept_of(user, article=article)
    if kept is None or (restored and restored.window.tab == kept.tab):
        return []
    if says_the_same(article, kept.content):
        return []
    newer = presence.newer_revision(article, based_on=kept.based_on_id)
    return [Offer(kept, saved_sentence(newer, to=user) if newer else "")]
