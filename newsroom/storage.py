"""Where pictures live by default: a folder, in which a file is there whole or not at all."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from newsroom import media


@dataclass(frozen=True, slots=True)
class Held:
    """What a storage knows of a file without reading it.

    `size` in bytes, `written_at` in seconds since 1970, `etag` strong and quoted (RFC 9110, 8.8.3).
    """

    size: int
    written_at: int
    etag: str


class KeepsNames:
    """A storage in which a name that follows from the content is never renamed.

    What lies under it already is the same picture, or the rest of one that a killed worker left:
    either way it may be written again. Other names are kept apart as usual.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        fits = not max_length or len(name) <= max_length
        if fits and media.never_changes(name):
            return name
        return super().get_available_name(name, max_length)


class Folder(KeepsNames, FileSystemStorage):
    """A folder of this machine, or one that machines share."""

    def _save(self, name: str, content: File) -> str:
        """Write beside the name, then rename: who dies half-way leaves nothing under the name."""
        if not media.never_changes(name):
            return super()._save(name, content)
        folder = name.rpartition("/")[0]
        unfinished = os.path.join(folder, f".{token_hex(8)}.part")  # noqa: PTH118 -- not a path yet
        place = Path(self.path(unfinished))
        try:
            super()._save(unfinished, content)
            _settle(place)
            place.replace(self.path(name))
        except BaseException:
            place.unlink(missing_ok=True)
            raise
        return name

    def look(self, name: str) -> Held:
        """What is known of the file `name`; raises FileNotFoundError, or another OSError."""
        try:
            return _held(Path(self.path(name)).stat(), name)
        except NotADirectoryError as error:
            raise FileNotFoundError(name) from error

    def fetch(self, name: str) -> tuple[Held, BinaryIO]:
        """The same, and the file's bytes, to be read and closed."""
        self.look(name)
        file = Path(self.path(name)).open("rb")  # noqa: SIM115 -- the caller closes it
        return _held(os.fstat(file.fileno()), name), file


def _held(facts: os.stat_result, name: str) -> Held:
    if not stat.S_ISREG(facts.st_mode):
        raise FileNotFoundError(name)
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    return Held(facts.st_size, int(facts.st_mtime), etag)


def _settle(place: Path) -> None:
    """Wait until a file is on the disk, so that no power cut leaves an empty one under its name."""
    with place.open("rb") as file:
        os.fsync(file.fileno())
