"""The readers' stylesheet as one file: its parts are joined when static files are collected.

It is written as small files, one for each component, which `site.css` imports. A browser would ask
for each of them; joined, it asks once. In development the parts are served as they are written.
"""

import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath

from django.core.files.base import ContentFile

SHEET = "newsroom/css/site.css"
_IMPORT = re.compile(
    r'^@import url\("(?P<part>[\w.-]+)"\) layer\((?P<layer>\w+)\)(?P<media> [^;]+)?;$', re.MULTILINE
)


class JoinedStylesheet:
    """A mixin for a storage of hashed static files: `SHEET` takes the place of its imports."""

    def post_process(self, paths, dry_run=False, **options):  # noqa: FBT002 - Django's signature
        if SHEET in paths and not dry_run:
            paths = paths | {SHEET: (self, self._join(paths))}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, paths):
        css = joined(partial(_read, paths))
        self.delete(SHEET)
        return self.save(SHEET, ContentFile(css.encode()))


def joined(read: Callable[[str], str]) -> str:
    """The stylesheet with its parts in it; `read` returns the text of a static file by its name."""

    def part(found):
        name = str(PurePosixPath(SHEET).with_name(found["part"]))
        return in_layer(read(name), found["layer"], (found["media"] or "").strip())

    return _IMPORT.sub(part, read(SHEET))


def in_layer(css: str, layer: str, media: str = "") -> str:
    """What `@import url(…) layer(…) media` stands for, written out (CSS Cascade 5, section 2)."""
    block = f"@layer {layer} {{\n{css.strip()}\n}}"
    return f"@media {media} {{\n{block}\n}}" if media else block


def _read(paths, name):
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
