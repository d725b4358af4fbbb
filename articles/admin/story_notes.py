"""What pages show of a story's notes: threads in the order of the text, and who may do what."""

from dataclasses import dataclass
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from articles.body import passages
from articles.body.passages import Passage
from articles.desk import mentions, notes, people
from articles.models import Note

LABELS = {
    "onPassage": _("Note on this passage"),
    "session": _("Not sent: you are not logged in any more. Log in in another tab and try again."),
    "person": _("Not sent: somebody else is logged in by now."),
    "away": _("Not sent: the desk does not answer. What you wrote stays here; try again."),
    "lost": _("This passage does not stand in the text any more."),
    "askDelete": _("Delete this note?"),
    "askDeleteHelp": _("It cannot be brought back."),
    "delete": _("Delete"),
}


@dataclass(frozen=True)
class Said:
    """One note with what whoever looks may do with it. `pieces`: its text, mentions apart."""

    note: Note
    may_edit: bool
    may_delete: bool
    pieces: list

    @property
    def name(self):
        return self.note.author or self.note.guest_name


@dataclass(frozen=True)
class Thread:
    """A note with its replies. `place`: where its passage stands, or None."""

    said: Said
    replies: list
    place: passages.Place | None

    @property
    def note(self):
        return self.said.note

    @property
    def is_resolved(self):
        return self.note.resolved_at is not None

    @property
    def is_changed(self):
        """Whether other words stand where the passage stood, or none."""
        return bool(self.note.quote) and (self.place is None or self.place.is_changed)


def shown(article, user):
    """The notes of a story as its pages show them to `user`."""
    found = list(article.notes.threads().with_replies())
    text = notes.working_text(article) if any(note.quote for note in found) else ""
    colleagues = list(people.who_see(article)) if found else []
    threads = sorted((_thread(note, user, text, colleagues) for note in found), key=_in_order)
    return {
        "article": article,
        "open": [thread for thread in threads if not thread.is_resolved],
        "resolved": [thread for thread in threads if thread.is_resolved],
    }


def panel(article, user):
    """What the script of the panel is told: its HTML, and the passages to be marked."""
    found = shown(article, user)
    html = render_to_string("admin/articles/article/_notes.html", found)
    return {
        "html": html,
        "count": len(found["open"]),
        "seen": sha256(html.encode()).hexdigest()[:16],
        "passages": [_passage(thread.note) for thread in found["open"] if thread.note.quote],
    }


def terms(article, user):
    """What the script of the panel has to know once: whom `user` may mention, and its words."""
    names = people.who_see(article).exclude(pk=user.pk).order_by("name", "username")
    return {
        "story": article.pk,
        "people": [{"name": str(person), "login": person.username} for person in names],
        "labels": {name: str(label) for name, label in LABELS.items()},
    }


def _thread(note, user, text, colleagues):
    passage = Passage(note.quote, note.prefix, note.suffix)
    place = passages.find(passage, text) if note.quote else None
    first, *replies = (_said(one, user, colleagues) for one in (note, *note.replies.all()))
    return Thread(first, replies, place)


def _said(note, user, colleagues):
    pieces = mentions.pieces(note.text, colleagues)
    return Said(note, notes.may_edit(user, note), notes.may_delete(user, note), pieces)


def _in_order(thread):
    """What is about the whole story first, then as the text goes, what is lost at its end."""
    if not thread.note.quote:
        return (0, 0, thread.note.pk)
    start = thread.place.start if thread.place else float("inf")
    return (1, start, thread.note.pk)


def _passage(note):
    return {"id": note.pk, "quote": note.quote, "prefix": note.prefix, "suffix": note.suffix}
