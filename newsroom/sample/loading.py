"""The sample newsroom written to a folder, ready for the importer, as if it ended today."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from articles.importing.dates import MONTHS, Moment, read_date
from newsroom.sample.illustrations import HERE, draw_all

TIME_ZONE = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DATE = re.compile(r"^date: (.*)$", re.MULTILINE)

NUMBERS = re.compile(r"(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d\d)[-/](?P<day>\d\d)")
CHINESE = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
RFC_822 = re.compile(r"[A-Z][a-z]{2}, (?P<day>\d\d) (?P<name>[A-Z][a-z]{2}) (?P<year>\d{4})")


def write_documents(folder: Path, *, today: date, now: datetime | None = None) -> None:
    """Write all documents into `folder`, and the pictures they show into `folder`/pictures.

    All dates are moved by the same number of days, each in its own written form, so that the
    newest document falls on `today` in the outlet's time zone; or earlier, so far as it would
    otherwise lie after `now` (an aware moment, by default the present).
    """
    texts = {path.name: path.read_text("utf-8") for path in documents()}
    days = _days_to_move(texts.values(), today, now or datetime.now(TIME_ZONE))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        moved = DATE.sub(lambda match: f"date: {moved_by(days, match[1])}", text, count=1)
        (folder / name).write_text(moved, "utf-8", newline="\n")
    draw_all(folder / "pictures")


def documents() -> list[Path]:
    """Return the sample documents, by name."""
    return sorted((HERE / "documents").glob("*.md"))


def moved_by(days: int, written: str) -> str:
    """Return a written date moved by whole days; what is no date stays as it is."""
    for form, rewrite in FORMS:
        if match := form.search(written):
            names = match.groupdict()
            month = names["month"] if "month" in names else _month(names["name"])
            day = date(int(names["year"]), int(month), int(names["day"])) + timedelta(days=days)
            return form.sub(rewrite(day, names), written)
    return written


def _days_to_move(texts: Iterable[str], today: date, now: datetime) -> int:
    moments = (read_date(DATE.search(text)[1], time_zone=TIME_ZONE) for text in texts)
    newest = max(moment.when for moment in moments if isinstance(moment, Moment))
    newest = newest.astimezone(TIME_ZONE)
    days = (today - newest.date()).days
    surplus = newest + timedelta(days=days) - now
    return days - max(0, -(-surplus // timedelta(days=1)))


def _month(name: str) -> int:
    return MONTHS.index(name.lower()) + 1


def _numbers(day: date, names: dict[str, str]) -> str:
    return day.isoformat().replace("-", names["mark"])


def _chinese(day: date, _names: dict[str, str]) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rfc_822(day: date, _names: dict[str, str]) -> str:
    month = MONTHS[day.month - 1].capitalize()
    return f"{WEEKDAYS[day.weekday()]}, {day.day:02} {month} {day.year}"


FORMS: tuple[tuple[re.Pattern[str], Callable[[date, dict[str, str]], str]], ...] = (
    (NUMBERS, _numbers),
    (CHINESE, _chinese),
    (RFC_822, _rfc_822),
)
