"""Readers' addresses. They are promises: a path here never changes its meaning."""

from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from articles.reader import (
    all_tags,
    archives,
    cards,
    converters,
    embeds,
    feeds,
    previews,
    qr_codes,
    robots,
    search_page,
    simple_pages,
    sitemaps,
    views,
    web_app,
)

__all__ = ["converters", "urlpatterns"]


def _page(address, view, name=None):
    """One page; a reader who has it already is told so (RFC 9110, section 13)."""
    return path(address, conditional_page(view), name=name)


def _list(address, view, name):
    """The addresses of a list: its newest page and the older ones."""
    return [
        _page(address, view, name),
        _page(f"{address}before/<cursor:before>/", view, f"{name}_before"),
    ]


def _feed(address, feed, name):
    return path(f"{address}feed/", require_safe(conditional_page(feed())), name=name)


urlpatterns = [
    _page("manifest.webmanifest", web_app.manifest, "web_app_manifest"),
    path("icon/<slug:purpose>-<int:side>.png", web_app.icon, name="web_app_icon"),
    _page("sw.js", web_app.worker, "web_app_worker"),
    _page("offline/", web_app.offline, "offline"),
    *_list("", views.front, "front"),
    _page("articles/<int:pk>/", views.article),
    _page("articles/<int:pk>/<str:slug>/", views.article, "article"),
    _page("a/<int:pk>/", views.article, "article_short"),
    _page("a/<int:pk>/qr.svg", qr_codes.qr_code, "article_qr"),
    *_list("category/<slug:slug>/", views.category, "category"),
    *_list("tag/<slug:slug>/", views.tag, "tag"),
    *_list("author/<slug:slug>/", views.author, "author"),
    _page("pages/<slug:slug>/", simple_pages.simple_page, "page"),
    _page("card/<int:pk>-<slug:digest>.png", cards.story_card, "card"),
    _page("card/<int:pk>/<str:shape>-<slug:digest>.png", cards.shaped_card, "shaped_card"),
    _page("card/site-<slug:digest>.png", cards.site_card, "site_card"),
    _page("archive/", archives.archive, "archive"),
    _page("archive/<yyyy:year>/", archives.year, "year"),
    *_list("archive/<yyyy:year>/<mm:month>/", archives.month, "month"),
    *_list("archive/<yyyy:year>/<mm:month>/<dd:day>/", archives.day, "day"),
    _page("tags/", all_tags.all_tags, "tags"),
    _page("search/", search_page.search, "search"),
    _feed("", feeds.StoryFeed, "feed"),
    _feed("category/<slug:slug>/", feeds.CategoryFeed, "category_feed"),
    _feed("tag/<slug:slug>/", feeds.TagFeed, "tag_feed"),
    _feed("author/<slug:slug>/", feeds.AuthorFeed, "author_feed"),
    _page("embed/<slug:provider>/<str:id>/", embeds.embed, "embed"),
    path("preview/<slug:token>/", previews.preview, name="preview"),
    path("preview/<slug:token>/comment/", previews.comment, name="preview_comment"),
    _page("robots.txt", robots.robots, "robots"),
    _page("<slug:key>.txt", robots.indexnow_key, "indexnow_key"),
    _page("sitemap.xml", sitemaps.index, "sitemap"),
    _page("news-sitemap.xml", sitemaps.news, "news_sitemap"),
    _page("sitemap/lists.xml", sitemaps.lists, "sitemap_lists"),
    _page("sitemap/tags-<int:part>.xml", sitemaps.tags, "sitemap_tags"),
    _page("sitemap/authors-<int:part>.xml", sitemaps.authors, "sitemap_authors"),
    _page("sitemap/<yyyy:year>-<mm:month>.xml", sitemaps.month, "sitemap_month"),
]
