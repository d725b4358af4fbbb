"""The dates that documents carry: many written forms, one aware moment."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

# Outside these years a date is a slip of a program (0000, 0001, 9999), not of an editor.
FIRST_YEAR, LAST_YEAR = 1900, 2200
# Zero on the clock of programs: what they write when they have no date.
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 100  # characters

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?"
ZONE = r"(?P<zone>Z|UTC?|GMT)?(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?"
NUMBERS = r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
NAMED_MONTH = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
CHINESE_CLOCK = (
    r"(?P<hour>\d{1,2})\s*[:：时點点]\s*(?P<minute>\d{1,2})分?(?:[:：]?(?P<second>\d{1,2})秒?)?"
)

# ISO 8601, and its everyday cousins with slashes, dots and a blank.
ISO = rf"{NUMBERS}(?:(?:T|\s+){CLOCK}\s*{ZONE})?"
# RFC 822 as amended by RFC 2822, section 3.3.
RFC_822 = (
    rf"(?:[a-z]{{3,9}},?\s+)?(?P<day>\d{{1,2}})\s+{NAMED_MONTH}\s+(?P<year>\d{{4}})"
    rf"(?:\s+{CLOCK}\s*{ZONE})?(?:\s*\(.*\))?"
)
# ECMAScript Date.prototype.toString.
ECMASCRIPT = (
    rf"[a-z]{{3}}\s+{NAMED_MONTH}\s+(?P<day>\d{{1,2}})\s+(?P<year>\d{{4}})\s+{CLOCK}\s*{ZONE}"
    r"(?:\s*\(.*\))?"
)
CHINESE = (
    r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
    rf"(?:\s*{CHINESE_CLOCK})?"
)
FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE) for form in (ISO, RFC_822, ECMASCRIPT, CHINESE)
)


class ImpossibleDate(ValueError):
    """A date in a known form that names no moment: 31 February, 25:61, the year 0."""


class Moment(NamedTuple):
    """An aware moment; `has_time` is False when only its day is known."""

    when: datetime
    has_time: bool


def read_date(text: str, *, time_zone: tzinfo) -> Moment | None:
    """Read a date in any known written form; None if the form is not known, or the date
    is zero on a program's clock (1970-01-01 00:00 UTC, or that midnight as written).

    A date without a zone is in `time_zone`. GMT, UT, UTC and Z are UTC; other zone names are not
    guessed at (CST is China's or Chicago's), so their form is unknown. Midnight means that only
    the day is known, and it is the day as written, whatever zone stands behind it: sources that
    know just the day write it as midnight GMT, and shifting that into another zone could only
    make it wrong. Raises ImpossibleDate.
    """
    if len(text) > LONGEST:
        return None
    for form in FORMS:
        if match := form.fullmatch(text.strip()):
            moment = _moment(match.groupdict(), time_zone)
            return None if _is_zero(moment) else moment
    return None


def _is_zero(moment: Moment) -> bool:
    return moment.when == NO_DATE if moment.has_time else moment.when.date() == NO_DATE.date()


def _moment(parts: dict[str, str | None], time_zone: tzinfo) -> Moment:
    month = MONTHS.index(parts["name"].lower()[:3]) + 1 if parts.get("name") else parts["month"]
    clock = [int(parts[name] or 0) for name in ("hour", "minute", "second")]
    try:
        when = datetime(
            int(parts["year"]),
            int(month),
            int(parts["day"]),
            *clock,
            tzinfo=_zone(parts, time_zone) if any(clock) else time_zone,
        )
    except ValueError as error:
        raise ImpossibleDate(str(error)) from error
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise ImpossibleDate(f"year {when.year} is out of range")
    return Moment(when, has_time=any(clock))


def _zone(parts: dict[str, str | None], time_zone: tzinfo) -> tzinfo:
    """Return the zone of a match; raises ValueError for an offset of a day or more."""
    if offset := parts.get("offset"):
        digits = offset[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, 0)
        distance = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-distance if offset.startswith("-") else distance)
    return UTC if parts.get("zone") else time_zone
