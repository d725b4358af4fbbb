"""Parts of addresses that are more than text: what does not convert is no address of ours."""

from django.urls import register_converter

from articles.reader.cursors import Cursor, decode


class CursorConverter:
    """The place in a list behind `before/`."""

    regex = "[0-9a-z]{1,14}-[0-9a-z]{1,13}"

    def to_python(self, value):
        return decode(value)

    def to_url(self, value: Cursor):
        return str(value)


class YearConverter:
    """A year in four digits; 9999 has no following month and is left out."""

    regex = "[12][0-9]{3}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04d}"


class MonthConverter:
    """A month in two digits."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:02d}"


class DayConverter:
    """A day of a month in two digits; whether the month has it is another question."""

    regex = "0[1-9]|[12][0-9]|3[01]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:02d}"


register_converter(CursorConverter, "cursor")
register_converter(YearConverter, "yyyy")
register_converter(MonthConverter, "mm")
register_converter(DayConverter, "dd")
