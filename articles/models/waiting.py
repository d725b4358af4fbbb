"""The questions about work: what waits for whom, and what waits for anybody."""

from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from articles.models.timing import PUBLISHED, TimedQuerySet
from articles.workflow import AWAITED, RULES, UNFINISHED, Stage, Verb

# A live story in one of these has a text that readers do not see yet. Said so, and not by
# comparing two columns, so that an index finds the few among very many.
BEING_CHANGED = PUBLISHED & Q(
    stage__in=[stage for stage in Stage if stage not in (Stage.LIVE, Stage.WITHDRAWN)]
)


def _unfinished_and_expected_of(user):
    changes_asked = Q(created_by=user, assignee=None, stage=Stage.CHANGES_REQUESTED)
    return Q(assignee=user, stage__in=UNFINISHED) | changes_asked


class WaitingQuerySet(TimedQuerySet):
    """Questions; nothing here changes a row."""

    def owned_by(self, user):
        """Stories `user` began, and those that are assigned to them."""
        return self.filter(Q(created_by=user) | Q(assignee=user))

    def at_the_desk_of(self, user):
        """What `user` may see in the admin: editors everything, reporters their own."""
        if user.has_perm("articles.change_article"):
            return self
        return self.owned_by(user) if user.has_perm("articles.view_article") else self.none()

    def drafts_of(self, user):
        """What `user` is writing and nobody expects of them, the latest first.

        Of their unfinished stories each is here or in what is `waiting_for` them.
        """
        unfinished = self.owned_by(user).filter(stage__in=UNFINISHED)
        return unfinished.exclude(_unfinished_and_expected_of(user)).order_by("-edited_at", "-pk")

    def waiting_for(self, user):
        """What others expect of `user`, the most urgent and then the oldest first.

        Stories assigned to them and unfinished, changes asked for in their own, and for those who
        review whatever is in review.
        """
        expected = _unfinished_and_expected_of(user)
        if user.has_perm(RULES[Verb.APPROVE].permission):
            expected |= Q(stage=Stage.IN_REVIEW)
        return self.filter(expected).order_by(F("due_at").asc(nulls_last=True), "edited_at", "pk")

    def due_before(self, moment: datetime):
        """Stories that should be ready by `moment` (aware) and are not, the most urgent first."""
        return self.filter(due_at__lt=moment, stage__in=AWAITED).order_by("due_at", "pk")

    def overdue(self):
        """Stories that should be ready by now."""
        return self.due_before(timezone.now())

    def being_changed(self):
        """Live stories with a text at the desk that readers do not see yet, the latest first."""
        return self.filter(BEING_CHANGED).order_by("-edited_at", "-pk")

    def in_conflict(self):
        """Stories of which two texts wait for somebody to choose."""
        conflicts = self.model.conflicts.rel.related_model.objects.open()
        return self.filter(pk__in=conflicts.order_by().values("article"))

    def happening_between(self, start: datetime, end: datetime):
        """Stories that went or go live, are due or withdrawn from `start` until before `end`."""
        ids = self.model.objects.order_by().values("pk")
        return self.filter(
            pk__in=ids.filter(PUBLISHED, published_at__gte=start, published_at__lt=end).union(
                ids.filter(stage=Stage.SCHEDULED, scheduled_at__gte=start, scheduled_at__lt=end),
                ids.filter(withdraw_at__gte=start, withdraw_at__lt=end),
                ids.filter(stage__in=AWAITED, due_at__gte=start, due_at__lt=end),
            )
        )

    def concerning(self, user):
        """Stories `user` began, has to finish, or has signed."""
        bylines = self.model.bylines.rel.related_model.objects.order_by()
        signed = bylines.filter(author__user=user).values("article")
        return self.filter(Q(created_by=user) | Q(assignee=user) | Q(pk__in=signed))
