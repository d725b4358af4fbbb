"""The pictures of the sample newsroom, drawn when they are needed: one name, one picture."""

import re
import tomllib
from io import BytesIO
from pathlib import Path

from PIL import Image

from newsroom.sample import constructed, grown, portraits
from newsroom.sample.paper import INKS, Sheet

HERE = Path(__file__).parent
PICTURES: dict[str, dict] = tomllib.loads((HERE / "pictures.toml").read_text("utf-8"))
COMPOSITIONS = {**vars(constructed), **vars(grown), **vars(portraits)}

WIDE = (1600, 900)
LARGEST = 150_000  # bytes
QUALITIES = (82, 72, 62, 50)  # the first that keeps a file under LARGEST
MENTION = re.compile(r'pictures/([\w-]+)\.webp|"(?:portrait|cover)": "([\w-]+)"')


def draw(name: str, size: tuple[int, int] = WIDE) -> Image.Image:
    """Draw the picture of that name, the same every time; raises KeyError for an unknown name.

    `size` is in pixels.
    """
    facts = dict(PICTURES[name])
    facts.pop("pixels", None)
    composition = COMPOSITIONS[facts.pop("composition")]
    sheet = Sheet(size, INKS[facts.pop("inks")], seed=name)
    composition(sheet, **facts)
    return sheet.finished()


def size_of(name: str) -> tuple[int, int]:
    """Return the size in pixels at which a picture is meant to be drawn."""
    width, height = PICTURES[name].get("pixels", WIDE)
    return width, height


def mentioned() -> list[str]:
    """Return the names of the pictures that stories, authors and channels show, in order."""
    texts = [path.read_text("utf-8") for path in (HERE / "documents").glob("*.md")]
    texts += [(HERE / name).read_text("utf-8") for name in ("authors.json", "categories.json")]
    return sorted({found[1] or found[2] for text in texts for found in MENTION.finditer(text)})


def draw_all(folder: Path) -> list[Path]:
    """Draw every picture that is shown into `folder`, as WebP; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in mentioned():
        path = folder / f"{name}.webp"
        path.write_bytes(_packed(draw(name, size_of(name))))
        paths.append(path)
    return paths


def _packed(image: Image.Image) -> bytes:
    for quality in QUALITIES:
        packed = BytesIO()
        image.save(packed, "WEBP", quality=quality, method=2)
        if packed.tell() <= LARGEST:
            break
    return packed.getvalue()
