"""Where every address of the site is wired."""

from django.contrib import admin
from django.urls import include, path

from newsroom import previews
from newsroom.calendar_feed import calendar_feed
from newsroom.views import favicon, healthz, healthz_desk, media

handler404 = "articles.reader.views.not_found"
handler500 = "newsroom.failures.failed"

urlpatterns = [
    path("healthz/", healthz, name="healthz"),
    path("healthz/desk/", healthz_desk, name="healthz_desk"),
    path("favicon.ico", favicon),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/articles/article/<int:pk>/preview/", previews.story, name="desk_preview"),
    path(
        "admin/articles/article/preview/<uuid:number>/",
        previews.new_story,
        name="desk_preview_new",
    ),
    path("admin/front-page/preview/", previews.front, name="desk_front_page_preview"),
    path("admin/front-page/fills/", previews.fills, name="desk_front_page_fills"),
    path("admin/", include("articles.admin.front_page")),
    path("admin/", include("articles.admin.own_pages")),
    path("admin/", include("articles.admin.calendar_pages")),
    path("admin/", admin.site.urls),
    path("calendar/<str:secret>.ics", calendar_feed, name="calendar_feed"),
    path("media/<path:path>", media, name="media"),
    path("", include("articles.reader.urls")),
]
