"""What a browser is given that sees nothing but the pages: there is no server and no network."""

import re
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

from articles.reader import stylesheets

ORIGIN = "http://localhost"
#: pictures of the constructed stories that have not come home: until then they are where they were
ELSEWHERE = "pictures.example.org"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="5"/>'


class Answers:
    """The site without a server: every page with 200, so that a browser has no more to say."""

    def __init__(self, pages, pictures):
        self.pages = {page.path: page for page in pages.values()}
        self.pictures = pictures
        self.sheet = stylesheets.joined(_sheet)

    def give(self, route):
        url = urlsplit(route.request.url)
        path = re.sub(r"#.*", "", route.request.url.removeprefix(ORIGIN))
        if path in self.pages:
            page = self.pages[path]
            route.fulfill(status=200, headers=page.headers, body=page.html)
        elif path.endswith("/site.css"):
            route.fulfill(body=self.sheet, content_type="text/css")
        elif path.startswith("/static/"):
            route.fulfill(path=finders.find(url.path.removeprefix("/static/")))
        elif path in self.pictures:
            route.fulfill(body=self.pictures[path], content_type="image/png")
        elif url.netloc == ELSEWHERE:
            route.fulfill(body=SVG, content_type="image/svg+xml")
        else:
            route.fulfill(status=404)


def _sheet(name):
    with open(finders.find(name), encoding="utf-8") as file:  # noqa: PTH123 -- a plain string
        return file.read()
