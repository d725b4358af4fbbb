"""What a large picture costs, measured in a process of its own: `python -m` this file.

Its memory is then the worker's and nobody else's, and it keeps to one core.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from newsroom.management import wide_gamut

SIZE = (6000, 4000)  # 24 megapixels
_SEED = 24


def draw() -> Pillow.Image:
    """Like a photograph: light and shade, and detail of every fineness; always the same."""
    bands = [_band(random.Random(_SEED + number), number) for number in range(3)]  # noqa: S311
    return Pillow.merge("RGB", bands)


def _jpeg(picture: Pillow.Image, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=92, **options)
    return out.getvalue()


def _from_a_phone(picture: Pillow.Image) -> bytes:
    """The most work a JPEG can be: it has to be turned, and its colours to be converted."""
    exif = Pillow.Exif()
    exif[0x0112] = 6
    return _jpeg(picture, exif=exif, icc_profile=wide_gamut.profile())


def _band(chance: random.Random, number: int) -> Pillow.Image:
    light = Pillow.radial_gradient("L") if number % 2 else Pillow.linear_gradient("L")
    band, across, weight = light.resize(SIZE), 4, 0.5
    while across < SIZE[0]:
        grid = (across, across * SIZE[1] // SIZE[0])
        noise = Pillow.frombytes("L", grid, chance.randbytes(grid[0] * grid[1]))
        band = Pillow.blend(band, noise.resize(SIZE, Pillow.Resampling.BICUBIC), weight)
        across, weight = across * 4, weight * 0.6
    return band


def measure(folder: Path, database: str) -> dict[str, Any]:
    """Upload large pictures and make the renditions of one; returns what `_costs` does.

    `folder` is for the files, `database` the name of the one to work in.
    """
    picture = draw()
    (folder / "large.jpg").write_bytes(_jpeg(picture))
    (folder / "phone.jpg").write_bytes(_from_a_phone(picture))
    aside = {"MEDIA_ROOT": str(folder / "large"), "MEDIA_S3_BUCKET": ""}
    done = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-m", __name__, database, str(folder)],
        cwd=settings.BASE_DIR,
        env=os.environ | aside,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def _costs(folder: Path) -> dict[str, Any]:
    """Seconds, megabytes of memory at the peak, and bytes by format: of all files, at 960 wide."""
    from articles.images import renditions  # noqa: PLC0415 -- after django.setup()
    from articles.images.models import Image  # noqa: PLC0415 -- ditto

    picture = folder / "large.jpg"
    taking, number = _upload(picture)
    image, started = Image.objects.get(pk=number), time.perf_counter()
    if not renditions.make(image):
        raise RuntimeError("the renditions could not be made")
    making = time.perf_counter() - started
    phone, _number = _upload(folder / "phone.jpg")
    total, middle = Counter(), Counter()
    for name in renditions.promised(image):
        ending, size = name.rpartition(".")[2], image.file.storage.size(name)
        total[ending] += size
        middle[ending] += size if "/full_960x" in name else 0
    costs = {"taking": taking, "phone": phone, "making": making, "memory": _peak()}
    return costs | {"bytes": picture.stat().st_size, "total": total, "middle": middle}


def _upload(picture: Path) -> tuple[float, int]:
    """Seconds until an editor's upload is answered, and the number of the picture then."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 -- after django.setup()

    client = Client()
    editor, _made = get_user_model().objects.get_or_create(
        username="bench", is_staff=True, is_superuser=True
    )
    client.force_login(editor)
    with picture.open("rb") as file:
        started = time.perf_counter()
        response = client.post(reverse("admin:images_image_upload"), {"file": file})
        answered = time.perf_counter()
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"the upload was answered with {response.status_code}")
    return answered - started, response.json()["id"]


def _peak() -> float:
    """The most memory this process ever held, in MB.

    Linux adds what the parent held to what `getrusage` says, so its own figures are read there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main(database: str, folder: str) -> None:
    """Print the costs as JSON."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    settings.DATABASES["default"]["NAME"] = database
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["testserver"], False
    django.setup()
    json.dump(_costs(Path(folder)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
