"""Who at the desk: the people a right makes, and those a story can be shown to."""

from django.db.models import Q, QuerySet

from articles.models import Article, User
from articles.workflow import RULES, Verb

_BACKEND = "django.contrib.auth.backends.ModelBackend"  # the one that knows groups


def who_may(permission: str) -> QuerySet[User]:
    """Active members of staff with `permission` (`app_label.codename`), by group or themselves."""
    return User.objects.with_perm(permission, backend=_BACKEND).filter(is_staff=True)


def editors() -> QuerySet[User]:
    """Those who approve stories."""
    return who_may(RULES[Verb.APPROVE].permission)


def chiefs() -> QuerySet[User]:
    """Those who answer for what readers see."""
    return who_may(RULES[Verb.WITHDRAW].permission)


def writers() -> QuerySet[User]:
    """Those a story can be assigned to."""
    return who_may("articles.add_article")


def who_see(article: Article) -> QuerySet[User]:
    """Those at whose desk `article` is, as `rights.has_access` says of each of them."""
    own = Q(pk__in=[article.created_by_id, article.assignee_id])
    readers = who_may("articles.view_article").filter(own)
    return User.objects.filter(
        Q(pk__in=who_may("articles.change_article").values("pk")) | Q(pk__in=readers.values("pk"))
    )
