"""The admin as one site: its first page, and what its pages may load."""

from django.db.models import F
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override
from unfold.sites import UnfoldAdminSite

from articles.desk import inbox
from articles.models import Article
from articles.workflow import Stage
from newsroom.attention import pictures_that_need_somebody

_LIST_LENGTH = 8

# What the desk's pages may load. Readers' pages are stricter (`SECURE_CSP`).
ADMIN_CSP = {
    "default-src": [CSP.SELF],
    # 'unsafe-eval': the skin's Alpine.js compiles the expressions in its templates. The nonce is
    # for the one inline script there is, the import map of the body editor's modules.
    "script-src": [CSP.SELF, CSP.UNSAFE_EVAL, CSP.NONCE],
    # The skin writes its colours as an inline style, and Alpine, htmx, Select2 and ProseMirror
    # set style attributes.
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    # Pictures that are still on other sites, and those an upload form shows before it is sent.
    "img-src": [CSP.SELF, "data:", "blob:", "https:", "http:"],
    "media-src": [CSP.SELF, "https:", "http:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],  # the preview beside the text
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}


class NewsroomAdminSite(UnfoldAdminSite):
    index_title = _("Editorial desk")
    enable_nav_sidebar = True

    def admin_view(self, view, cacheable=False):  # noqa: FBT002 - Django's signature
        return csp_override(ADMIN_CSP)(super().admin_view(view, cacheable))

    def login(self, request, extra_context=None):
        return csp_override(ADMIN_CSP)(super().login)(request, extra_context)

    def each_context(self, request):
        context = super().each_context(request)
        unread = inbox.unread_count(request.user) if context["has_permission"] else 0
        return {**context, "desk_unread": unread}

    def index(self, request, extra_context=None):
        return super().index(request, {**(extra_context or {}), **desk_lists(request.user)})


def desk_lists(user):
    """What somebody wants to see first: their own drafts, what waits, what went out."""
    stories = Article.objects.at_the_desk_of(user).defer("body", "rendered_body")
    own = stories.owned_by(user).filter(stage__in=[Stage.DRAFT, Stage.CHANGES_REQUESTED])
    waiting = stories.filter(stage=Stage.IN_REVIEW).order_by("edited_at").with_bylines()
    soonest = F("scheduled_at").asc(nulls_last=True)
    ready = stories.filter(stage__in=[Stage.APPROVED, Stage.SCHEDULED]).order_by(soonest)
    published = stories.published().newest_first().select_related("category")
    return {
        "desk_attention": pictures_that_need_somebody(user),
        "desk_own": own[:_LIST_LENGTH],
        "desk_waiting": waiting[:_LIST_LENGTH],
        "desk_ready": ready[:_LIST_LENGTH],
        "desk_published": published[:_LIST_LENGTH],
    }
