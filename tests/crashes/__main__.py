"""`python -m tests.crashes`: one run on the database that DATABASE_URL names, which must be new.

Prints what was done and what is wrong; the exit status is 1 if anything is.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import django


def main() -> int:
    """Set the stage, kill what was asked for, and account for everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        os.environ |= {"MEDIA_ROOT": f"{folder}/media", "STATIC_ROOT": f"{folder}/static"}
        Path(folder, "static").mkdir()
        django.setup()
        from tests.crashes import run  # noqa: PLC0415 - needs the settings

        findings = run.run(kills=options.kills, seed=options.seed, stop=threading.Event())
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
