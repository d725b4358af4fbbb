"""Which published stories a reader's question finds: the one place that knows how."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.characters import storable
from articles.models import Article
from articles.reader import scripts

MAX_CHARACTERS = 100
MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asked, as it is shown again, its words, and what is wrong with it."""

    text: str = ""
    words: tuple[str, ...] = ()
    problem: str = ""


def question(typed: str) -> Question:
    """What a reader typed, whatever it was; empty without words, for then nobody has asked yet."""
    words = storable(typed).split()
    text = " ".join(words)
    if len(text) > MAX_CHARACTERS:
        sentence = _("Please ask with at most %(n)d characters.") % {"n": MAX_CHARACTERS}
        return Question(text=text[:MAX_CHARACTERS], problem=sentence)
    if len(words) > MAX_WORDS:
        sentence = _("Please ask with at most %(n)d words.") % {"n": MAX_WORDS}
        return Question(text=text, problem=sentence)
    if typed and not words:
        return Question(problem=_("There is no word in this question."))
    return Question(text=text, words=tuple(words))


def found(question: Question) -> QuerySet[Article]:
    """The published stories that answer `question`; none without words."""
    stories = Article.objects.published()
    words = [scripts.as_written(word) for word in question.words]
    return stories.saying(words) if words else stories.none()
