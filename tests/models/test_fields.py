"""No way into the database goes round the allow-list."""

import pytest
from django.core import serializers
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Lower
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from articles.desk import writing
from articles.models import Article
from tests import factories

EVIL = '<p onclick="x()">文<script>alert(1)</script><img src="javascript:x" onerror="x()"></p>'


def _is_clean(html: str) -> bool:
    return not any(bad in html for bad in ("<script", "onclick", "onerror", "javascript:"))


def _stored() -> list[str]:
    return [text for row in Article.objects.values_list("body", "rendered_body") for text in row]


def _save(_draft):
    Article(title="直接", body=EVIL, rendered_body=EVIL).save()


def _save_fields(draft):
    draft.body = draft.rendered_body = EVIL
    draft.save(update_fields=["body", "rendered_body"])


def _bulk_create(_draft):
    Article.objects.bulk_create([Article(title="批量", body=EVIL, rendered_body=EVIL)])


def _bulk_update(draft):
    draft.body = draft.rendered_body = EVIL
    Article.objects.bulk_update([draft], ["body", "rendered_body"])


def _update(_draft):
    Article.objects.update(body=EVIL, rendered_body=EVIL)


def _update_or_create(draft):
    Article.objects.update_or_create(pk=draft.pk, defaults={"body": EVIL})


def _deserialise(draft):
    row = serializers.serialize("json", [draft]).replace(
        "工厂今天恢复生产。", r"<script>x()</script>"
    )
    next(serializers.deserialize("json", row)).save()


def _revise(draft):
    writing.revise(draft, writing.working_snapshot(draft).changed(body=EVIL), by=None)


@pytest.mark.parametrize(
    "route",
    [
        _save,
        _save_fields,
        _bulk_create,
        _bulk_update,
        _update,
        _update_or_create,
        _deserialise,
        _revise,
    ],
    ids=lambda route: route.__name__.strip("_"),
)
def test_every_route_is_sanitised(draft, route):
    route(draft)

    assert all(_is_clean(html) for html in _stored())


@pytest.mark.parametrize(
    "expression",
    [
        Value(EVIL),
        Concat(F("body"), Value(EVIL)),
        F("withdrawn_reason"),
        Lower("body"),
    ],
    ids=["value", "concatenation", "another column", "function"],
)
def test_an_expression_that_could_carry_other_text_is_refused(draft, expression):
    with pytest.raises(TypeError, match="allow-list"), transaction.atomic():
        Article.objects.update(body=expression)

    assert all(_is_clean(html) for html in _stored())


@pytest.mark.parametrize(
    "value",
    [EVIL.encode(), lazystr(EVIL), mark_safe(EVIL), [EVIL], (EVIL,)],  # noqa: S308 - hostile
    ids=["bytes", "lazy", "marked safe", "list", "tuple"],
)
def test_what_is_not_a_plain_string_is_sanitised_too(draft, value):
    Article.objects.update(body=value, rendered_body=value)
    Article(title="直接", body=value, rendered_body=value).save()

    assert all(_is_clean(html) for html in _stored())


def test_a_value_of_the_field_itself_is_sanitised(draft):
    field = Article._meta.get_field("body")

    Article.objects.update(body=Value(EVIL, output_field=field))

    assert all(_is_clean(html) for html in _stored())


def test_a_column_of_the_same_kind_may_be_copied(draft):
    Article.objects.update(body=F("body"))

    assert Article.objects.get().body == "<p>工厂今天恢复生产。</p>"


def test_an_insert_with_an_expression_is_refused(db):
    with pytest.raises(TypeError, match="allow-list"):
        Article.objects.create(title="插入", body=Lower(Value(EVIL)))


def test_the_instance_shows_what_the_row_holds(draft):
    draft.body = EVIL

    draft.save(update_fields=["body"])

    assert draft.body == Article.objects.get().body
    assert _is_clean(draft.body)


def test_a_revision_keeps_only_clean_html(wanda):
    story = writing.create(factories.snapshot(body=EVIL), by=wanda)

    assert _is_clean(story.working_revision.content["body"])
