"""How the admin looks: titles, colours, style sheets and what its sidebar leads to."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

UNFOLD = {
    "SITE_TITLE": _("Newsroom"),
    "SITE_HEADER": _("Newsroom"),
    "SITE_SUBHEADER": _("Editorial desk"),
    "SITE_SYMBOL": "newspaper",
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "6px",
    "ACCOUNT": {
        "navigation": [
            {"title": _("Notifications by mail"), "link": reverse_lazy("desk_letters")},
            {"title": _("Change password"), "link": reverse_lazy("admin:password_change")},
        ]
    },
    "DASHBOARD_CALLBACK": "newsroom.dashboard.with_overview",
    "STYLES": [
        lambda request: static("articles/desk/desk.css"),
        lambda request: static("articles/desk/library.css"),
        lambda request: static("articles/desk/overview.css"),
        lambda request: static("articles/desk/talk.css"),
    ],
    "COLORS": {
        "primary": {
            "50": "oklch(97% .014 254)",
            "100": "oklch(93% .032 255)",
            "200": "oklch(88% .059 254)",
            "300": "oklch(81% .105 252)",
            "400": "oklch(71% .165 255)",
            "500": "oklch(62% .19 259)",
            "600": "oklch(54% .2 262)",
            "700": "oklch(48% .19 263)",
            "800": "oklch(42% .16 265)",
            "900": "oklch(38% .13 266)",
            "950": "oklch(28% .09 268)",
        },
    },
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": "newsroom.navigation.sidebar",
    },
}
