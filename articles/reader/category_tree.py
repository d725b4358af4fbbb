"""The category tree, loaded once a request: kickers, breadcrumbs and the navigation ask it."""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from articles.models import Article, Category


class CategoryTree:
    """All categories in memory, after one query.

    `has_stories` on each category says whether a published story is filed in it or below.
    """

    def __init__(self):
        self._by_id = {category.pk: category for category in _all_categories()}
        self._children = defaultdict(list)
        for category in self._by_id.values():
            self._children[category.parent_id].append(category)
        for channel in self._children[None]:
            self._look_below(channel)

    def with_slug(self, slug):
        """The category with this slug, or None."""
        return next((c for c in self._by_id.values() if c.slug == slug), None)

    def all(self):
        """Every category, in no order."""
        return list(self._by_id.values())

    def path(self, category_id):
        """From the channel down to the category with this id; empty for None."""
        path = []
        category = self._by_id.get(category_id)
        while category is not None and category not in path:
            path.insert(0, category)
            category = self._by_id.get(category.parent_id)
        return path

    def children(self, category):
        """The categories directly below that have something to read."""
        return [child for child in self._children[category.pk] if child.has_stories]

    def ids_below(self, category):
        """The ids of `category` and of everything below it."""
        ids = [category.pk]
        for child in self._children[category.pk]:
            ids.extend(self.ids_below(child))
        return ids

    def kin_of(self, category_id):
        """The categories of the same channel: id -> which part of the way down is one way, to 1."""
        path = self.path(category_id)
        kin = {}
        for pk in self.ids_below(path[0]) if path else ():
            other = self.path(pk)
            kin[pk] = len([step for step in other if step in path]) / max(len(path), len(other))
        return kin

    def navigation(self):
        """The channels for the bar at the top."""
        return [c for c in self._children[None] if c.in_navigation and c.has_stories]

    def place(self, stories, *, within=None):
        """Give each story its `breadcrumb` (a list of categories) and its `kicker`.

        The kicker is the channel; in a list of the category `within`, where that goes without
        saying, it is the innermost category instead, or None.
        """
        for story in stories:
            story.breadcrumb = self.path(story.category_id)
            story.kicker = _kicker(story.breadcrumb, within)
        return stories

    def _look_below(self, category):
        below = [self._look_below(child) for child in self._children[category.pk]]
        category.has_stories = category.filed or category.also_filed or any(below)
        return category.has_stories


def _kicker(breadcrumb, within):
    if not breadcrumb:
        return None
    if within not in breadcrumb:
        return breadcrumb[0]
    return None if breadcrumb[-1] == within else breadcrumb[-1]


def _all_categories():
    published = Article.objects.published()
    also = Article.also_in.through.objects.filter(
        category=OuterRef("pk"), article__in=published.values("pk")
    )
    return (
        Category.objects.without_tree_fields()
        .annotate(filed=Exists(published.filter(category=OuterRef("pk"))), also_filed=Exists(also))
        .order_by("position", "pk")
    )
