"""One snapshot to be read: every fact in words, and the body with its pictures."""

from dataclasses import dataclass
from typing import Any

from articles.admin.base import shown_html
from articles.admin.story_comparing import addresses_in
from articles.admin.story_facts import FACTS, Form, Names
from articles.body.picturing import with_addresses


@dataclass(frozen=True)
class Said:
    """A fact in words: a string, a list of them or a picture."""

    label: str
    form: str
    value: Any


@dataclass(frozen=True)
class Story:
    """A snapshot as a page of the desk shows it; facts that say nothing are left out."""

    title: str
    facts: list[Said]
    body: str


def read(snapshot):
    """What `snapshot` says."""
    return read_facts(FACTS, snapshot, Names(snapshot))


def read_facts(facts, text, names):
    """The same of anything that has a title, a body and these `facts`."""
    said_of_it = [said(f, getattr(text, f.name), names) for f in facts if f.form is not Form.BODY]
    return Story(text.title, [fact for fact in said_of_it if fact.value], body_of(text))


def body_of(snapshot):
    """The text with its pictures, as safe HTML."""
    return shown_html(with_addresses(snapshot.body, addresses_in(snapshot.body)))


def said(fact, value, names):
    """What a field says with this value."""
    if fact.form is Form.PICTURE:
        shown = names.picture(value)
    elif fact.form is Form.SEVERAL:
        shown = names.several(fact.name, value)
    else:
        shown = value if fact.form is Form.TEXT else names.word(fact.name, value)
    return Said(fact.label, fact.form.name.lower(), shown)
