"""`manage.py import_articles`, as somebody at the command line sees it."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from articles.models import Article, ImportedDocument
from tests.desk.test_importing import DOCUMENT

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "deeper").mkdir()
    (tmp_path / "1.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "deeper" / "2.md").write_text(
        DOCUMENT.replace("机器人", "机械臂"), encoding="utf-8"
    )
    (tmp_path / "README.md").write_text("not a document", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"not a document either")
    return tmp_path


def _import(*args, **options) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_articles", *map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_folders_are_searched_for_documents(db, folder):
    out, _err = _import(folder)

    assert out == "2 created, 0 updated, 0 unchanged, 0 failed.\n"
    assert Article.objects.count() == 2


def test_again_changes_nothing(db, folder):
    _import(folder)

    out, _err = _import(folder)

    assert out == "0 created, 0 updated, 2 unchanged, 0 failed.\n"


def test_a_dry_run_stores_nothing(db, folder):
    out, _err = _import(folder, dry_run=True)

    assert out == "Dry run, nothing was stored: 2 created, 0 updated, 0 unchanged, 0 failed.\n"
    assert not Article.objects.exists()
    assert not ImportedDocument.objects.exists()


def test_published_they_are_live(db, folder):
    _import(folder, publish=True)

    assert Article.objects.published().count() == 2


def test_a_bad_document_is_named_and_stops_nothing(db, folder):
    bad = folder / "0.md"
    bad.write_text(DOCUMENT.replace("17 Sep", "31 Feb"), encoding="utf-8")
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit) as left:
        call_command("import_articles", str(folder), stdout=out, stderr=err)

    assert left.value.code == 1
    assert err.getvalue().startswith(f"{bad}:11: ")
    assert out.getvalue() == "2 created, 0 updated, 0 unchanged, 1 failed.\n"


def test_two_documents_of_one_name_do_not_overwrite_each_other(db, folder):
    (folder / "deeper" / "1.md").write_text(DOCUMENT, encoding="utf-8")

    with pytest.raises(SystemExit):
        _import(folder)

    assert Article.objects.get(import_ref="1").revisions.count() == 1


def test_a_path_that_is_not_there_is_said_and_stops_nothing(db, folder):
    out, err = StringIO(), StringIO()

    with pytest.raises(SystemExit):
        call_command("import_articles", "nowhere", str(folder), stdout=out, stderr=err)

    assert err.getvalue() == "nowhere: There is no such file or folder.\n"
    assert Article.objects.count() == 2


def test_names_that_begin_alike_for_200_characters_do_not_overwrite_each_other(db, tmp_path):
    for end in "ab":
        text = DOCUMENT.replace("机器人", f"机器人{end}")
        (tmp_path / f"{'x' * 205}{end}.md").write_text(text, encoding="utf-8")

    with pytest.raises(SystemExit):
        _import(tmp_path)

    assert Article.objects.get().revisions.count() == 1


def test_a_name_in_another_encoding_is_read(db, tmp_path):
    name = os.fsencode(tmp_path) + b"/" + "文档.md".encode("gbk")
    Path(os.fsdecode(name)).write_text(DOCUMENT, encoding="utf-8")

    out, _err = _import(tmp_path)

    assert out.startswith("1 created")


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the outlet's documents are not beside the project")
def test_the_whole_corpus_comes_in_and_again_changes_nothing(db):
    first, _err = _import(CORPUS, publish=True, verbosity=0)
    second, _err = _import(CORPUS, publish=True, verbosity=0)

    assert first == "40 created, 0 updated, 0 unchanged, 0 failed.\n"
    assert second == "0 created, 0 updated, 40 unchanged, 0 failed.\n"
    assert Article.objects.published().count() == 38
