"""Simple pages: what the outlet says of itself is rendered when it is saved, as stories are."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles.body.sanitising import sanitise
from articles.desk import picturing
from articles.models import Page, User
from articles.workflow import NotAllowed


def may_save(user: User | None, page: Page) -> bool:
    """Whether `user` may begin or change `page`; `None` is the newsroom itself."""
    verb = "change" if page.pk else "add"
    return user is None or user.has_perm(f"articles.{verb}_page")


@transaction.atomic
def save(page: Page, *, by: User | None) -> Page:
    """Store `page` as it is, with its final HTML, and note which pictures its text shows.

    Readers of a public page see it at once. Raises `NotAllowed`.
    """
    if not may_save(by, page):
        raise NotAllowed(_("You do not have the right to change the outlet's pages."))
    page.body = sanitise(page.body)
    page.rendered_body = picturing.rendered(page.body)
    page.save()
    page.pictures.set(set(picturing.known_in(page.body).values()))
    return page
