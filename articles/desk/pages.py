"""Simple pages: rendered when they are saved, as stories are, and every save is a version.

A page is changed by those who saw its newest version, and by no others: what somebody else saved
meanwhile is not silently replaced. No page is ever deleted: its address may be known outside, and
its versions are somebody's words.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from articles.body.sanitising import sanitise
from articles.desk import pictures, picturing
from articles.desk.outlet_time import near
from articles.models import Page, PageVersion, Snapshot, User
from articles.workflow import NotAllowed, TransitionRefused


class SavedMeanwhile(TransitionRefused):
    """Somebody saved the page since it was looked at: `newest` is what they saved."""

    def __init__(self, newest: PageVersion, *, by: User | None):
        super().__init__(_sentence_about(newest, by=by))
        self.newest = newest


def may_save(user: User | None, page: Page) -> bool:
    """Whether `user` may begin or change `page`; `None` is the newsroom itself."""
    verb = "change" if page.pk else "add"
    return user is None or user.has_perm(f"articles.{verb}_page")


def newest_version(page: Page) -> PageVersion | None:
    """What was saved last; None for a page that nobody saved at the desk."""
    return page.versions.newest_first().first()


def version_shown(page: Page) -> PageVersion | None:
    """The newest version, if `page` as it was read says the same; else somebody was faster."""
    newest = newest_version(page)
    return newest if newest and newest.content == page.content else None


@transaction.atomic
def save(page: Page, *, by: User | None) -> Page:
    """Store `page` as it is, with its final HTML, as its newest version.

    Nothing happens if it says what the newest version says. Readers of a public page see it at
    once; its remote pictures are sent for. Who saved meanwhile is not looked at, see `save_edit`
    for that. Raises `NotAllowed`.
    """
    _begin(page, by)
    return _write(page, by=by)


@transaction.atomic
def save_edit(page: Page, *, by: User | None, based_on: PageVersion | None) -> Page:
    """Save an edit that began from the version `based_on` (None: nobody knows from which).

    One that changed nothing of it is none. Raises `SavedMeanwhile` if there is a newer one that
    says something else, and `NotAllowed`.
    """
    stored = _begin(page, by)
    page.body = sanitise(page.body)
    if based_on is not None and based_on.content == page.content:
        return stored
    _require_newest(page, seen=based_on, by=by)
    return _write(page, by=by)


@transaction.atomic
def restore(version: PageVersion, *, by: User | None, seen: PageVersion | None) -> Page:
    """Bring the words of an old version back (title, text, description), as a new version.

    Where the page stands, and whether readers see it, stays as it is: another page may have the
    old address now. `seen`: the newest version that was on the screen. Raises `SavedMeanwhile`
    and `NotAllowed`.
    """
    page = _begin(version.page, by)
    page.title, page.body, page.description = version.title, version.body, version.description
    _require_newest(page, seen=seen, by=by)
    return _write(page, by=by, restores=version)


def _begin(page: Page, by: User | None) -> Page:
    """Hold the row of `page`, if it has one, until the transaction ends; the page as it is now."""
    if not may_save(by, page):
        raise NotAllowed(_("You do not have the right to change the outlet's pages."))
    if page.pk is None:
        return page
    return Page.objects.select_for_update(no_key=True).get(pk=page.pk)


def _require_newest(page: Page, *, seen: PageVersion | None, by: User | None) -> None:
    newest = newest_version(page)
    if newest is None or newest == seen or newest.content == page.content:
        return
    raise SavedMeanwhile(newest, by=by)


def _write(page: Page, *, by: User | None, restores: PageVersion | None = None) -> Page:
    page.body = sanitise(page.body)
    newest = newest_version(page) if page.pk else None
    if newest is not None and newest.content == page.content:
        return page
    pictures.send_for(Snapshot(body=page.body))
    page.rendered_body = picturing.rendered(page.body)
    page.save()
    page.pictures.set(set(picturing.known_in(page.body).values()))
    number = newest.number + 1 if newest else 1
    PageVersion.objects.create(
        page=page, number=number, restores=restores, created_by=by, **page.content
    )
    return page


def _sentence_about(newest: PageVersion, *, by: User | None) -> str:
    facts = {
        "person": newest.created_by or _("The newsroom"),
        "number": newest.number,
        "time": near(newest.created_at),
    }
    if by is not None and newest.created_by == by:
        return _("You saved version %(number)s of this page in another window %(time)s.") % facts
    return _("%(person)s saved version %(number)s of this page %(time)s.") % facts
