"""Documents from outside become stories: twice the same is once, and no words are lost."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.desk import outlet_time, publishing, writing
from articles.desk.filing import CategoryAs, Filed, PicturesBeside, file
from articles.desk.gate import IncompleteStory
from articles.desk.recording import lock
from articles.gate import Occasion
from articles.importing import front_matter
from articles.importing.documents import MalformedDocument, ParsedArticle
from articles.models import Article, ImportedDocument, Snapshot, User
from articles.workflow import Stage, TransitionRefused, Verb, Visibility

Outcome = ImportedDocument.Outcome


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document at the door, and how it is to be taken.

    `import_ref` is its identity: the same reference later is the same story. `folder` is where
    relative picture addresses are looked up (None: nowhere); `pictures` names those that came in
    with it before, as Image ids by relative address. `publish`: it goes live with its own date.
    `again`: run it even if it is known. `keep_pictures`: False only to try it out.
    """

    import_ref: str
    file_name: str
    data: bytes
    folder: Path | None = None
    pictures: Mapping[str, int] = field(default_factory=dict)
    publish: bool = False
    category_as: CategoryAs = CategoryAs.PATH
    again: bool = False
    keep_pictures: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a document.

    `article`: its story, if there is one; `sentence` and `line`: why and where it failed;
    `withheld`: why it must not be published from here, even if that was asked for.
    """

    outcome: Outcome
    article: Article | None = None
    sentence: str = ""
    line: int | None = None
    remarks: tuple[str, ...] = ()
    withheld: str = ""


def take_in(incoming: Incoming, *, by: User | None) -> Taken:
    """Take one document in, in a transaction of its own; a bad one is an answer, not an error.

    The same text under the same reference changes nothing; another text makes a new revision. An
    original that cannot become a story is kept too, with the sentence that says why. Sentences
    are in the outlet's language, whoever asks: they are kept for everybody.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _take_in(incoming, by=by)


def _take_in(incoming: Incoming, *, by: User | None) -> Taken:
    text = ""
    try:
        text = front_matter.decode(incoming.data)
        with transaction.atomic():
            return _take_in_text(incoming, text, by=by)
    except MalformedDocument as refusal:
        return _refuse(incoming, text, str(refusal), refusal.line, by=by)
    except TransitionRefused as refusal:
        return _refuse(incoming, text, str(refusal), None, by=by)
    except DatabaseError:
        sentence = _("The database could not keep it; perhaps another import was at it. Try again.")
        return Taken(Outcome.FAILED, sentence=sentence)


def take_in_again(document: ImportedDocument, *, by: User | None) -> Taken:
    """Run a kept original through today's rules; a different result makes a new revision."""
    incoming = Incoming(
        import_ref=document.import_ref,
        file_name=document.file_name,
        data=bytes(document.raw) if document.raw is not None else document.text.encode(),
        pictures=document.pictures,
        category_as=CategoryAs(document.category_as),
        again=True,
    )
    return take_in(incoming, by=by)


def _take_in_text(incoming: Incoming, text: str, *, by: User | None) -> Taken:
    known = ImportedDocument.objects.latest_for(incoming.import_ref)
    article = Article.objects.filter(import_ref=incoming.import_ref).first()
    same = known is not None and article is not None and known.sha256 == _hash(text.encode())
    to_publish = incoming.publish and (article is None or _is_unread(article))
    if same and not incoming.again and not to_publish:
        return Taken(Outcome.UNCHANGED, article)
    parsed = front_matter.parse(text, time_zone=settings.OUTLET_TIME_ZONE)
    if same and not incoming.again:
        withheld = _in_the_desks_hands(article, known)
        return _publish(Taken(Outcome.UNCHANGED, article, withheld=withheld), parsed, by=by)
    beside = PicturesBeside(incoming.folder, incoming.pictures, incoming.keep_pictures, by)
    filed = file(parsed, beside, incoming.category_as)
    taken = _write(article, filed, known, incoming, by=by)
    if incoming.publish:
        taken = _publish(taken, parsed, by=by)
    if not (same and taken.outcome is Outcome.UNCHANGED):
        _keep(incoming, text, taken, filed, by=by)
    return taken


def _write(
    article: Article | None,
    filed: Filed,
    known: ImportedDocument | None,
    incoming: Incoming,
    *,
    by: User | None,
) -> Taken:
    note = _("Imported from %(file)s") % {"file": incoming.file_name}
    note = note[:300]
    if article is None:
        ref = incoming.import_ref
        article = writing.create(filed.snapshot, by=by, note=note, import_ref=ref)
        return Taken(Outcome.CREATED, article, remarks=filed.remarks)
    before, planned = lock(article).working_revision_id, article.scheduled_at
    withheld = _in_the_desks_hands(article, known)
    snapshot, clashing = _merge(article, writing.acceptable(filed.snapshot), known)
    writing.revise(article, snapshot, by=by, note=note, keeps_approval=False)
    changed = article.working_revision_id != before
    outcome = Outcome.UPDATED if changed else Outcome.UNCHANGED
    said = [_clash_sentence(clashing)] if clashing else []
    if planned and not article.scheduled_at:
        said.append(_void_sentence(planned))
    return Taken(outcome, article, remarks=(*filed.remarks, *said), withheld=withheld)


