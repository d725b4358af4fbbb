"""The admin as one site: its first page, and what its pages may load."""

from django.conf import settings
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override
from unfold.sites import UnfoldAdminSite

from articles.desk import inbox

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
        cookie = settings.CSRF_COOKIE_NAME
        return {**context, "desk_unread": unread, "desk_token_cookie": cookie}
