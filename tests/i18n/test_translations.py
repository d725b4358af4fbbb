"""The Chinese catalogue is complete, keeps its promises to the code, and reads as Chinese."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from articles.models import Article, Author, ImportedDocument, User
from articles.workflow import (
    ROLE_PERMISSIONS,
    Stage,
    TransitionRefused,
    Verb,
    Visibility,
    next_stage,
)
from tests.i18n.extracting import marked_in_python, marked_in_template

OURS = [settings.BASE_DIR / name for name in ("articles", "newsroom", "templates")]
# Signs, and the name of a standard.
SAME_IN_CHINESE = {"%(list)s – %(outlet)s", "%(class_name)s %(instance)s", "SHA-256"}
# What a Chinese newsroom writes in Latin letters too.
LATIN = {
    *("AI", "CSV", "HTML", "ICP", "RSS", "SHA-256", "YAML", "UTF-8", "UTF-16", "GB18030"),
    *("python", "javascript", "bash", "https", "title", "comments", "true", "false", "div"),
    *("MB", "PNG", "SVG", "Shift", "http", "auto", "path", "virtual", "autocomplete_fields"),
    *("MEDIA_S3_BUCKET", "MEDIA_S3_ENDPOINT", "MEDIA_S3_ADDRESSING"),
    *("MEDIA_S3_ACCESS_KEY", "MEDIA_S3_SECRET_KEY"),
    *("PUBLISH_GATE_BLOCKING", "PUBLISH_GATE_ADVISORY"),
    *("CHAT_WEBHOOKS", "CHAT_EVENTS", "INDEXNOW_KEY"),
    *"njHi",  # formats of dates
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?(?:strong|em|span|a)\b[^>]*>")
WORD = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,.;:!?(]|[),;:!?][\u4e00-\u9fff]")
ENDINGS = {".": "。", "?": "？", ":": "：", "!": "！"}


@cache
def marked(*places: Path):
    """Every marked message in the Python files and templates at or below `places`."""
    found = []
    for path in (path for place in places for path in (place, *sorted(place.rglob("*")))):
        if path.suffix == ".py" and "tests" not in path.parts:
            found += marked_in_python(path.read_text(), path)
        elif path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
            found += marked_in_template(path.read_text(), path)
    return found


@pytest.fixture
def entries(catalogue):
    """Pairs of what stands in the code and what is shown."""
    return [(_first(entry.id), _first(entry.string)) for entry in catalogue if entry.id]


def _first(text):
    return text if isinstance(text, str) else text[0]


# --- Complete ---------------------------------------------------------------------------------


def test_every_marked_string_is_translated(catalogue):
    messages = marked(*OURS)

    found = [
        (message, catalogue.get(message.msgid, message.context or None)) for message in messages
    ]

    assert len(messages) > 300
    assert {
        f"{m.path.name}: {m.msgid}" for m, entry in found if not (entry and entry.string)
    } == set()


def test_plurals_are_known_as_plurals(catalogue):
    plurals = {message.msgid: message.plural for message in marked(*OURS) if message.plural}

    known = {entry.id[0]: entry.id[1] for entry in catalogue if isinstance(entry.id, tuple)}

    assert known == plurals


def test_the_catalogue_holds_nothing_that_is_not_marked(catalogue):
    keys = {message.key for message in marked(*OURS)}

    entries = {(entry.context or "", _first(entry.id)) for entry in catalogue if entry.id}

    assert entries - keys == set()


def test_no_translation_is_a_guess_or_a_leftover(catalogue):
    assert [entry.id for entry in catalogue if entry.fuzzy and entry.id] == []
    assert list(catalogue.obsolete) == []


def test_the_libraries_of_the_desk_speak_chinese(translated):
    with translation.override("zh-hans"):
        silent = {m.msgid for m in marked(*_libraries()) if _shown(m) in {m.msgid, m.plural}}

    assert silent - SAME_IN_CHINESE == set()


def _libraries():
    """What installed applications consist of that are neither ours nor Django's.

    A `contrib` folder holds applications of its own, of which only some are installed.
    """
    configs = [app for app in apps.get_app_configs() if not app.name.startswith("django.")]
    tops = [
        Path(app.path) for app in configs if Path(app.path) not in OURS and app.label != "images"
    ]
    return sorted(child for top in tops for child in top.iterdir() if child.name != "contrib")


def _shown(message):
    if message.plural and message.context:
        return npgettext(message.context, message.msgid, message.plural, 2)
    if message.plural:
        return ngettext(message.msgid, message.plural, 2)
    if message.context:
        return pgettext(message.context, message.msgid)
    return gettext(message.msgid)


def test_every_right_of_a_role_has_a_chinese_name(db, translated):
    codenames = {
        right.partition(".")[2] for rights in ROLE_PERMISSIONS.values() for right in rights
    }
    names = Permission.objects.filter(codename__in=codenames).values_list("name", flat=True)

    with translation.override("zh-hans"):
        silent = [name for name in names if gettext(name) == name]

    assert silent == []


# --- True to the code -------------------------------------------------------------------------


def test_translations_keep_placeholders_and_tags(entries):
    for pattern in (PLACEHOLDER, TAG):
        broken = [a for a, b in entries if sorted(pattern.findall(a)) != sorted(pattern.findall(b))]

        assert broken == []


def test_translations_keep_the_white_space_around_them(entries):
    broken = [a for a, b in entries if a.startswith("\n") != b.startswith("\n")]

    assert broken == []


# --- Chinese ----------------------------------------------------------------------------------


def test_nothing_is_left_in_english(entries):
    same = {a for a, b in entries if a == b}

    assert same == SAME_IN_CHINESE


def test_latin_letters_are_names_of_formats_only(entries):
    words = {w for _, b in entries for w in WORD.findall(PLACEHOLDER.sub(" ", TAG.sub(" ", b)))}

    assert words - LATIN == set()


def test_punctuation_is_full_width(entries):
    assert [b for _, b in entries if HALF_WIDTH.search(b) or "..." in b] == []


def test_a_sentence_ends_as_one(entries):
    odd = [(a, b) for a, b in entries if a[-1] in ENDINGS and not a.endswith("...")]

    assert [b for a, b in odd if not b.endswith(ENDINGS[a[-1]])] == []


# --- Shown ------------------------------------------------------------------------------------

SENTENCE = ("Only an approved story can be published.", "只有审核通过的稿件才能发布。")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", SENTENCE[0]), ("zh-hans", SENTENCE[1])],
    ids=["en", "zh-hans"],
)
def test_a_refusal_is_a_sentence_in_the_language_of_the_person(translated, language, sentence):
    with pytest.raises(TransitionRefused) as refusal:
        next_stage(Verb.PUBLISH, stage=Stage.DRAFT, visibility=Visibility.NEVER_PUBLISHED)

    with translation.override(language):
        assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        pytest.param(Article.Licence.ORIGINAL, "原创", id="licence"),
        pytest.param(ImportedDocument._meta.get_field("text"), "原文", id="text of a document"),
        pytest.param(Author._meta.get_field("name"), "名称", id="name of an author"),
        pytest.param(User._meta.get_field("name"), "姓名", id="name of a person"),
        pytest.param(Article.Kind.REVIEW, "评测", id="review as a kind of story"),
        pytest.param(Stage.IN_REVIEW, "待审", id="review as a stage"),
        pytest.param(Stage.SCHEDULED, "定时待发", id="scheduled"),
        pytest.param(Verb.SCHEDULE, "定时发布", id="schedule"),
    ],
)
def test_words_with_two_senses_are_told_apart(translated, text, chinese):
    with translation.override("zh-hans"):
        shown = str(getattr(text, "label", None) or text.verbose_name)

    assert shown == chinese


def test_numbers_need_no_plural_in_chinese(translated):
    with translation.override("zh-hans"):
        shown = [ngettext("%(count)s story", "%(count)s stories", n) % {"count": n} for n in (1, 2)]

    assert shown == ["1篇", "2篇"]


# --- English ----------------------------------------------------------------------------------


def test_english_is_the_source(entries, translated):
    with translation.override("en"):
        changed = [a for a, _ in entries if gettext(a) != a]

    assert changed == []


def test_an_english_newsroom_shows_no_chinese(client, charlie, translated, settings, tmp_path):
    settings.LANGUAGE_CODE = "en"
    settings.STATIC_ROOT = tmp_path
    client.force_login(charlie)
    paths = ("/", "/archive/", "/nothing/", "/admin/", "/admin/articles/article/add/")

    pages = {path: client.get(path).text.replace("简体中文", "") for path in paths}

    assert [path for path, page in pages.items() if re.search(r"[\u4e00-\u9fff]", page)] == []
