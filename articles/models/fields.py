"""Model fields that keep a promise whatever route a value takes into the database."""

from collections.abc import Callable

from django.db import models
from django.db.models.expressions import Case, Col, Value, When
from django.db.models.functions import Cast

from articles.body import sanitising


class SanitisedHTML(str):
    """HTML that has been through the allow-list; anything else is a plain `str`."""

    __slots__ = ()


class SanitisedHTMLField(models.TextField):
    """Text that is always HTML of the allow-list (`articles.body.sanitising`).

    Every way into the database ends at `get_db_prep_save` (`save`, `bulk_create`, `update`,
    `bulk_update`, deserialising), so the sanitiser stands there. Expressions are computed by the
    database, out of its sight: `get_placeholder_sql` refuses those that could carry other text.
    """

    sanitiser: Callable[[str], str] = staticmethod(sanitising.sanitise)

    def from_db_value(self, value, expression, connection):
        """What comes out went in through the allow-list and need not go again."""
        return None if value is None else SanitisedHTML(value)

    def pre_save(self, model_instance, add):
        """Sanitise on the instance too, so that it shows what the row holds."""
        value = getattr(model_instance, self.attname)
        if value is not None and not hasattr(value, "as_sql"):
            value = self._sanitised(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        if value is not None and not hasattr(value, "as_sql"):
            value = str(self._sanitised(value))
        return super().get_db_prep_save(value, connection)

    def get_placeholder_sql(self, value, compiler, connection):
        """Follow `SQLInsertCompiler.field_as_sql`, but refuse foreign expressions."""
        if hasattr(value, "as_sql"):
            self._refuse_foreign_text(value)
            return compiler.compile(value)
        return "%s", [value]

    def _sanitised(self, value: object) -> SanitisedHTML:
        """Whatever it is, it would be stored as its `str`, so that is what is sanitised."""
        if isinstance(value, SanitisedHTML):
            return value
        text = str(value)
        return SanitisedHTML(self.sanitiser(text) if text else "")

    def _refuse_foreign_text(self, expression):
        """Raise TypeError unless every text in `expression` is a value of a field like this.

        That is what `bulk_update` builds: `Case(When(pk=…, then=Value(…, output_field=self)))`.
        """
        if isinstance(expression, Case | Cast):
            for part in expression.get_source_expressions():
                self._refuse_foreign_text(part)
        elif isinstance(expression, When):
            self._refuse_foreign_text(expression.result)
        elif not self._is_our_text(expression):
            raise TypeError(
                f"{self.model.__name__}.{self.name} takes HTML through its allow-list only; "
                f"{expression!r} would go round it. Assign a string instead."
            )

    def _is_our_text(self, expression) -> bool:
        if isinstance(expression, Value) and expression.value is None:
            return True
        is_plain = isinstance(expression, Value | Col)
        return is_plain and type(expression.output_field) is type(self)


class RenderedHTMLField(SanitisedHTMLField):
    """Final HTML made by `articles.body.rendering`; its allow-list adds what rendering makes."""

    sanitiser: Callable[[str], str] = staticmethod(sanitising.sanitise_rendered)
