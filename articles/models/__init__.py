"""What we store.

Dependencies among these modules point one way, in the order in which they are imported here;
none of them knows the desk, the reader pages or the admin.
"""

# ruff: noqa: I001 - the order is the statement

from articles.models.user import User
from articles.models.author import Author
from articles.models.category import Category
from articles.models.tag import Tag, TaggedArticle
from articles.models.outlet import Outlet
from articles.models.page import Page
from articles.models.page_version import PageVersion
from articles.models.article import Article
from articles.models.byline import Byline
from articles.models.front_page import BreakingChange, FrontPageChange, FrontPageSlot
from articles.models.picture_use import PictureUse
from articles.models.snapshot import Snapshot
from articles.models.revision import Revision, RevisionName
from articles.models.autosave import Autosave
from articles.models.presence import Presence
from articles.models.conflict import Conflict
from articles.models.event import Event
from articles.models.preview_link import PreviewLink
from articles.models.note import Note
from articles.models.notification import Notification
from articles.models.link_check import LinkCheck
from articles.models.imported_document import ImportedDocument

__all__ = [
    "Article",
    "Author",
    "Autosave",
    "BreakingChange",
    "Byline",
    "Category",
    "Conflict",
    "Event",
    "FrontPageChange",
    "FrontPageSlot",
    "ImportedDocument",
    "LinkCheck",
    "Note",
    "Notification",
    "Outlet",
    "Page",
    "PageVersion",
    "PictureUse",
    "Presence",
    "PreviewLink",
    "Revision",
    "RevisionName",
    "Snapshot",
    "Tag",
    "TaggedArticle",
    "User",
]
