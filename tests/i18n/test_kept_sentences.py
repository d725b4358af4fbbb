"""What is kept for everybody is written in the outlet's language, whoever was at work."""

import pytest
from django.utils import translation

from articles.desk import importing
from articles.models import ImportedDocument, Revision

DOCUMENT = """---
title: '码头边的机房'
author: 码头日志
date: Mon, 03 Jan 2022 08:00:00 GMT
---

<div>
<p>机房在码头边上。</p>
</div>
"""


@pytest.fixture
def in_an_english_terminal(db, translated):
    """Somebody works in English at a newsroom that speaks Chinese."""
    with translation.override("en"):
        yield


def take_in(text):
    incoming = importing.Incoming(import_ref="1", file_name="1.md", data=text.encode())
    return importing.take_in(incoming, by=None)


def test_the_note_of_an_imported_story_is_chinese(in_an_english_terminal):
    take_in(DOCUMENT)

    assert Revision.objects.get().note == "导入自 1.md"


def test_what_an_import_remarks_is_chinese(in_an_english_terminal):
    take_in(DOCUMENT)

    assert ImportedDocument.objects.get().remarks == ["文档没有写明分类。"]


def test_why_an_import_failed_is_chinese(in_an_english_terminal):
    taken = take_in(DOCUMENT.replace("'码头边的机房'", ""))

    assert ImportedDocument.objects.get().sentence == taken.sentence == "文档没有标题。"


def test_the_person_goes_on_in_their_own_language(in_an_english_terminal):
    take_in(DOCUMENT)

    assert translation.get_language() == "en"
