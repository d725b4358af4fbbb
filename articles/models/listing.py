"""The questions about stories: what is published, where, by whom, and which page of it."""

from datetime import datetime
from functools import reduce

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.fields.json import KeyTextTransform

from articles.models.timing import PUBLISHED
from articles.models.waiting import BEING_CHANGED, WaitingQuerySet
from articles.workflow import SETTLED

__all__ = ["PREFERRED", "PUBLISHED", "ArticleQuerySet"]

# What no other address is preferred to; the desk takes a story's own for none.
PREFERRED = Q(canonical_url="")

_TITLE = KeyTextTransform("title", "content")


class ArticleQuerySet(WaitingQuerySet):
    """Questions; nothing here changes a row."""

    def published(self):
        """Stories readers see now."""
        return self.filter(PUBLISHED)

    def withdrawn(self):
        """Stories whose address answers 410."""
        return self.filter(withdrawn_at__isnull=False)

    def ever_published(self):
        """Stories readers see or saw."""
        return self.filter(first_published_at__isnull=False)

    def preferred(self):
        """Stories that search engines are to know at their own address, and at no other."""
        return self.filter(PREFERRED)

    def not_sponsored(self):
        """Stories nobody paid for."""
        return self.filter(sponsored=False)

    def live_or_settled(self):
        """Stories readers see, and those that are approved to be seen."""
        return self.filter(PUBLISHED | Q(stage__in=SETTLED, withdrawn_at=None))

    def titled(self, words: list[str]):
        """Stories with each of `words` in the title."""
        return reduce(lambda found, word: found.filter(title__icontains=word), words, self)

    def newest_first(self):
        """In the order of every public list; equal times are told apart by id."""
        return self.order_by("-published_at", "-pk")

    def in_category(self, category):
        """Filed in `category` or below it, first or also."""
        tree = category.descendants(include_self=True).values_list("pk", flat=True)
        return self.in_categories(list(tree))

    def in_categories(self, ids):
        """Filed, first or also, in one of the categories with these ids."""
        also = self.model.also_in.through.objects.filter(article=OuterRef("pk"), category__in=ids)
        return self.filter(Q(category__in=ids) | Exists(also))

    def tagged(self, tag):
        """Stories that carry `tag`."""
        return self.filter(taggings__tag=tag)

    def by_author(self, author):
        """Stories with `author` in the byline, in whatever role."""
        bylines = self.model.authors.through.objects.filter(article=OuterRef("pk"), author=author)
        return self.filter(Exists(bylines))

    def published_between(self, start: datetime, end: datetime):
        """Stories published from `start` until just before `end` (both aware)."""
        return self.filter(published_at__gte=start, published_at__lt=end)

    def handled_since(self, moment: datetime):
        """Stories that somebody edited, moved or published since `moment`, the latest first."""
        return self.filter(edited_at__gte=moment).order_by("-edited_at", "-pk")

    def before(self, moment: datetime, pk: int):
        """What follows a story published at `moment` with id `pk` in a public list."""
        return self.filter(
            Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=pk),
            published_at__lte=moment,
        )

    def for_listing(self):
        """With what a card shows, without the text: two queries whatever the length."""
        return self.select_related("header_image").defer("body", "rendered_body").with_bylines()

    def with_bylines(self):
        """With the bylines and their authors, in order."""
        bylines = self.model.authors.through.objects.select_related("author__portrait")
        return self.prefetch_related(Prefetch("bylines", queryset=bylines))

    def known_to(self, user):
        """What `user` may know of: what is at the desk of them, and what readers see."""
        return self.at_the_desk_of(user) | self.published()

    def saying(self, words: list[str]):
        """Stories with each of `words` in the title, standfirst, source or byline of their row."""
        return reduce(lambda found, word: found.filter(self._says(word)), words, self)

    def mentioning(self, words: list[str]):
        """Stories with each of `words` in title, standfirst, source or byline.

        The title is also that of a text readers do not see yet; only where there is one, the
        revision is looked into, since opening 100,000 of them takes seconds.
        """
        return reduce(lambda found, word: found.filter(self._mentions(word)), words, self)

    def _says(self, word: str) -> Q:
        bylines = self.model.bylines.rel.related_model
        signed = bylines.objects.order_by().filter(author__name__icontains=word).values("article")
        return (
            Q(title__icontains=word)
            | Q(standfirst__icontains=word)
            | Q(source_name__icontains=word)
            | Q(pk__in=signed)
        )

    def _mentions(self, word: str) -> Q:
        stories = self.model.objects.order_by()
        changed = stories.filter(BEING_CHANGED, working_revision__content__title__icontains=word)
        return self._says(word) | Q(pk__in=changed.values("pk"))

    def with_working_title(self):
        """With `working_title`: what the desk calls it, whatever readers see."""
        revisions = self.model.working_revision.field.related_model.objects
        title = revisions.filter(pk=OuterRef("working_revision")).values(_title=_TITLE)
        return self.annotate(working_title=Subquery(title))