def _in_the_desks_hands(article: Article, known: ImportedDocument | None) -> str:
    """A sentence if somebody here edited or judged the story and nobody has published that yet."""
    settled = {known.revision_id if known else None, article.live_revision_id}
    published = article.events.filter(verb=Verb.PUBLISH).aggregate(last=Max("pk"))["last"] or 0
    judged = article.events.filter(verb__in=_JUDGEMENTS, actor__isnull=False, pk__gt=published)
    is_moving = article.stage not in {Stage.DRAFT, Stage.LIVE, Stage.WITHDRAWN}
    if article.working_revision_id in settled and not is_moving and not judged.exists():
        return ""
    return _("The story is being worked on at the desk; publish it there.")


_JUDGEMENTS = (Verb.SUBMIT, Verb.REQUEST_CHANGES, Verb.APPROVE, Verb.SCHEDULE, Verb.UNSCHEDULE)


def _merge(
    article: Article, new: Snapshot, known: ImportedDocument | None
) -> tuple[Snapshot, tuple[str, ...]]:
    """What the document says now, with what was edited here since it last came in.

    Returns the merged snapshot and the fields that changed on both sides; there the document's
    word goes into the new revision and the desk's stays in the one before.
    """
    if known is None or known.revision is None or known.revision_id == article.working_revision_id:
        return new, ()
    base, current = known.revision.snapshot, writing.working_snapshot(article)
    edited = set(base.differing_fields(current))
    renewed = set(base.differing_fields(new))
    kept = {name: getattr(current, name) for name in edited - renewed}
    clashing = sorted((edited & renewed) & set(current.differing_fields(new)))
    return new.changed(**kept), tuple(clashing)


def _clash_sentence(names: tuple[str, ...]) -> str:
    labels = [str(Article._meta.get_field(_FIELDS.get(n, n)).verbose_name) for n in names]
    return _(
        "Both the document and the desk changed: %(fields)s. The document's version is the newest "
        "revision; the desk's is the one before. Compare them before publishing."
    ) % {"fields": "、".join(labels)}


def _void_sentence(planned: datetime) -> str:
    return _(
        "It was scheduled for %(time)s. The document has another text, so it is no longer "
        "scheduled and needs approval again."
    ) % {"time": outlet_time.exactly(planned)}


_FIELDS = {"bylines": "authors"}


def _is_unread(article: Article) -> bool:
    return article.visibility is Visibility.NEVER_PUBLISHED


def _publish(taken: Taken, parsed: ParsedArticle, *, by: User | None) -> Taken:
    """Let the story go live with the document's date; if that cannot be, say why."""
    article = taken.article
    obstacle = _obstacle(taken, parsed)
    if article.stage == Stage.LIVE:
        return taken
    if not obstacle:
        try:
            publishing.approve_and_publish(
                article,
                by=by,
                at=parsed.date,
                time_known=parsed.date_has_time,
                occasion=Occasion.IMPORT,
            )
        except IncompleteStory as refusal:
            article.refresh_from_db()
            obstacle = _("It stays a draft: %(reasons)s") % {"reasons": refusal}
    if obstacle:
        return replace(taken, remarks=(*taken.remarks, obstacle))
    outcome = Outcome.UPDATED if taken.outcome is Outcome.UNCHANGED else taken.outcome
    return replace(taken, outcome=outcome)


def _obstacle(taken: Taken, parsed: ParsedArticle) -> str:
    if taken.article.visibility is Visibility.WITHDRAWN:
        return _(
            "The story was withdrawn and stays so; publish it at the desk if you want it back."
        )
    if taken.withheld:
        return taken.withheld
    if parsed.date is None:
        return _("It stays a draft: the document has no usable date.")
    if parsed.date > timezone.now():
        return _("It stays a draft: the document's date lies in the future.")
    return ""


def _keep(
    incoming: Incoming, text: str, taken: Taken, filed: Filed, *, by: User | None
) -> ImportedDocument:
    return ImportedDocument.objects.create(
        **_original(incoming, text, by=by),
        outcome=taken.outcome,
        article=taken.article,
        revision_id=taken.article.working_revision_id,
        remarks=list(taken.remarks),
        facts=filed.facts,
        dropped=filed.dropped,
        pictures=filed.pictures,
    )


def _refuse(
    incoming: Incoming, text: str, sentence: str, line: int | None, *, by: User | None
) -> Taken:
    """Keep what failed, once, with the reason."""
    original = _original(incoming, text, by=by)
    ImportedDocument.objects.update_or_create(
        import_ref=original.pop("import_ref"),
        sha256=original.pop("sha256"),
        outcome=Outcome.FAILED,
        defaults=original | {"sentence": sentence, "line": line},
    )
    return Taken(Outcome.FAILED, sentence=sentence, line=line)


def _original(incoming: Incoming, text: str, *, by: User | None) -> dict[str, Any]:
    return {
        "import_ref": incoming.import_ref,
        "file_name": incoming.file_name,
        "text": text,
        "raw": None if text.encode() == incoming.data else incoming.data,
        "category_as": incoming.category_as.value,
        "sha256": _hash(text.encode() if text else incoming.data),
        "imported_by": by,
    }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
