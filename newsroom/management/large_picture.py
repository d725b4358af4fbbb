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
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from PIL import Image as Pillow

SIZE = (6000, 4000)  # 24 megapixels
_SEED = 24


def draw() -> bytes:
    """A JPEG like a photograph: light and shade, and detail of every fineness; always the same."""
    bands = [_band(random.Random(_SEED + number), number) for number in range(3)]  # noqa: S311
    out = BytesIO()
    Pillow.merge("RGB", bands).save(out, "JPEG", quality=92)
    return out.getvalue()


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
    """Take a large picture in and make its renditions; returns what `_costs` does.

    `folder` is for the files, `database` the name of the one to work in.
    """
    picture = folder / "large.jpg"
    picture.write_bytes(draw())
    aside = {"MEDIA_ROOT": str(folder / "large"), "MEDIA_S3_BUCKET": ""}
    done = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-m", __name__, database, str(picture)],
        cwd=settings.BASE_DIR,
        env=os.environ | aside,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def _costs(picture: Path) -> dict[str, Any]:
    """Seconds, megabytes of memory at the peak, and bytes by format: of all files, at 960 wide."""
    from articles.images import intake, renditions  # noqa: PLC0415 -- after django.setup()

    started = time.perf_counter()
    image = intake.take_in(picture.read_bytes())
    taken = time.perf_counter()
    if not renditions.make(image):
        raise RuntimeError("the renditions could not be made")
    made = time.perf_counter()
    total, middle = Counter(), Counter()
    for name in renditions.promised(image):
        ending, size = name.rpartition(".")[2], image.file.storage.size(name)
        total[ending] += size
        middle[ending] += size if "/full_960x" in name else 0
    costs = {"taking": taken - started, "making": made - taken, "memory": _peak()}
    return costs | {"bytes": picture.stat().st_size, "total": total, "middle": middle}


def _peak() -> float:
    """The most memory this process ever held, in MB.

    Linux adds what the parent held to what `getrusage` says, so its own figures are read there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main(database: str, picture: str) -> None:
    """Print the costs as JSON."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    json.dump(_costs(Path(picture)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
