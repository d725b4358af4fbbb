"""Notes: what is said about a story or a passage of it, answered, and settled."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.body import passages
from articles.body.passages import Passage
from articles.characters import storable
from articles.desk import notifying, people
from articles.desk.mentions import mentioned
from articles.desk.rights import require_access
from articles.models import Article, Note, PreviewLink, User
from articles.workflow import RULES, NotAllowed, TransitionRefused, Verb


class UnsuitableNote(TransitionRefused):
    """Nothing is said in it, or more than there is room for."""


class PassageMissing(TransitionRefused):
    """The words a note is to stand at are not in the story."""


class ThreadGoesOn(TransitionRefused):
    """Others have answered; what they said does not go with what they answered to."""


@transaction.atomic
def add(article: Article, *, text: str, by: User | None, passage: Passage | None = None) -> Note:
    """Begin a thread about `article`, or about a `passage` of its working copy.

    Raises `NotAllowed` for somebody whose story this is not, and `UnsuitableNote`.
    """
    require_access(by, article)
    return _write(article, text=text, by=by, facts=_facts(passage))


@transaction.atomic
def add_as_guest(
    link: PreviewLink, *, name: str, text: str, passage: Passage | None = None
) -> Note:
    """Begin a thread in the name of a guest who looks at a preview; the caller has let them in.

    Raises `UnsuitableNote`.
    """
    longest = Note._meta.get_field("guest_name").max_length
    guest = " ".join(storable(name).split())[:longest] or _("Guest")
    facts = {"guest_name": str(guest), "preview_link": link, **_facts(passage)}
    return _write(link.article, text=text, by=None, facts=facts)


@transaction.atomic
def reply(note: Note, *, text: str, by: User | None) -> Note:
    """Answer in the thread of `note`. Raises `NotAllowed` and `UnsuitableNote`."""
    require_access(by, note.article)
    return _write(note.article, text=text, by=by, facts={"parent": note.parent or note})


@transaction.atomic
def edit(note: Note, *, text: str, by: User) -> Note:
    """Say it otherwise; only whoever said it may. Whom it names only now is told.

    Raises `NotAllowed` and `UnsuitableNote`.
    """
    note = _locked(note)
    _require(may_edit(by, note), note, by)
    text = _suitable(text)
    if text == note.text:
        return note
    note.text, note.edited_at = text, timezone.now()
    note.save(update_fields=["text", "edited_at"])
    before = set(note.mentions.all())
    named = _named(note)
    note.mentions.set(named)
    notifying.mentioned_later(note, mentioned=[u for u in named if u not in before], by=by)
    return note


@transaction.atomic
def delete(note: Note, *, by: User) -> None:
    """Take back what one said, or, as an editor, what a guest said.

    Raises `NotAllowed`, and `ThreadGoesOn` for the beginning of a thread in which others answered.
    """
    note = _locked(note)
    _require(may_delete(by, note), note, by)
    if note.replies.exclude(author=by).exists():
        raise ThreadGoesOn(_("Somebody has answered; mark the note as resolved instead."))
    note.delete()


@transaction.atomic
def resolve(note: Note, *, by: User | None) -> Note:
    """Settle the thread of `note`. Raises `NotAllowed` for somebody whose story this is not."""
    thread = _locked(note.parent or note)
    require_access(by, thread.article)
    if thread.resolved_at is None:
        thread.resolved_at, thread.resolved_by = timezone.now(), by
        thread.save(update_fields=["resolved_at", "resolved_by"])
    return thread


@transaction.atomic
def reopen(note: Note, *, by: User | None) -> Note:
    """Take the thread of `note` up again. Raises `NotAllowed` like `resolve`."""
    thread = _locked(note.parent or note)
    require_access(by, thread.article)
    thread.resolved_at = thread.resolved_by = None
    thread.save(update_fields=["resolved_at", "resolved_by"])
    return thread


def quoted(article: Article, quote: str) -> Passage | None:
    """The passage that `quote` is where it first stands in the working copy; none if empty.

    Raises `PassageMissing` if these words do not stand there.
    """
    if not quote.strip():
        return None
    passage = passages.around(storable(quote), working_text(article))
    if passage is None:
        raise PassageMissing(_("These words do not stand in the story; copy them from its text."))
    return passage


def working_text(article: Article) -> str:
    """The words of the working copy, as `passages.find` wants them."""
    working = article.working_revision
    return passages.text_of(working.snapshot.body if working else article.body)


def may_edit(user: User, note: Note) -> bool:
    """Whether `user` said it."""
    return note.author_id == user.pk


def may_delete(user: User, note: Note) -> bool:
    """Whether `user` may take `note` back: their own; editors, a guest's too."""
    is_guests = note.author_id is None
    return may_edit(user, note) or (
        is_guests and user.has_perm(RULES[Verb.REQUEST_CHANGES].permission)
    )


def _write(article: Article, *, text: str, by: User | None, facts: dict[str, object]) -> Note:
    note = Note.objects.create(
        article=article,
        revision=article.working_revision,
        author=by,
        text=_suitable(text),
        **facts,
    )
    named = [] if note.guest_name else _named(note)
    note.mentions.set(named)
    notifying.noted(note, mentioned=named, by=by)
    return note


def _facts(passage: Passage | None) -> dict[str, object]:
    if passage is None or not passage.quote.strip():
        return {}
    kept = passage.kept
    facts = {"quote": kept.quote, "prefix": kept.prefix, "suffix": kept.suffix}
    return {name: storable(words) for name, words in facts.items()}


def _suitable(text: str) -> str:
    text = storable(text.replace("\r\n", "\n")).strip()
    longest = Note._meta.get_field("text").max_length
    if not text:
        raise UnsuitableNote(_("Say something."))
    if len(text) > longest:
        raise UnsuitableNote(_("A note has at most %(n)d characters.") % {"n": longest})
    return text


def _named(note: Note) -> list[User]:
    return mentioned(note.text, people.who_see(note.article))


def _locked(note: Note) -> Note:
    return Note.objects.select_for_update(of=("self",)).select_related("article").get(pk=note.pk)


def _require(is_allowed: bool, note: Note, user: User) -> None:  # noqa: FBT001 - the answer itself
    require_access(user, note.article)
    if not is_allowed:
        raise NotAllowed(_("You can only change what you said yourself."))
