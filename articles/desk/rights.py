"""Who may do what to which story: the workflow's table, asked for a person."""

from django.utils.translation import gettext_lazy as _

from articles.models import Article, User
from articles.workflow import (
    RULES,
    NotAllowed,
    Verb,
    is_permitted,
    is_possible,
)


def may(user: User | None, verb: Verb, article: Article | None = None) -> bool:
    """Whether `user` has the right to `verb` on `article`, whatever its stage allows.

    `None` is the newsroom itself (importer, scheduler), which may everything. `Verb.CREATE` needs
    no article.
    """
    if user is None:
        return True
    if not user.is_active:
        return False
    if verb is Verb.CREATE or article is None:
        return user.has_perm("articles.add_article")
    return is_permitted(
        verb,
        permissions=user.get_all_permissions(),
        stage=article.stage,
        visibility=article.visibility,
        owns=owns(user, article),
    )


def owns(user: User, article: Article) -> bool:
    """Whether `article` is the person's own: they began it, or it is assigned to them."""
    return user.pk in {article.created_by_id, article.assignee_id}


def require(user: User | None, verb: Verb, article: Article | None = None) -> None:
    """Raise `NotAllowed` unless `user` may do `verb`."""
    if not may(user, verb, article):
        raise NotAllowed(
            _("You do not have the right to do this: %(verb)s.") % {"verb": verb.label}
        )


def has_access(user: User | None, article: Article) -> bool:
    """Whether `article` is at the desk of `user`: editors see every story, others their own."""
    if user is None:
        return True
    reads_own = owns(user, article) and user.has_perm("articles.view_article")
    return user.is_active and (reads_own or user.has_perm("articles.change_article"))


def require_access(user: User | None, article: Article) -> None:
    """Raise `NotAllowed` unless `article` is at the desk of `user`."""
    if not has_access(user, article):
        raise NotAllowed(_("This story is not yours."))


def available_verbs(article: Article, *, by: User) -> list[Verb]:
    """What `by` may do to `article` as it stands, in the order of the workflow."""
    return [
        verb
        for verb in RULES
        if is_possible(verb, stage=article.stage, visibility=article.visibility)
        and (verb is not Verb.DROP_WITHDRAWAL or article.withdraw_at is not None)
        and may(by, verb, article)
    ]
